"""Tests of the tracking model and of the notice policy."""
