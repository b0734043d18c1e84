"""Numbered SQL files; each runs once, in order, after a copy of the file was kept."""
