"""Takes single values out of decoded JSON; each raises ValueError with the end of a sentence on it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

E = TypeVar("E", bound=StrEnum)

_HERE = frozenset({"127.0.0.1", "[::1]", "localhost"})
_ADDRESS = re.compile(r"https?://(\[[0-9A-Fa-f:.]+\]|[^/?#\s@:\[\]]+)(?::(\d{1,5}))?(?:[/?#]\S*)?")


def yes_or_no(value: object) -> bool:
    """Take true or false."""
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def text(value: object, longest: int = 200) -> str:
    """Take a text in one line."""
    if not isinstance(value, str) or len(value) > longest or not (value.isprintable()):
        raise ValueError(f"must be a text of at most {longest} characters in one line")
    return value


def one_of(kind: type[E]) -> Callable[[object], E]:
    """Make what takes one word of a kind."""

    def parse(value: object) -> E:
        try:
            return kind(text(value))
        except ValueError:
            raise ValueError(f"must be one of {', '.join(kind)}") from None

    return parse


def is_web_address(written: str) -> bool:
    """Tell whether this is an http or https address that can be asked and holds no name and no password."""
    found = _ADDRESS.fullmatch(written)
    return found is not None and ".." not in found[1] and int(found[2] or 0) <= 65535


def is_private_way(written: str) -> bool:
    """Tell whether nobody on the way to this web address can listen: https, or this computer itself."""
    found = _ADDRESS.fullmatch(written)
    return written.startswith("https:") or (found is not None and found[1] in _HERE)


def clock(value: object) -> time:
    """Take a time of day such as 18:00."""
    written = text(value)
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", written):
        raise ValueError("must be a time such as 18:00")
    return time.fromisoformat(written)


def clocks(value: object) -> tuple[time, ...]:
    """Take times of day, sorted, each once."""
    if not isinstance(value, list) or len(value) > 24:
        raise ValueError("must be a list of at most 24 times such as 09:00")
    return tuple(sorted({clock(entry) for entry in value}))


def moment(value: object) -> datetime | None:
    """Take a moment with its distance from UTC, or null."""
    if value is None:
        return None
    try:
        at = datetime.fromisoformat(text(value, 40))
        if at.tzinfo is not None:
            return at.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise ValueError("must be a moment such as 2026-03-02T09:00:00+01:00, or null")


def minutes(value: object, most: int) -> timedelta:
    """Take a whole number of minutes, from 1 to `most`."""
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise ValueError(f"must be minutes from 1 to {most:,}")
    return timedelta(minutes=value)
