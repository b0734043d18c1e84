"""The sync thread: news in, commands out, notices decided."""
