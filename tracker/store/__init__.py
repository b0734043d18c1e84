"""The profile's SQLite file: what the desk said, what a person wrote, what was announced."""
