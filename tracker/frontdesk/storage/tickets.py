"""Tickets and events in the desk's file: stored as they are sent, found by what they are searched by."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import msgspec
from msgspec.structs import replace

from tracker.frontdesk import limits
from tracker.frontdesk.refusals import not_found
from tracker.frontdesk.rules.flags import place, pressing_since
from tracker.frontdesk.rules.move import new_id
from tracker.frontdesk.storage.chats import TALK, note_facts, write_chat
from tracker.frontdesk.storage.diary import write_diary
from tracker.frontdesk.storage.numbers import number_of, parse_number
from tracker.frontdesk.values import Event, Ticket

FIRST_NUMBER = 1001

_tickets = msgspec.json.Decoder(Ticket)
_events = msgspec.json.Decoder(Event)
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which tickets of the whole desk. Empty strings stand for "none", None for "any"."""

    states: tuple[str, ...] = ()
    team: str | None = None
    owner: str | None = None


def next_number(connection: sqlite3.Connection) -> str:
    """Give the number of the next ticket; valid inside this transaction."""
    (last,) = connection.execute("select max(no) from ticket").fetchone()
    return number_of(FIRST_NUMBER if last is None else last + 1)


def load_ticket(connection: sqlite3.Connection, number: str) -> Ticket:
    """Read one ticket; raises `Refused` when there is none."""
    row = connection.execute("select doc from ticket where no = ?", (parse_number(number),)).fetchone()
    if row is None:
        raise not_found("That request")
    return _tickets.decode(row[0])


def save_ticket(connection: sqlite3.Connection, ticket: Ticket, *, due: datetime | None) -> None:
    """Write one ticket, who may see it, and its place in the queues and in the diary."""
    no = parse_number(ticket.number)
    pressing = pressing_since(ticket)
    connection.execute(
        "insert into ticket (no, state, team, owner, due, place, pressing, doc)"
        " values (?, ?, ?, ?, ?, ?, ?, ?)"
        " on conflict (no) do update set state = excluded.state, team = excluded.team,"
        " owner = excluded.owner, due = excluded.due, place = excluded.place, pressing = excluded.pressing,"
        " doc = excluded.doc",
        (
            no,
            ticket.state.value,
            ticket.team,
            ticket.owner.id if ticket.owner else None,
            due and due.timestamp(),
            place(ticket),
            pressing and pressing.timestamp(),
            _encode(ticket),
        ),
    )
    write_diary(connection, no, ticket)
    write_chat(connection, no, ticket)
    connection.executemany(
        "insert or ignore into circle (person, ticket) values (?, ?)", ((p.id, no) for p in ticket.people)
    )


def append_events(connection: sqlite3.Connection, facts: Iterable[Event]) -> list[Event]:
    """Store facts at the end of the feed, giving each its place and, unless it has one, its id."""
    seq = last_seq(connection)
    kept = [replace(fact, id=fact.id or new_id(), seq=seq + n) for n, fact in enumerate(facts, start=1)]
    connection.executemany(
        "insert into event (seq, id, ticket, public, talk, about, doc) values (?, ?, ?, ?, ?, ?, ?)",
        (
            (e.seq, e.id, parse_number(e.ticket), e.public, e.kind in TALK, e.data.message, _encode(e))
            for e in kept
        ),
    )
    note_facts(connection, kept)
    return kept


def last_seq(connection: sqlite3.Connection) -> int:
    """Tell where the feed ends; 0 when nothing has happened yet."""
    (last,) = connection.execute("select coalesce(max(seq), 0) from event").fetchone()
    return int(last)


def find_event(connection: sqlite3.Connection, event_id: str) -> Event | None:
    """Read one event by id."""
    row = connection.execute("select doc from event where id = ?", (event_id,)).fetchone()
    return _events.decode(row[0]) if row else None


def event_id_at(connection: sqlite3.Connection, seq: int) -> str | None:
    """Give the id of the event at this place of the feed; the desk's own id stands at 0."""
    sql = "select id from event where seq = ?" if seq else "select id from desk where ? = 0"
    row = connection.execute(sql, (seq,)).fetchone()
    return row[0] if row else None


def page_of_person(
    connection: sqlite3.Connection, person_id: str, *, below: int, limit: int
) -> list[tuple[int, Ticket]]:
    """List up to `limit` of a person's tickets with numbers under `below`, highest first."""
    rows = connection.execute(
        "select no, doc from circle join ticket on no = circle.ticket where person = ? and circle.ticket < ?"
        " order by circle.ticket desc limit ?",
        (person_id, below, limit),
    )
    return [(no, _tickets.decode(doc)) for no, doc in rows]


def page_of_desk(
    connection: sqlite3.Connection, chosen: QueueFilter, *, below: int, limit: int
) -> list[tuple[int, Ticket]]:
    """List up to `limit` of all tickets that match, with numbers under `below`, highest first."""
    rows = connection.execute(
        "select no, doc from ticket where no < :below"
        " and (:states = '[]' or state in (select value from json_each(:states)))"
        " and (:team is null or coalesce(team, '') = :team)"
        " and (:owner is null or coalesce(owner, '') = :owner)"
        " order by no desc limit :limit",
        {
            "below": below,
            "states": json.dumps(chosen.states),
            "team": chosen.team,
            "owner": chosen.owner,
            "limit": limit,
        },
    )
    return [(no, _tickets.decode(doc)) for no, doc in rows]


def events_of(
    connection: sqlite3.Connection, numbers: Iterable[int], *, internal: bool
) -> Iterator[tuple[int, bytes]]:
    """Give the encoded events of these tickets: by ticket number, highest first, each in feed order.

    What was said in chats is not among them.
    """
    yield from connection.execute(
        "select ticket, doc from event where ticket in (select value from json_each(?)) and talk = 0"
        " and (public or ?)"
        " order by ticket desc, seq",
        (json.dumps(list(numbers)), internal),
    )


def decode_event(doc: bytes) -> Event:
    """Read a stored event."""
    return _events.decode(doc)


def events_after(
    connection: sqlite3.Connection, seq: int, *, person_id: str | None, limit: int
) -> tuple[list[tuple[Event, int]], bool]:
    """List up to `limit` events after a place of the feed with their tickets' numbers; true: more are left.

    With a person: only public ones of tickets they may see. Without: all. Fewer where they and their tickets
    fill a page before.
    """
    rows = connection.execute(
        "select doc, ticket, length(doc) + (select length(doc) from ticket where no = event.ticket)"
        " from event where seq > :seq and (:person is null or (public and exists"
        " (select 1 from circle where person = :person and circle.ticket = event.ticket)))"
        " order by seq limit :limit",
        {"seq": seq, "person": person_id, "limit": limit + 1},
    )
    found: list[tuple[Event, int]] = []
    size = 0
    for doc, ticket, length in rows:
        if len(found) == limit or size > limits.PAGE_EVENT_BYTES:
            return found, True
        found.append((_events.decode(doc), ticket))
        size += length
    return found, False


def tickets_by_number(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, Ticket]:
    """Read several tickets at once."""
    rows = connection.execute(
        "select no, doc from ticket where no in (select value from json_each(?))",
        (json.dumps(list(numbers)),),
    )
    return {no: _tickets.decode(doc) for no, doc in rows}


def due_tickets(connection: sqlite3.Connection, now: datetime, *, limit: int) -> list[Ticket]:
    """List tickets for which something is due by now, longest overdue first."""
    rows = connection.execute(
        "select doc from ticket where due <= ? order by due limit ?", (now.timestamp(), limit)
    )
    return [_tickets.decode(doc) for (doc,) in rows]


def first_due(connection: sqlite3.Connection) -> float | None:
    """Tell when the next thing happens by itself, in epoch seconds."""
    (due,) = connection.execute("select min(due) from ticket where due is not null").fetchone()
    return None if due is None else float(due)
