"""Signing in to a desk."""
