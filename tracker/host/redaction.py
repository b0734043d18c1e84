"""Blanks what must never be read in a log: known secrets, and everything that looks like one."""

import re
from urllib.parse import quote, quote_plus

BLANK = "[hidden]"

# A known secret shorter than this would blank half the log.
SHORTEST = 4

_VALUE = r"""(?:"[^"]*"|'[^']*'|[^\s,;&"'{}\[\]]+)"""
_NAMES = r"(?:password|passwd|pass|pwd|secret|api[_-]?key|token|session[_-]?id|sid)"

# Words that must stand in a line (lower case), then the pattern: looking for words first is ten times
# cheaper. Every repetition is bounded or can't overlap, so a long line costs time in proportion.
_RULES = tuple(
    (words, re.compile(pattern, re.IGNORECASE), becomes)
    for words, pattern, becomes in (
        # Authorization: Basic xyz · Proxy-Authorization: token xyz
        (
            ("authorization",),
            r"""(authorization["']?\s*[:=,]\s*b?["']?)(?:\w+\s+)?[^\s"',;]+""",
            rf"\1{BLANK}",
        ),
        (
            ("bearer", "basic", "token"),
            r"((?<![\w-])(?:bearer|basic|token)\s+)[\w.~+/=-]{8,}",
            rf"\1{BLANK}",
        ),
        # Cookie: a=b; c=d, and Set-Cookie: all of the line, or of the quoted value
        (("cookie",), r"""(cookie["']?\s*[:=,]\s*b?)("[^"]*"|'[^']*'|[^\r\n]*)""", rf"\1{BLANK}"),
        # https://user:password@host, and a password with an @ in it
        (("://",), r"""(://)[^/\s@]{1,500}@(?:[^/\s@"'<>,;]{0,200}@){0,9}""", rf"\1{BLANK}@"),
        # ?token=…, "password": "…", api_key='…', X-Auth-Token: …
        (
            ("pass", "pwd", "secret", "api", "token", "session", "sid"),
            rf"""({_NAMES}["']?\s*[:=]\s*b?){_VALUE}""",
            rf"\1{BLANK}",
        ),
        # JSON web tokens, wherever they stand
        (("eyj",), r"\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*", BLANK),
    )
)


class Redactor:
    """Knows the secrets of this run; one is shared by everything that writes for people to read."""

    def __init__(self) -> None:
        self._secrets: set[str] = set()

    def hide(self, secret: str) -> None:
        """Blank this very text from now on, also as addresses spell it (four characters or more)."""
        if len(secret) >= SHORTEST:
            self._secrets |= {secret, quote(secret, safe=""), quote_plus(secret)}

    def clean(self, text: str) -> str:
        """Give the text with every secret blanked."""
        for secret in sorted(self._secrets, key=len, reverse=True):
            text = text.replace(secret, BLANK)
        small = text.lower()
        for words, pattern, becomes in _RULES:
            if any(word in small for word in words):
                text = pattern.sub(becomes, text)
        return text

    def __repr__(self) -> str:
        return f"Redactor(knows secrets: {bool(self._secrets)})"
