"""What was told: the list of notices in the window."""
