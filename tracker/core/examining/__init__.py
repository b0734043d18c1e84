"""Looks at everything Tracker needs, for `tracker doctor`, the page in the program and the report for IT."""
