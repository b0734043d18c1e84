"""A small, honest service desk for a pilot: tickets, replies, promises, visits, and a change feed."""
