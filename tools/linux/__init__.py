"""Packages for Debian and Ubuntu: the frozen program, the .deb, and a signed repository of them."""
