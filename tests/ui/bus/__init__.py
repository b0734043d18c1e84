"""Tests of the session bus connection."""
