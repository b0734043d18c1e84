"""The whole program on a private desktop, one file per story of a person."""
