"""Which sessions at a chat server have ended, and whether what was said is on the request yet."""

import sqlite3

import msgspec

from tracker.model.chat import Chat
from tracker.model.command import CommandId
from tracker.model.ticket import TicketId
from tracker.store.codec import decoded
from tracker.store.database import transaction
from tracker.store.errors import store_errors

_chat = msgspec.json.Decoder(Chat).decode
_NOTE = "insert or ignore into transcript (ticket, session) values (?, ?)"


def note_end(db: sqlite3.Connection, chat: Chat, *, live: bool) -> None:
    """Note each session that this word of the chat server ends, before the word is stored.

    What had ended when one first signed in is history: it was posted then, or not, by whoever was there.
    """
    row = db.execute("select value from chat where ticket = ?", (chat.ticket,)).fetchone()
    before = None if row is None else decoded(_chat, row[0])
    if before is not None and before.session != chat.session and before.is_active:
        db.execute(_NOTE, (before.ticket, before.session))
    if chat.is_active or (before is not None and before.session == chat.session and not before.is_active):
        return
    if live or (before is not None and before.session == chat.session):
        db.execute(_NOTE, (chat.ticket, chat.session))


@store_errors()
def unposted(connection: sqlite3.Connection) -> tuple[tuple[TicketId, str], ...]:
    """List the ended sessions whose words are not on the request yet: ticket and session."""
    rows = connection.execute("select ticket, session from transcript where command is null")
    return tuple((TicketId(ticket), session) for ticket, session in rows)


def mark_posted(
    connection: sqlite3.Connection, ticket: TicketId, session: str, *, command: CommandId | None
) -> None:
    """Note which command posts it (None: nothing was said)."""
    with transaction(connection) as db:
        db.execute(
            "update transcript set command = ? where ticket = ? and session = ?",
            (command or "", ticket, session),
        )
