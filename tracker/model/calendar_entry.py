"""A visit as the person's own calendar has it: what was put there, and whether that is still so."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from tracker.model.visit import PATIENCE, Visit, VisitState


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """What the last file for a calendar said.

    Calendars know an entry by its `uid` and believe the highest `sequence` (RFC 5545, 3.8.4.7 and 3.8.7.4).
    """

    uid: str
    visit: str
    starts: datetime
    ends: datetime
    place: str = ""
    directions: str = ""
    zone: str = ""
    sequence: int = 0
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """What a calendar shows of a visit, in the reader's language: a line, and a text under it."""

    summary: str
    text: str


class InCalendar(StrEnum):
    """How the person's calendar stands to a visit."""

    ABSENT = "absent"
    CURRENT = "current"
    OLD_TIME = "old_time"
    OLD_PLACE = "old_place"
    CALLED_OFF = "called_off"


def in_calendar(visit: Visit, entry: CalendarEntry | None, now: datetime) -> InCalendar:
    """Compare a visit with what was put into the calendar; what is over is never out of date."""
    if entry is None or entry.cancelled:
        return InCalendar.ABSENT
    if visit.state is VisitState.CANCELLED:
        return InCalendar.CALLED_OFF if now < entry.ends else InCalendar.CURRENT
    if visit.id != entry.visit and entry.ends <= now:
        return InCalendar.ABSENT
    if not visit.is_ahead(now):
        return InCalendar.CURRENT
    if (visit.starts, _end_of(visit)) != (entry.starts, entry.ends):
        return InCalendar.OLD_TIME
    same_place = (visit.place, visit.directions) == (entry.place, entry.directions)
    return InCalendar.CURRENT if same_place else InCalendar.OLD_PLACE


def next_entry(visit: Visit, before: CalendarEntry | None, *, uid: str, now: datetime) -> CalendarEntry:
    """Give what the next file says: the same entry, one step on, if it is changed; `uid` names a new one.

    A visit booked in place of one that is still to come takes over its entry, so that none is left behind.
    """
    known = before if before is not None and (before.visit == visit.id or before.ends > now) else None
    entry = CalendarEntry(
        uid=known.uid if known is not None else uid,
        visit=visit.id,
        starts=visit.starts,
        ends=_end_of(visit),
        place=visit.place,
        directions=visit.directions,
        zone=visit.zone,
        cancelled=visit.state is VisitState.CANCELLED,
    )
    if known is None:
        return entry
    same = replace(entry, sequence=known.sequence)
    return same if same == known else replace(entry, sequence=known.sequence + 1)


def _end_of(visit: Visit) -> datetime:
    return visit.given_up_at - PATIENCE
