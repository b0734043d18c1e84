"""The embedded desk's own API, with its change feed."""
