"""Request Tracker, live."""
