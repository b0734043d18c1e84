"""A chat under rough handling: everything between the two people breaks, again and again."""
