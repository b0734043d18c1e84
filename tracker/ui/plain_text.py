"""Other people's words made safe to draw: no control characters, no turned-round text, findable links."""

import re
import unicodedata
from dataclasses import dataclass

_MARKS_IN_A_ROW = 4
_LONGEST_LINE = 600
_LONGEST_RUN = 20
_SOFT_BREAK = "\u200b"

# Explicit direction controls (Unicode 9 annex "Bidirectional Algorithm", 2.1-2.4): they let a text show
# in another order than it is written in, which nobody needs in a request.
_TURNERS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_SPACES = re.compile(r"\s+")
_LINK = re.compile(r"\b(?:https?://|mailto:)[^\s<>\"'`{}|\\^\u200b]{2,2000}", re.IGNORECASE)
_TRAILING = ".,;:!?…"
_PAIRS = {")": "(", "]": "["}


@dataclass(frozen=True, slots=True)
class Link:
    """An address inside a text: where it starts and ends, and the address itself."""

    start: int
    end: int
    address: str


def one_line(text: str, limit: int = _LONGEST_LINE) -> str:
    """Return the text on one line of at most `limit` characters, safe to paint."""
    if len(text) > 4 * limit:
        text = text[: 4 * limit]
    said = _SPACES.sub(" ", _clean(text)).strip()
    return said if len(said) <= limit else said[: limit - 1] + "…"


def many_lines(text: str) -> str:
    """Return the text with its lines, safe to paint."""
    return _clean(text.replace("\r\n", "\n").replace("\r", "\n")).strip("\n")


def breakable(text: str) -> str:
    """Return the text with invisible places to break very long words, for labels that break at words only."""
    if all(len(word) <= _LONGEST_RUN for word in text.split(" ")):
        return text
    return " ".join(_broken(word) for word in text.split(" "))


def plain_tip(text: str) -> str:
    """Return a text for a tool tip so that mark-up in it is shown, not obeyed: Qt guesses what is mark-up."""
    if "<" not in text and "&" not in text:
        return text
    from html import escape  # with every name a character has in HTML

    return f"<qt>{escape(text)}</qt>"


def links(text: str) -> tuple[Link, ...]:
    """Find the web and mail addresses written out in a text; nothing else ever becomes a link."""
    found = []
    for match in _LINK.finditer(text):
        address = _without_trailing(match.group())
        found.append(Link(match.start(), match.start() + len(address), address))
    return tuple(found)


def utf16_length(text: str) -> int:
    """Count as Qt counts: in UTF-16 units, of which an emoji takes two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _clean(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    kept: list[str] = []
    marks = 0
    for character in text.translate(_TURNERS):
        kind = unicodedata.category(character)
        if kind in ("Mn", "Me"):
            marks += 1
            if marks > _MARKS_IN_A_ROW:  # towers of marks would be painted over the lines above and below
                continue
        else:
            marks = 0
        if kind == "Cs" or (kind == "Cc" and character not in "\n\t"):
            continue
        kept.append("\n" if kind in ("Zl", "Zp") else character)
    return "".join(kept)


def _broken(word: str) -> str:
    if len(word) <= _LONGEST_RUN:
        return word
    return _SOFT_BREAK.join(word[at : at + _LONGEST_RUN] for at in range(0, len(word), _LONGEST_RUN))


def _without_trailing(address: str) -> str:
    while address and (address[-1] in _TRAILING or _closes_nothing(address)):
        address = address[:-1]
    return address


def _closes_nothing(address: str) -> bool:
    opener = _PAIRS.get(address[-1])
    return opener is not None and address.count(opener) < address.count(address[-1])
