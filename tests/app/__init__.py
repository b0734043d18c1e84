"""The tray program's own wiring."""
