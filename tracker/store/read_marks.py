"""How far the person has read in chats, as noted here, and what of it the desk has not heard yet."""

import sqlite3

import msgspec

from tracker.model.change import Change
from tracker.model.chat import ReadMark
from tracker.model.person import ActorKind
from tracker.model.ticket import TicketId
from tracker.store import meta
from tracker.store.codec import decoded
from tracker.store.database import transaction
from tracker.store.errors import store_errors
from tracker.store.talk_writing import put_mark
from tracker.store.writer import with_local_names

UNTOLD = "chat_reads_untold"
"""The key in `meta` of what the desk has not heard yet."""
_decode = msgspec.json.Decoder(dict[str, str]).decode


@store_errors()
def untold(connection: sqlite3.Connection) -> dict[TicketId, str]:
    """Give up to which message the person has read, where the desk has not heard it."""
    raw = meta.get(connection, UNTOLD)
    return (
        {}
        if raw is None
        else {TicketId(ticket): message for ticket, message in decoded(_decode, raw).items()}
    )


def note_read(connection: sqlite3.Connection, ticket: TicketId, message: str) -> Change:
    """Note that the person has read up to a message, and that the desk is to hear it."""
    with transaction(connection) as db:
        put_mark(db, ReadMark(ticket, ActorKind.YOU, message))
        row = db.execute(
            "select message from read_mark where ticket = ? and by = ?", (ticket, ActorKind.YOU.value)
        ).fetchone()
        _put(db, untold(db) | {ticket: row[0]})
        return Change(chats=with_local_names(db, {ticket}))


def note_told(connection: sqlite3.Connection, ticket: TicketId, message: str) -> None:
    """Note that the desk has heard it; what was read meanwhile is still to be told."""
    with transaction(connection) as db:
        _put(db, {name: mark for name, mark in untold(db).items() if (name, mark) != (ticket, message)})


def _put(db: sqlite3.Connection, marks: dict[TicketId, str]) -> None:
    meta.put(db, UNTOLD, msgspec.json.encode(marks))
