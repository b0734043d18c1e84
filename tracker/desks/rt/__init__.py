"""Request Tracker 5 over REST2, as an ordinary employee."""
