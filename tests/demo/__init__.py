"""The tour and the live demo."""
