"""A policy's value as a file would have it: for the report, and for the usual values in the reference."""

from __future__ import annotations

from datetime import date, time
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.host.policy.forms import Shape
from tracker.host.policy.keys import Phone

if TYPE_CHECKING:
    from tracker.host.policy.policy import Key

Written = str | int | bool | list[str] | dict[str, str]


def written(key: Key[object], value: object) -> Written:
    """Give a checked value of this key in the key's shape."""
    if key.form.shape is Shape.TABLE:
        return _table(value)
    if isinstance(value, tuple):
        return [_line(entry) for entry in value]
    if isinstance(value, bool | int):
        return value
    return _line(value)


def _table(value: object) -> dict[str, str]:
    if isinstance(value, Phone):
        parts = {"number": value.number, "name": value.name, "hours": value.hours}
        return {name: part for name, part in parts.items() if part}
    return {str(name): str(entry) for name, entry in value} if isinstance(value, tuple) else {}


def _line(value: object) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return "" if value == Path() else str(value)
    if isinstance(value, tuple):  # the spells of a day
        return ", ".join("-".join(_line(part) for part in spell) for spell in value) or "closed"
    return str(value)
