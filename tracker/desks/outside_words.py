"""Words from outside, made fit for a sentence of ours: short, on one line, printable, ended."""

_ENDS = ".?!…"


def printable(text: str, most: int) -> str:
    """Give the beginning of a text, at most so many characters, with spaces for what cannot be shown."""
    return "".join(c if c.isprintable() else " " for c in text[:most]).strip()


def ended(line: str) -> str:
    """End a line like a sentence, unless it does so itself or is empty."""
    return line if not line or line[-1] in _ENDS else f"{line}."
