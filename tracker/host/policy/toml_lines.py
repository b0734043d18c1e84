"""Finds the line on which a name of a TOML file stands: the standard library's reader does not tell it."""

from __future__ import annotations

import re

_PIECE = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'  # a text over several lines
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|[\n\[\]{}=]"
    r"|[^\"'#\n\[\]{}=]+"
    r"|.",
    re.DOTALL,
)
_PART = re.compile(r"\"[^\"]*\"|'[^']*'|[^.\s]+")


def lines_of(text: str) -> dict[str, int]:
    """Give the line, from 1, of each section and each value in it ("desk", "desk.url").

    The text has been read as TOML without trouble. Names inside of a value in braces are not there.
    """
    found: dict[str, int] = {}
    section, head, depth, line, start = "", "", 0, 1, 1
    in_value = False
    for piece in _PIECE.findall(text):
        if piece == "\n" and depth == 0:
            if head.startswith("[") and not in_value:
                section = _name(head.strip("[]"))
                found.setdefault(section, start)
            head, in_value = "", False
        elif piece == "=" and depth == 0 and not in_value:
            found.setdefault(_name(f"{section}.{head}"), start)
            in_value = True
        elif not piece.startswith("#") and not in_value:
            start = line if not head else start
            head = (head + piece).strip()
        depth += (piece in "[{") - (piece in "]}")
        line += piece.count("\n")
    return found


def _name(written: str) -> str:
    return ".".join(part.strip("\"'") for part in _PART.findall(written))
