"""The command line for support, scripts and tests: the same core as the tray program, and no Qt."""
