"""The only code that changes what the desk has said; one transaction per method."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tracker.model.attention import Attention
from tracker.model.batch import Batch
from tracker.model.calendar_entry import CalendarEntry
from tracker.model.catalogue import Service
from tracker.model.change import NOTHING, Change
from tracker.model.event import Event, EventKind
from tracker.model.history import VERDICTS
from tracker.model.notice import Notice
from tracker.model.ticket import Ticket, TicketId, TicketState
from tracker.store import meta
from tracker.store.codec import micros, ticket_from_bytes
from tracker.store.database import transaction
from tracker.store.erasing import write_anew
from tracker.store.errors import store_errors
from tracker.store.notice_codec import notice_to_bytes
from tracker.store.origin import Origin
from tracker.store.outbox import Outbox
from tracker.store.rows import EVENT_COLUMNS, event_row, events_of, ticket_row
from tracker.store.talk_writing import put_talk, remove_all_talk, remove_talk

_PLACES = ", ".join("?" * len(EVENT_COLUMNS.split(",")))
_INSERT_EVENT = f"insert or ignore into event ({EVENT_COLUMNS}) values ({_PLACES})"  # noqa: S608
_UPSERT_TICKET = """
    insert into ticket (id, number, subject, is_open, waits_for_me, is_fixed, updated_at, due_at, value)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?)
    on conflict (id) do update set
        number = excluded.number, subject = excluded.subject, is_open = excluded.is_open,
        waits_for_me = excluded.waits_for_me, is_fixed = excluded.is_fixed,
        updated_at = excluded.updated_at, due_at = excluded.due_at, value = excluded.value
    returning row
"""
_CALENDAR_KEPT = timedelta(days=90)
"""For so long after a visit it is known what the person's calendar has of it."""
_FORGET_WORDS = "insert into ticket_words (ticket_words, rowid, number, subject) values ('delete', ?, ?, ?)"
"""A contentless index forgets a row only when told the words it was given."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is stored with news: notices, the policy's new memory, each ticket's next due time.

    `read` are tickets that the person has written on, here or elsewhere: what was told of them is read.
    """

    notices: Sequence[Notice] = ()
    attention: Attention | None = None
    due: Mapping[TicketId, datetime] = field(default_factory=dict)
    read: frozenset[TicketId] = frozenset()


_TABLES = (
    "ticket",
    "event",
    "notice",
    "alias",
    "outbox",
    "done",
    "draft",
    "meta",
)


class Writer:
    """Writes for one profile; used on the sync thread."""

    def __init__(self, connection: sqlite3.Connection, outbox: Outbox) -> None:
        self._db = connection
        self._outbox = outbox

    @store_errors()
    def unknown(self, events: Iterable[Event]) -> tuple[Event, ...]:
        """Give those of the events that are not stored yet, each once."""
        by_id = {event.id: event for event in events}
        ids = list(by_id)
        known: set[str] = set()
        for start in range(0, len(ids), 500):
            some = ids[start : start + 500]
            marks = ",".join("?" * len(some))
            known |= {row[0] for row in self._db.execute(f"select id from event where id in ({marks})", some)}  # noqa: S608
        return tuple(event for key, event in by_id.items() if key not in known)

    @store_errors()
    def tickets(self, ids: Sequence[TicketId]) -> dict[TicketId, Ticket]:
        """Give these tickets as stored now."""
        found = (
            self._db.execute("select value from ticket where id = ?", (ticket,)).fetchone() for ticket in ids
        )
        tickets = (ticket_from_bytes(row[0]) for row in found if row is not None)
        return {ticket.id: ticket for ticket in tickets}

    @store_errors()
    def history(self, tickets: Sequence[TicketId]) -> dict[TicketId, list[Event]]:
        """Give the stored events of these tickets, in order."""
        return events_of(self._db, tickets)

    def apply(self, batch: Batch, told: Told, now: datetime, origin: Origin = Origin.DESK) -> Change:
        """Store a batch, its cursor, its notices and what it confirms: all of it or nothing."""
        with transaction(self._db) as db:
            self._put_events(batch.events, now)
            self._put_tickets(batch.tickets, told.due)
            self._put_verdicts(batch)
            chats = with_local_names(db, put_talk(db, batch, origin))
            confirmed = self._outbox.confirm(batch, now, origin)
            for ticket in batch.gone:
                self._remove_ticket(ticket)
            self._put_told(told)
            if batch.cursor is not None:
                meta.put_cursor(db, batch.cursor, origin)
            if batch.caught_up and origin is Origin.DESK:
                meta.put_as_of(db, now)
            # Before the commit: what fails after it would leave stored notices untold.
            names = _names_of(db, batch)
        if batch.caught_up:  # what a first sync has filled is not needed to wait for news
            self._db.execute("pragma shrink_memory")
        return Change(tickets=names, outbox=confirmed, notices=bool(told.notices or told.read), chats=chats)

    def tell(self, told: Told, tickets: Sequence[TicketId]) -> Change:
        """Store notices that came from the clock alone, and when each of these tickets is due again."""
        with transaction(self._db) as db:
            self._put_told(told)
            rows = [(_micros_or_none(told.due.get(ticket)), ticket) for ticket in tickets]
            db.executemany("update ticket set due_at = ? where id = ?", rows)
        return Change(tickets=frozenset(tickets), notices=bool(told.notices))

    @store_errors()
    def due(self, now: datetime) -> tuple[TicketId, ...]:
        """List the tickets on which the clock alone has changed something."""
        rows = self._db.execute("select id from ticket where due_at <= ?", (micros(now),))
        return tuple(TicketId(row[0]) for row in rows)

    @store_errors()
    def next_due(self) -> int | None:
        """Give the soonest due time of all tickets, in microseconds since 1970."""
        row: tuple[int | None] = self._db.execute("select min(due_at) from ticket").fetchone()
        return row[0]

    def mark_read(self, ticket: TicketId | None, attention: Attention) -> Change:
        """Mark a ticket's notices (all of them for None) as read."""
        with transaction(self._db) as db:
            if ticket is None:
                db.execute("update notice set read = 1 where not read")
            else:
                db.execute("update notice set read = 1 where ticket = ? and not read", (ticket,))
            changed = db.execute("select changes()").fetchone()[0]
            meta.put_attention(db, attention)
        return Change(notices=True) if changed else NOTHING

    def put_services(self, services: tuple[Service, ...], attachment_limit: int) -> Change:
        """Keep what can be asked for."""
        if services == meta.services(self._db) and attachment_limit == meta.attachment_limit(self._db):
            return NOTHING
        with transaction(self._db) as db:
            meta.put_services(db, services)
            meta.put_attachment_limit(db, attachment_limit)
        return Change(catalogue=True)

    def put_calendar(self, ticket: TicketId, entry: CalendarEntry, now: datetime) -> Change:
        """Note what the person's calendar has of a visit; what is long over is forgotten."""
        with transaction(self._db) as db:
            noted = meta.calendar(db)
            kept = {name: old for name, old in noted.items() if old.ends > now - _CALENDAR_KEPT}
            meta.put_calendar(db, kept | {ticket: entry})
        return Change(tickets=frozenset({ticket}))

    def put_owner(self, owner: str) -> None:
        """Note whose requests these are."""
        with transaction(self._db) as db:
            meta.put_owner(db, owner)

    @store_errors()
    def owner(self) -> str | None:
        """Name the sign-in whose requests these are."""
        return meta.owner(self._db)

    def forget_everything(self) -> Change:
        """Forget what the desk has said, what was typed and what was not sent; the file's pages too."""
        with transaction(self._db) as db:
            for table in _TABLES:
                db.execute(f"delete from {table}")  # noqa: S608 - names from the line above
            remove_all_talk(db)
            for table in ("ticket_words", "event_words"):
                db.execute(f"insert into {table} ({table}) values ('delete-all')")  # noqa: S608
        write_anew(self._db)
        return Change(everything=True)

    def _put_tickets(self, tickets: Sequence[Ticket], due: Mapping[TicketId, datetime]) -> None:
        for ticket in tickets:
            before = self._db.execute(
                "select row, number, subject from ticket where id = ?", (ticket.id,)
            ).fetchone()
            confirmed = ticket.state is TicketState.RESOLVED and self._is_confirmed(ticket.id)
            values = ticket_row(ticket, _micros_or_none(due.get(ticket.id)), confirmed=confirmed)
            (row,) = self._db.execute(_UPSERT_TICKET, values).fetchone()
            words = (row, ticket.number, ticket.subject)
            if before == words:
                continue
            if before is not None:
                self._db.execute(_FORGET_WORDS, before)
            self._db.execute("insert into ticket_words (rowid, number, subject) values (?, ?, ?)", words)

    def _put_verdicts(self, batch: Batch) -> None:
        """Set the list columns of tickets of which the batch has a verdict and nothing else."""
        judged = {event.ticket for event in batch.events if event.kind in VERDICTS}
        alone = judged - {ticket.id for ticket in batch.tickets}
        for ticket in self.tickets(sorted(alone)).values():
            confirmed = ticket.state is TicketState.RESOLVED and self._is_confirmed(ticket.id)
            row = ticket_row(ticket, None, confirmed=confirmed)
            self._db.execute(
                "update ticket set is_open = ?, is_fixed = ? where id = ?", (row[3], row[5], ticket.id)
            )

    def _is_confirmed(self, ticket: TicketId) -> bool:
        """Say whether the requester's "it works" is the newest verdict stored."""
        marks = ", ".join(f"'{kind}'" for kind in sorted(VERDICTS))
        query = f"select kind from event where ticket = ? and kind in ({marks}) order by at desc, id desc"  # noqa: S608
        row = self._db.execute(f"{query} limit 1", (ticket,)).fetchone()
        return row is not None and row[0] == EventKind.CONFIRMED

    def _put_events(self, events: Sequence[Event], now: datetime) -> None:
        seen = micros(now)
        for event in events:
            row = event_row(event)
            if row[4] is None:
                row = (*row[:4], seen, *row[5:])
            cursor = self._db.execute(_INSERT_EVENT, row)
            if cursor.rowcount and event.text:
                self._db.execute(
                    "insert into event_words (rowid, text) values (?, ?)", (cursor.lastrowid, event.text)
                )

    def _put_told(self, told: Told) -> None:
        self._db.executemany(
            "update notice set read = 1 where ticket = ? and not read", [(ticket,) for ticket in told.read]
        )
        self._db.executemany(
            "insert or ignore into notice (id, ticket, at, read, value) values (?, ?, ?, ?, ?)",
            [(n.id, n.ticket, micros(n.at), int(n.read), notice_to_bytes(n)) for n in told.notices],
        )
        if told.attention is not None:
            meta.put_attention(self._db, told.attention)

    def _remove_ticket(self, ticket: TicketId) -> None:
        row = self._db.execute("select row, number, subject from ticket where id = ?", (ticket,)).fetchone()
        if row is not None:
            self._db.execute(_FORGET_WORDS, row)
        self._db.execute(
            "insert into event_words (event_words, rowid, text) "
            "select 'delete', row, text from event where ticket = ? and text != ''",
            (ticket,),
        )
        remove_talk(self._db, ticket)
        for table, column in (("event", "ticket"), ("notice", "ticket"), ("ticket", "id")):
            self._db.execute(f"delete from {table} where {column} = ?", (ticket,))  # noqa: S608


def _names_of(connection: sqlite3.Connection, batch: Batch) -> frozenset[TicketId]:
    """List what the batch touches, by the local references too where there are few."""
    ids = {ticket.id for ticket in batch.tickets} | {e.ticket for e in batch.events} | set(batch.gone)
    return with_local_names(connection, ids)


def with_local_names(connection: sqlite3.Connection, ids: AbstractSet[TicketId]) -> frozenset[TicketId]:
    """Add the local references of requests, where they are few."""
    local = {
        TicketId(row[0])
        for ticket in (ids if len(ids) < 50 else ())
        for row in connection.execute("select local from alias where ticket = ?", (ticket,))
    }
    return frozenset(ids | local)


def _micros_or_none(at: datetime | None) -> int | None:
    return None if at is None else micros(at)
