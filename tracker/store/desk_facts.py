"""What the desk has said of itself and everybody here goes by: its hours, its clock, how new we must be."""

import sqlite3
from collections.abc import Callable
from datetime import date, timedelta, tzinfo
from zoneinfo import ZoneInfo

import msgspec

from tracker.model.calendar import Calendar, Hours
from tracker.model.change import NOTHING, Change
from tracker.model.site_time import zone_named
from tracker.model.ticket import TicketId
from tracker.store import codec, meta
from tracker.store.database import transaction

_HOURS, _CLOCK, _OLDEST = "opening_hours", "clock_offset_ms", "minimum_version"
_MILLISECOND = timedelta(milliseconds=1)


class _Kept(msgspec.Struct, frozen=True):
    """A calendar as it lies in the file: the zone by its name."""

    zone: str
    week: tuple[Hours, ...]
    holidays: tuple[date, ...]


def opening_hours(connection: sqlite3.Connection) -> Calendar | None:
    """Give the desk's hours as last heard; None where it tells none, or this computer lacks their zone."""
    return _calendar(meta.get(connection, _HOURS))


def clock_offset(connection: sqlite3.Connection) -> timedelta:
    """Give the desk's clock minus ours as last measured, where it matters; else nothing."""
    raw = meta.get(connection, _CLOCK)
    return timedelta() if raw is None else codec.decoded(int, raw) * _MILLISECOND


def put_desk_facts(connection: sqlite3.Connection, hours: Calendar | None, offset: timedelta) -> Change:
    """Keep both. Where they are others now, open requests are drawn anew, and what is due reckoned anew."""
    raw = b"" if hours is None else _written(hours)
    if (meta.get(connection, _HOURS) or b"") == raw and clock_offset(connection) == offset:
        return NOTHING
    with transaction(connection) as db:
        meta.put(db, _HOURS, raw)
        meta.put(db, _CLOCK, str(offset // _MILLISECOND).encode())
        db.execute("update ticket set due_at = 0 where due_at is not null")
        rows = db.execute("select id from ticket where is_open").fetchall()
    return Change(tickets=frozenset(TicketId(row[0]) for row in rows))


def minimum_version(connection: sqlite3.Connection) -> str:
    """Give the oldest version that the desk asks for, where this program was older; else nothing."""
    return (meta.get(connection, _OLDEST) or b"").decode()


def put_minimum_version(connection: sqlite3.Connection, version: str) -> Change:
    """Keep it; where it is another one now, whoever shows something looks again."""
    if minimum_version(connection) == version:
        return NOTHING
    with transaction(connection) as db:
        meta.put(db, _OLDEST, version.encode())
    return Change(catalogue=True)


class HoursInForce:
    """The hours to count with: what `choose` makes of those the desk tells (None: it tells none).

    Looked up each time, made once: a calendar remembers what it has worked out.
    """

    def __init__(self, choose: Callable[[Calendar | None], Calendar]) -> None:
        self._choose = choose
        self._known: tuple[bytes | None, Calendar] | None = None

    def look_up(self, connection: sqlite3.Connection) -> Calendar:
        """Give the hours as they are known now."""
        raw = meta.get(connection, _HOURS)
        if self._known is None or self._known[0] != raw:
            self._known = raw, self._choose(_calendar(raw))
        return self._known[1]


def _calendar(raw: bytes | None) -> Calendar | None:
    if not raw:
        return None
    kept = codec.decoded(lambda raw: msgspec.json.decode(raw, type=_Kept), raw)
    zone = zone_named(kept.zone)  # none where the profile came from a computer that knows more zones
    return Calendar(zone, kept.week, frozenset(kept.holidays)) if zone is not None else None


def _written(hours: Calendar) -> bytes:
    return msgspec.json.encode(_Kept(_name(hours.zone), hours.week, tuple(sorted(hours.holidays))))


def _name(zone: tzinfo) -> str:
    return zone.key if isinstance(zone, ZoneInfo) else "UTC"
