"""Tests of what this checkout is worked with."""
