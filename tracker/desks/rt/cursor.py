"""How far the news has been told: the place to go on from, as one opaque string."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import msgspec

from tracker.model.batch import Cursor

_VERSION = 1
_MOST = 1_000_000


class _Written(msgspec.Struct):
    """The string's contents. Sets of ids are ranges ("3-17,20"), since a person's tickets are many."""

    v: int
    user: str
    at: datetime
    mark: int
    known: str
    todo: str


@dataclass(slots=True)
class Place:
    """What has been told. `at`: the desk's time up to which changes were looked for. `mark`: the newest
    transaction told. `known`: every ticket told. `todo`: those of them whose history is still to be told.
    """

    user: str
    at: datetime
    mark: int = 0
    known: set[int] = field(default_factory=set)
    todo: set[int] = field(default_factory=set)

    def cursor(self) -> Cursor:
        """Write the place down."""
        known, todo = _ranges(self.known), _ranges(self.todo)
        written = _Written(_VERSION, self.user, self.at, self.mark, known, todo)
        return Cursor(msgspec.json.encode(written).decode())


def read_place(cursor: Cursor | None, user: str) -> Place | None:
    """Read a place written down; None where it is not one of ours or another person's."""
    if cursor is None:
        return None
    try:
        written = msgspec.json.decode(cursor.encode(errors="replace"), type=_Written)
        known, todo = _ids(written.known), _ids(written.todo)
    except (msgspec.DecodeError, ValueError):
        return None
    if written.v != _VERSION or written.user != user or written.at.tzinfo is None:
        return None
    return Place(user, written.at.astimezone(UTC), written.mark, known, todo & known)


def _ranges(ids: set[int]) -> str:
    spans: list[list[int]] = []
    for each in sorted(ids):
        if spans and each == spans[-1][1] + 1:
            spans[-1][1] = each
        else:
            spans.append([each, each])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)


def _ids(text: str) -> set[int]:
    found: set[int] = set()
    for span in text.split(",") if text else ():
        first, _, last = span.partition("-")
        low, high = int(first), int(last or first)
        if high - low > _MOST:
            raise ValueError("too many ids")
        found.update(range(low, high + 1))
    return found
