"""What the bundle for macOS is made of; it is built on a Mac alone."""
