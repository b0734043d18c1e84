"""The exit codes of the command line."""

DONE = 0
REFUSED = 1
"""The desk, or this computer, refused."""
WRONG_USE = 2
UNREACHABLE = 3
"""The desk cannot be reached; what was asked is queued."""
SIGN_IN = 4
"""Sign-in is needed."""
