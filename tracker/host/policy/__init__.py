"""What a company has set for all its desktops: one list of keys, three carriers, one value that answers."""
