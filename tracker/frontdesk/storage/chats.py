"""Chats in the desk's file: which go on, in what order they wait, and what was said in them."""

import sqlite3
from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from tracker.frontdesk.rules.move import Said
from tracker.frontdesk.storage.attendance import note_seen
from tracker.frontdesk.storage.numbers import number_of
from tracker.frontdesk.values import Event, Ticket
from tracker.model.event import EventKind

TALK = frozenset({EventKind.CHAT_MESSAGE, EventKind.CHAT_EDITED, EventKind.CHAT_REMOVED})
"""What is said in conversations; it is read apart from the histories."""

WAITS_COUNTED = 20

_events = msgspec.json.Decoder(Event)
_tickets = msgspec.json.Decoder(Ticket)
_encode = msgspec.json.Encoder().encode


def write_chat(connection: sqlite3.Connection, no: int, ticket: Ticket) -> None:
    """Note a chat that goes on, or forget one that is over."""
    chat = ticket.chat
    if chat is None:
        return
    if not chat.is_active:
        connection.execute("delete from chat where ticket = ?", (no,))
        return
    connection.execute(
        "insert into chat (ticket, state, fresh, started, agent, offered) values (?, ?, ?, ?, ?, ?)"
        " on conflict (ticket) do update set state = excluded.state, fresh = excluded.fresh,"
        " started = excluded.started, agent = excluded.agent, offered = excluded.offered",
        (
            no,
            chat.state,
            chat.joined_at is None,
            chat.started_at.timestamp(),
            chat.agent.id if chat.agent is not None and chat.state == "open" else None,
            chat.offered.id if chat.offered is not None else None,
        ),
    )


def note_facts(connection: sqlite3.Connection, facts: Iterable[Event]) -> None:
    """Do what facts of chats bring with them: who joins was seen, who waited is counted."""
    for fact in facts:
        if fact.kind is EventKind.CHAT_JOINED:
            _note_joined(connection, fact)
        elif fact.kind is EventKind.CHAT_REMOVED and fact.data.message is not None:
            _blot_out(connection, fact.data.message)


def _note_joined(connection: sqlite3.Connection, fact: Event) -> None:
    now = fact.at.timestamp()
    if fact.data.agent is not None:
        note_seen(connection, fact.data.agent.id, now=now)
    if fact.data.seconds is not None:
        waited = (now, fact.data.seconds)
        connection.execute("insert into chat_wait (at, seconds) values (?, ?)", waited)


def _blot_out(connection: sqlite3.Connection, message_id: str) -> None:
    """Take the words and the files out of a message and out of its edits; that it was there stays.

    The bytes of the files go at the next start, with all that the desk does not know.
    """
    rows = connection.execute(
        "select seq, doc from event where id = :id or about = :id", {"id": message_id}
    ).fetchall()
    for seq, doc in rows:
        event = _events.decode(doc)
        files = ((attachment.id,) for attachment in event.attachments)
        connection.executemany("delete from attachment where id = ?", files)
        blank = _encode(replace(event, text="", attachments=()))
        connection.execute("update event set doc = ? where seq = ?", (blank, seq))


def find_message(connection: sqlite3.Connection, message_id: str) -> Said | None:
    """Find a message of any conversation by id."""
    row = connection.execute("select doc from event where id = ? and talk", (message_id,)).fetchone()
    event = _events.decode(row[0]) if row is not None else None
    if event is None or event.kind is not EventKind.CHAT_MESSAGE:
        return None
    amendments = connection.execute("select doc from event where about = ?", (message_id,))
    is_removed = any(_events.decode(doc).kind is EventKind.CHAT_REMOVED for (doc,) in amendments)
    return Said(event, is_removed)


def messages_after(connection: sqlite3.Connection, no: int, *, after: int, limit: int) -> list[Event]:
    """List up to `limit` messages, edits and removals after a place of the feed, in order."""
    rows = connection.execute(
        "select doc from event where ticket = ? and talk = 1 and seq > ? order by seq limit ?",
        (no, after, limit),
    )
    return [_events.decode(doc) for (doc,) in rows]


def messages_before(connection: sqlite3.Connection, no: int, *, before: int, limit: int) -> list[Event]:
    """List the last `limit` messages, edits and removals before a place of the feed, in order."""
    rows = connection.execute(
        "select doc from event where ticket = ? and talk = 1 and seq < ? order by seq desc limit ?",
        (no, before, limit),
    ).fetchall()
    return [_events.decode(doc) for (doc,) in reversed(rows)]


def chats_of_person(connection: sqlite3.Connection, person_id: str) -> list[Ticket]:
    """List the tickets with a chat that goes on which this person is in, or has it offered."""
    rows = connection.execute(
        "select doc from chat join ticket on no = chat.ticket where :person in (agent, offered)"
        " or exists (select 1 from circle where person = :person and circle.ticket = chat.ticket)"
        " order by chat.ticket",
        {"person": person_id},
    )
    return [_tickets.decode(doc) for (doc,) in rows]


def chats_of_desk(connection: sqlite3.Connection) -> list[Ticket]:
    """List every ticket with a chat that goes on: those who wait first, whoever is next on top."""
    rows = connection.execute(
        "select doc from chat join ticket on no = chat.ticket"
        " order by chat.state = 'open', fresh, started, no"
    )
    return [_tickets.decode(doc) for (doc,) in rows]


def queue_numbers(connection: sqlite3.Connection) -> tuple[str, ...]:
    """List the tickets whose people wait for somebody to join, next first."""
    rows = connection.execute(
        "select ticket from chat where state = 'queued' order by fresh, started, ticket"
    )
    return tuple(number_of(no) for (no,) in rows)


def open_chats(connection: sqlite3.Connection) -> dict[str, int]:
    """Count each agent's open chats, by the agent's id."""
    return dict(
        connection.execute("select agent, count(*) from chat where state = 'open' group by agent").fetchall()
    )


def open_tickets(connection: sqlite3.Connection, agent_id: str) -> list[Ticket]:
    """List the tickets on which this agent is in a chat."""
    rows = connection.execute(
        "select doc from chat join ticket on no = chat.ticket where chat.state = 'open' and agent = ?",
        (agent_id,),
    )
    return [_tickets.decode(doc) for (doc,) in rows]


def waits_since(connection: sqlite3.Connection, moment: float) -> tuple[float, ...]:
    """List how many seconds the last ones waited whom somebody joined since a moment (epoch seconds)."""
    rows = connection.execute(
        "select seconds from chat_wait where at >= ? order by at desc limit ?", (moment, WAITS_COUNTED)
    )
    return tuple(float(seconds) for (seconds,) in rows)
