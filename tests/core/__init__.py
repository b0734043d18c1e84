"""One profile at work: started, signed in, asked from beside, stopped."""
