"""Who may do what, and how a ticket moves: pure functions on values, no clock, no database."""
