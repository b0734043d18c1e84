"""Which requests have ended long ago, for companies that keep them on a computer for so many days only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.ticket import TicketId
from tracker.store import meta
from tracker.store.codec import decoded, micros, moment
from tracker.store.database import transaction
from tracker.store.erasing import write_anew
from tracker.store.errors import store_errors

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

_HEALTH_TOLD = "health_told_at"


@store_errors()
def ended_before(connection: sqlite3.Connection, at: datetime) -> frozenset[TicketId]:
    """Give the requests that have ended and that nothing has happened on since `at`.

    Those with something unsent or half written stay: it would be lost.
    """
    rows = connection.execute(
        "select id from ticket where not is_open and updated_at < ? "
        "and id not in (select ticket from outbox) "
        "and id not in (select key from draft) and 'chat:' || id not in (select key from draft)",
        (micros(at),),
    )
    return frozenset(TicketId(row[0]) for row in rows)


def forget_for_good(connection: sqlite3.Connection) -> None:
    """Let nothing of what was removed stay readable in the file. Raises `StoreError`."""
    with transaction(connection) as db:
        for table in ("ticket_words", "event_words", "message_words"):
            # What the search finds requests by keeps removed words until its parts are merged.
            db.execute(f"insert into {table} ({table}) values ('optimize')")  # noqa: S608
    write_anew(connection)


@store_errors()
def health_told_at(connection: sqlite3.Connection) -> datetime | None:
    """Give when the program's health was last told to the company's own server."""
    raw = meta.get(connection, _HEALTH_TOLD)
    return None if raw is None else decoded(lambda raw: moment(int(raw)), raw)


def put_health_told_at(connection: sqlite3.Connection, at: datetime) -> None:
    """Note that it was told now."""
    with transaction(connection) as db:
        meta.put(db, _HEALTH_TOLD, str(micros(at)).encode())
