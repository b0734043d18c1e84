"""Tests of the icon beside the clock."""
