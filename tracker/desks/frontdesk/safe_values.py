"""Texts, lines and times of the wire, made safe to keep and to show."""

import re
from datetime import UTC, datetime
from functools import lru_cache

from tracker.desks.safetext import safe_line, safe_text

_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_LATEST = datetime(2199, 12, 31, tzinfo=UTC)

# Anything here sends a text through the slow, thorough cleaning: control, invisible and reordering
# characters, what is no character, and long stretches of empty lines.
_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u08e2\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff0-\uffff\ud800-\uf8ff\U000110bd-\U000110cd\U00013430-\U0001345f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U0010ffff]|\n\n\n\n"
)
_QUICK_LIMIT = 50_000


def text_of(raw: str) -> str:
    """Make a text safe to show: most are as they come, which is seen at a glance."""
    if len(raw) < _QUICK_LIMIT and not _SUSPECT.search(raw):
        return raw
    return safe_text(raw).text


@lru_cache(maxsize=2048)
def line_of(raw: str) -> str:
    """Make one line safe to show; names repeat, so they are remembered."""
    return safe_line(raw)


@lru_cache(maxsize=1024)
def words_of(raw: str) -> str:
    """Write the desk's own word for a state as words."""
    return safe_line(raw.replace("_", " "))


def moment(told: datetime) -> datetime:
    """Give a moment in UTC. One from another century is moved to the edge of this one."""
    if 2000 <= told.year < 2199:
        return told if told.tzinfo is UTC else told.astimezone(UTC)
    return _EARLIEST if told.year < 2000 else _LATEST


def optional_moment(told: datetime | None) -> datetime | None:
    """Give a moment in UTC; None for none, and for one from another century."""
    return moment(told) if told is not None and 2000 <= told.year < 2199 else None
