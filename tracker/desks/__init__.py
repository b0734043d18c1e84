"""Connectors: each turns one kind of service desk into the model's values."""
