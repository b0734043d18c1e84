"""The small panel at the tray icon."""
