"""Tests of the pieces windows are made of."""
