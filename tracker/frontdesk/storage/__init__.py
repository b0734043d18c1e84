"""The desk's own SQLite file: all of its SQL is here, and nowhere else."""
