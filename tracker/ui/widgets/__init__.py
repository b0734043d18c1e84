"""The pieces every window is put together from."""
