"""What a request's history tells about its visit: what it was moved from, why, and what failed before it."""

from dataclasses import dataclass
from datetime import datetime

from tracker.model.event import EventKind
from tracker.model.person import ActorKind
from tracker.model.track import Entry, EntryKind, Track

_BOOKINGS = frozenset({EventKind.VISIT_BOOKED, EventKind.VISIT_MOVED})
_STEPS = _BOOKINGS | {EventKind.VISIT_FAILED, EventKind.VISIT_CANCELLED}


@dataclass(frozen=True, slots=True)
class Earlier:
    """The window before the present one; `ends` where it is known. `why` is "" where nobody said it."""

    starts: datetime
    ends: datetime | None = None
    why: str = ""
    by_you: bool = False
    failed: bool = False


def earlier(track: Track) -> Earlier | None:
    """Give what the visit was moved from, or the one that failed before it; None for a first booking."""
    steps = [entry for entry in track.entries if entry.kind is EntryKind.EVENT and entry.event in _STEPS]
    if len(steps) < 2 or steps[0].event not in _BOOKINGS:
        return None
    newest, older = steps[0], steps[1:]
    before = next((entry for entry in older if entry.event in _BOOKINGS and _moment(entry, "start")), None)
    if newest.event is EventKind.VISIT_BOOKED:
        failed = older[0] if older[0].event is EventKind.VISIT_FAILED else None
        starts = _moment(before, "start") if before is not None else None
        if failed is None or before is None or starts is None:
            return None
        return Earlier(starts, _moment(before, "end"), _reason(failed), failed=True)
    return _moved(newest, before)


def _moved(newest: Entry, before: Entry | None) -> Earlier | None:
    known = _moment(before, "start") if before is not None else None
    starts = _moment(newest, "before") or known
    if starts is None:
        return None
    ends = _moment(before, "end") if before is not None and known == starts else None
    by_you = newest.actor is not None and newest.actor.kind is ActorKind.YOU
    return Earlier(starts, ends, _reason(newest), by_you)


def _moment(entry: Entry, name: str) -> datetime | None:
    value = dict(entry.title.values).get(name)
    return value if isinstance(value, datetime) else None


def _reason(entry: Entry) -> str:
    told = dict(entry.note.values).get("reason") if entry.note is not None else None
    return told if isinstance(told, str) else entry.text
