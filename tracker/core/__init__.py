"""Builds store, desk, host and sync for one profile, and answers whoever asks the program that holds it."""
