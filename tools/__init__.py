"""What the Makefile runs: setting up, checking, drawing the file map. Standard library only."""
