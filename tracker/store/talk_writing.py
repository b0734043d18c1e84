"""Conversations into the store, inside the transaction of the batch that brings them."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace

import msgspec

from tracker.model.batch import Batch
from tracker.model.chat import Amendment, Chat, Message, ReadMark
from tracker.model.ticket import TicketId
from tracker.store.codec import decoded, micros
from tracker.store.errors import store_errors
from tracker.store.origin import Origin
from tracker.store.transcripts import note_end

_encode = msgspec.json.Encoder().encode
_message = msgspec.json.Decoder(Message).decode
_INSERT = (
    "insert or ignore into message (id, ticket, place, by, text, command_id, value) "
    "values (?, ?, ?, ?, ?, ?, ?)"
)
_FORGET_WORDS = "insert into message_words (message_words, rowid, text) values ('delete', ?, ?)"
"""A contentless index forgets a row only when told the words it was given."""
_TABLES = ("chat", "message", "amendment", "read_mark", "transcript")


@store_errors()
def unknown_messages(connection: sqlite3.Connection, messages: Iterable[Message]) -> tuple[Message, ...]:
    """Give those of the messages that are not stored yet, each once."""
    by_id = {message.id: message for message in messages}
    query = "select 1 from message where id = ?"
    return tuple(each for each in by_id.values() if connection.execute(query, (each.id,)).fetchone() is None)


def put_talk(db: sqlite3.Connection, batch: Batch, origin: Origin = Origin.DESK) -> frozenset[TicketId]:
    """Store a batch's chats, messages, amendments and read marks; name the conversations it touches."""
    for chat in batch.chats:
        if origin is Origin.CHAT_SERVER:
            note_end(db, chat, live=batch.live)
        _put_chat(db, chat)
    for message in batch.messages:
        _put_message(db, message)
    for amendment in batch.amendments:
        _put_amendment(db, amendment)
    for mark in batch.reads:
        put_mark(db, mark)
    parts: Sequence[Chat | Message | Amendment | ReadMark] = (
        *batch.chats,
        *batch.messages,
        *batch.amendments,
        *batch.reads,
    )
    return frozenset(part.ticket for part in parts)


def remove_talk(db: sqlite3.Connection, ticket: TicketId) -> None:
    """Forget the conversation on a request."""
    for row in db.execute("select row from message where ticket = ?", (ticket,)).fetchall():
        _forget_words(db, row[0])
    for table in _TABLES:
        db.execute(f"delete from {table} where ticket = ?", (ticket,))  # noqa: S608 - names from above


def remove_all_talk(db: sqlite3.Connection) -> None:
    """Forget every conversation."""
    db.execute("insert into message_words (message_words) values ('delete-all')")
    for table in _TABLES:
        db.execute(f"delete from {table}")  # noqa: S608 - names from above


def put_mark(db: sqlite3.Connection, mark: ReadMark) -> None:
    """Keep the mark that is farthest; one for a message not known here is taken as it is, and gives way."""
    db.execute(
        "insert into read_mark (ticket, by, message) values (?, ?, ?) "
        "on conflict (ticket, by) do update set message = excluded.message "
        "where coalesce((select place from message where id = excluded.message), 9223372036854775807) "
        ">= coalesce((select place from message where id = read_mark.message), -1)",
        (mark.ticket, mark.by.value, mark.message),
    )


def _put_chat(db: sqlite3.Connection, chat: Chat) -> None:
    db.execute(
        "insert or replace into chat (ticket, is_active, started_at, value) values (?, ?, ?, ?)",
        (chat.ticket, int(chat.is_active), micros(chat.started_at), _encode(chat)),
    )


def _put_message(db: sqlite3.Connection, message: Message) -> None:
    amended = db.execute("select text from amendment where message = ?", (message.id,)).fetchone()
    if amended is not None and amended[0] is None:
        message = _taken_back(message)
    row = (
        message.id,
        message.ticket,
        message.place,
        message.sender.kind.value,
        message.text,
        message.command_id,
        _encode(message),
    )
    done = db.execute(_INSERT, row)
    if done.rowcount and done.lastrowid is not None:
        text = message.text if amended is None else amended[0] or ""
        _learn_words(db, done.lastrowid, text)


def _put_amendment(db: sqlite3.Connection, amendment: Amendment) -> None:
    """Keep the newest; what was taken back stays so, and its words are not kept anywhere."""
    known = db.execute("select row, value from message where id = ?", (amendment.message,)).fetchone()
    if known is not None:
        _forget_words(db, known[0])
    db.execute(
        "insert into amendment (message, ticket, at, text) values (?, ?, ?, ?) "
        "on conflict (message) do update set at = excluded.at, text = excluded.text "
        "where excluded.text is null or (excluded.at >= amendment.at and amendment.text is not null)",
        (amendment.message, amendment.ticket, micros(amendment.at), amendment.text),
    )
    if known is None:
        return
    if amendment.text is None:
        scrubbed = _encode(_taken_back(decoded(_message, known[1])))
        db.execute("update message set text = '', value = ? where row = ?", (scrubbed, known[0]))
    _learn_words(db, known[0], _words_of(db, known[0]))


def _taken_back(message: Message) -> Message:
    return replace(message, text="", attachments=(), removed=True)


def _words_of(db: sqlite3.Connection, row: int) -> str:
    """Give the words of a message as it reads now."""
    found = db.execute(
        "select message.text, amendment.message, amendment.text from message "
        "left join amendment on amendment.message = message.id where message.row = ?",
        (row,),
    ).fetchone()
    text, amended, changed = found
    return str(text) if amended is None else str(changed or "")


def _learn_words(db: sqlite3.Connection, row: int, text: str) -> None:
    if text:
        db.execute("insert into message_words (rowid, text) values (?, ?)", (row, text))


def _forget_words(db: sqlite3.Connection, row: int) -> None:
    text = _words_of(db, row)
    if text:
        db.execute(_FORGET_WORDS, (row, text))
