"""The tray program: Qt, the bridge, and one profile at work."""
