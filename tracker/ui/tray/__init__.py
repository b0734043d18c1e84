"""The icon beside the clock, its menu and the panel it lives in."""
