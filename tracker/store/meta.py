"""Single values beside the tables: the cursor, the catalogue, what the notice policy remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.store import codec
from tracker.store.errors import store_errors
from tracker.store.origin import Origin

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from tracker.model.attention import Attention
    from tracker.model.batch import Cursor
    from tracker.model.calendar_entry import CalendarEntry
    from tracker.model.catalogue import Service
    from tracker.model.ticket import TicketId

_ATTENTION, _AS_OF, _SERVICES, _LIMIT, _OWNER, _CALENDAR = (
    "attention",
    "as_of",
    "services",
    "attachment_limit",
    "owner",
    "calendar",
)


@store_errors()
def get(connection: sqlite3.Connection, key: str) -> bytes | None:
    """Give the bytes of a value, or None."""
    row = connection.execute("select value from meta where key = ?", (key,)).fetchone()
    return None if row is None else bytes(row[0])


def put(connection: sqlite3.Connection, key: str, value: bytes) -> None:
    """Write a value, inside the caller's transaction."""
    connection.execute("insert or replace into meta (key, value) values (?, ?)", (key, value))


def cursor(connection: sqlite3.Connection, origin: Origin = Origin.DESK) -> Cursor | None:
    """Give where to go on asking the desk, or the chat server beside it."""
    from tracker.model.batch import Cursor  # not needed to show what is known, as what notices need

    raw = get(connection, origin)
    return None if raw is None else Cursor(codec.decoded(bytes.decode, raw))


def put_cursor(connection: sqlite3.Connection, value: Cursor, origin: Origin = Origin.DESK) -> None:
    """Note where to go on asking the desk, or the chat server beside it."""
    put(connection, origin, value.encode())


def attention(connection: sqlite3.Connection) -> Attention:
    """Give what the notice policy remembers; nothing at first."""
    from tracker.model.attention import Attention
    from tracker.store import notice_codec

    raw = get(connection, _ATTENTION)
    return Attention() if raw is None else notice_codec.attention_from_bytes(raw)


def put_attention(connection: sqlite3.Connection, state: Attention) -> None:
    """Keep what the notice policy remembers."""
    from tracker.store import notice_codec

    put(connection, _ATTENTION, notice_codec.attention_to_bytes(state))


def as_of(connection: sqlite3.Connection) -> datetime | None:
    """Give when the desk last said that this is all it has."""
    raw = get(connection, _AS_OF)
    return None if raw is None else codec.decoded(lambda raw: codec.moment(int(raw)), raw)


def put_as_of(connection: sqlite3.Connection, at: datetime) -> None:
    """Note that what is here was all the desk had at that moment."""
    put(connection, _AS_OF, str(codec.micros(at)).encode())


def services(connection: sqlite3.Connection) -> tuple[Service, ...]:
    """Give the catalogue as last heard."""
    raw = get(connection, _SERVICES)
    return () if raw is None else codec.services_from_bytes(raw)


def put_services(connection: sqlite3.Connection, value: tuple[Service, ...]) -> None:
    """Keep the catalogue."""
    put(connection, _SERVICES, codec.services_to_bytes(value))


def attachment_limit(connection: sqlite3.Connection) -> int:
    """Give the bytes a single file may have; 25 MB until the desk has said."""
    raw = get(connection, _LIMIT)
    return 25 * 1024 * 1024 if raw is None else codec.decoded(int, raw)


def put_attachment_limit(connection: sqlite3.Connection, value: int) -> None:
    """Keep the desk's limit for a single file."""
    put(connection, _LIMIT, str(value).encode())


def owner(connection: sqlite3.Connection) -> str | None:
    """Name the sign-in (desk, address and person) whose requests these are."""
    raw = get(connection, _OWNER)
    return None if raw is None else codec.decoded(bytes.decode, raw)


def put_owner(connection: sqlite3.Connection, value: str) -> None:
    """Note whose requests these are."""
    put(connection, _OWNER, value.encode())


def calendar(connection: sqlite3.Connection) -> dict[TicketId, CalendarEntry]:
    """Give what was put into the person's calendar, by the ticket whose visit it is."""
    raw = get(connection, _CALENDAR)
    return {} if raw is None else codec.calendar_from_bytes(raw)


def put_calendar(connection: sqlite3.Connection, value: dict[TicketId, CalendarEntry]) -> None:
    """Keep what was put into the person's calendar."""
    put(connection, _CALENDAR, codec.calendar_to_bytes(value))
