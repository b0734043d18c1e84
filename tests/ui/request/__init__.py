"""Mirrors tracker/ui."""
