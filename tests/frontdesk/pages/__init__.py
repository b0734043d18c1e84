"""Tests of the agents' pages."""
