"""The rows of the drawing: what comes next, what is now, headings for days, and what happened."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto

from tracker.model.line import Line
from tracker.model.stage import Stage
from tracker.model.ticket import Act
from tracker.model.track import Entry, EntryKind, Track
from tracker.ui.wording import Wording


class RowKind(Enum):
    """How a row is drawn."""

    NEXT = auto()
    NOW = auto()
    PENDING = auto()
    DAY = auto()
    EVENT = auto()
    GAP = auto()


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `key` names it from one drawing to the next; equal rows look the same and are not drawn anew.

    `near` is how many days away a DAY is where that has a name of its own ("Today"), else None.
    """

    key: str
    kind: RowKind
    line: Line | None = None
    entry: Entry | None = None
    at: datetime | None = None
    near: int | None = None
    icon: str = ""
    act: Act | None = None


_ENTRY_KINDS = {EntryKind.PENDING: RowKind.PENDING, EntryKind.GAP: RowKind.GAP}


def timeline_rows(track: Track, wording: Wording, now: datetime, *, limit: int) -> tuple[Row, ...]:
    """List what is drawn of a request: the future, now, then the `limit` newest things that happened."""
    rows = [*_present(track)]
    today = wording.local_day(now)
    day: date | None = None
    for entry in track.entries[:limit]:
        kind = _ENTRY_KINDS.get(entry.kind, RowKind.EVENT)
        if kind is not RowKind.PENDING:
            its_day = wording.local_day(entry.at)
            if its_day != day:
                day = its_day
                away = (day - today).days
                near = away if away in (-1, 0, 1) else None
                rows.append(Row(f"day:{day}", RowKind.DAY, at=entry.at, near=near))
        rows.append(Row(entry.id, kind, entry=entry))
    return tuple(rows)


def _present(track: Track) -> tuple[Row, ...]:
    now = Row("now", RowKind.NOW, track.now, icon="circle-dot")
    if track.stage is Stage.DONE:
        return (now,)
    act = Act.ASK_FOR_NEWS if Act.ASK_FOR_NEWS in track.you_can else None
    return (Row("next", RowKind.NEXT, track.next, icon="clock", act=act), now)
