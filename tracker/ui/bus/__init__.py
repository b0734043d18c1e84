"""The session bus on the Qt loop: one connection for notifications and the tray."""
