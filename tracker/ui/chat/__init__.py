"""The chat page: one conversation at a time, however long it is."""
