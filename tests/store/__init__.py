"""The profile's file: what it keeps, what it survives, what it forgets."""
