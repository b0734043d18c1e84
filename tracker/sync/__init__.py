"""The one worker thread: news in, commands out, notices decided."""
