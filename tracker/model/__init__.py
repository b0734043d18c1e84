"""Values and pure functions: what a request is, and what a person sees of it. Standard library only."""
