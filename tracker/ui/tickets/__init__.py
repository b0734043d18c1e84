"""The pages about requests one has: the list, and one request."""
