"""Shows notices by the best way this computer has, and says what became of them."""
