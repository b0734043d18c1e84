"""The installed package, on a Debian of its own."""
