"""In-memory doubles of protocols, themselves held to the same tests as the real thing."""
