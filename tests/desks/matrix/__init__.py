"""Matrix, live."""
