"""Conversations into the store, inside the transaction of the batch that brings them."""

import sqlite3
from collections.abc import Iterable, Sequence

import msgspec

from tracker.model.batch import Batch
from tracker.model.chat import Amendment, Chat, Message, ReadMark
from tracker.model.ticket import TicketId
from tracker.store.codec import micros
from tracker.store.errors import store_errors

_encode = msgspec.json.Encoder().encode


@store_errors()
def unknown_messages(connection: sqlite3.Connection, messages: Iterable[Message]) -> tuple[Message, ...]:
    """Give those of the messages that are not stored yet, each once."""
    by_id = {message.id: message for message in messages}
    query = "select 1 from message where id = ?"
    return tuple(each for each in by_id.values() if connection.execute(query, (each.id,)).fetchone() is None)


def put_talk(db: sqlite3.Connection, batch: Batch) -> frozenset[TicketId]:
    """Store a batch's chats, messages, amendments and read marks; name the conversations it touches."""
    for chat in batch.chats:
        _put_chat(db, chat)
    _put_messages(db, batch.messages)
    for amendment in batch.amendments:
        _put_amendment(db, amendment)
    for mark in batch.reads:
        _put_mark(db, mark)
    parts: Sequence[Chat | Message | Amendment | ReadMark] = (
        *batch.chats,
        *batch.messages,
        *batch.amendments,
        *batch.reads,
    )
    return frozenset(part.ticket for part in parts)


def remove_talk(db: sqlite3.Connection, ticket: TicketId) -> None:
    """Forget the conversation on a request."""
    for table in ("chat", "message", "amendment", "read_mark"):
        db.execute(f"delete from {table} where ticket = ?", (ticket,))  # noqa: S608 - names from above


def _put_chat(db: sqlite3.Connection, chat: Chat) -> None:
    db.execute(
        "insert or replace into chat (ticket, is_active, started_at, value) values (?, ?, ?, ?)",
        (chat.ticket, int(chat.is_active), micros(chat.started_at), _encode(chat)),
    )


def _put_messages(db: sqlite3.Connection, messages: Sequence[Message]) -> None:
    db.executemany(
        "insert or ignore into message (id, ticket, place, by, text, command_id, value) "
        "values (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                each.id,
                each.ticket,
                each.place,
                each.sender.kind.value,
                each.text,
                each.command_id,
                _encode(each),
            )
            for each in messages
        ],
    )


def _put_amendment(db: sqlite3.Connection, amendment: Amendment) -> None:
    """Keep the newest; what was taken back stays so."""
    db.execute(
        "insert into amendment (message, ticket, at, text) values (?, ?, ?, ?) "
        "on conflict (message) do update set at = excluded.at, text = excluded.text "
        "where excluded.text is null or (excluded.at >= amendment.at and amendment.text is not null)",
        (amendment.message, amendment.ticket, micros(amendment.at), amendment.text),
    )


def _put_mark(db: sqlite3.Connection, mark: ReadMark) -> None:
    """Keep the mark that is farthest; one for a message not known here yet is taken as it is."""
    place = "coalesce((select place from message where id = {}), 9223372036854775807)"
    db.execute(
        "insert into read_mark (ticket, by, message) values (?, ?, ?) "  # noqa: S608 - two fixed names
        "on conflict (ticket, by) do update set message = excluded.message "
        f"where {place.format('excluded.message')} >= {place.format('read_mark.message')}",
        (mark.ticket, mark.by.value, mark.message),
    )
