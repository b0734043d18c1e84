"""Rows of the tables as values of the model, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.command import Command, Delivery, Pending
from tracker.model.event import Confidence, Event, EventKind
from tracker.model.person import ActorKind, Person
from tracker.model.ticket import Ticket, TicketId, TicketState
from tracker.store.codec import (
    command_from_bytes,
    details_from_bytes,
    details_to_bytes,
    micros,
    moment,
    ticket_to_bytes,
)
from tracker.store.errors import Damaged

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from tracker.model.attachment import Attachment

EVENT_COLUMNS = (
    "id, ticket, kind, at, seen_at, actor_name, actor_kind, text, details, "
    "confidence, command_id, raw_id, raw_type"
)
OUTBOX_COLUMNS = "kind, value, delivery, attempts, error"

EventRow = tuple[
    str, str, str, int, int | None, str, str, str, bytes | None, str, str | None, str | None, str | None
]


def event_row(event: Event) -> EventRow:
    """Write an event as the columns of `EVENT_COLUMNS`."""
    return (
        event.id,
        event.ticket,
        event.kind.value,
        micros(event.at),
        micros(event.seen_at) if event.seen_at is not None else None,
        event.actor.name,
        event.actor.kind.value,
        event.text,
        details_to_bytes(event.details),
        event.confidence.value,
        event.command_id,
        event.raw_id,
        event.raw_type,
    )


def event_of(row: EventRow) -> Event:
    """Read an event from the columns of `EVENT_COLUMNS`; raises `Damaged` for what is none."""
    try:
        return Event(
            id=row[0],
            ticket=TicketId(row[1]),
            kind=EventKind(row[2]),
            at=moment(row[3]),
            seen_at=moment(row[4]) if row[4] is not None else None,
            actor=Person(row[5], ActorKind(row[6])),
            text=row[7],
            details=details_from_bytes(row[8]),
            confidence=Confidence(row[9]),
            command_id=row[10],
            raw_id=row[11],
            raw_type=row[12],
        )
    except (ValueError, TypeError, OverflowError) as error:
        raise Damaged from error


def events_of(connection: sqlite3.Connection, tickets: Sequence[TicketId]) -> dict[TicketId, list[Event]]:
    """Read the events of these tickets, each ticket's in order of time."""
    found: dict[TicketId, list[Event]] = {ticket: [] for ticket in tickets}
    for some in _chunks(tickets):
        marks = ",".join("?" * len(some))
        query = f"select {EVENT_COLUMNS} from event where ticket in ({marks}) order by at, id"  # noqa: S608
        for row in connection.execute(query, some):
            event = event_of(row)
            found.setdefault(event.ticket, []).append(event)
    return found


def attachments_of(events: Iterable[Event]) -> tuple[Attachment, ...]:
    """List the files on a request, oldest first."""
    return tuple(attachment for event in events for attachment in event.details.attachments)


TicketRow = tuple[str, str, str, int, int, int, int, int | None, bytes]


def _asks_to_choose(ticket: Ticket) -> bool:
    """Say whether the desk offers ways out and waits for a choice."""
    return bool(ticket.options) and not ticket.state.is_over


def ticket_row(ticket: Ticket, due_at: int | None, *, confirmed: bool) -> TicketRow:
    """Write a ticket as the columns (id … value) of its table.

    `confirmed`: the requester has said that it works, at a desk that has no state for that.
    """
    fixed = ticket.state is TicketState.RESOLVED and not confirmed
    return (
        ticket.id,
        ticket.number,
        ticket.subject,
        int(not ticket.state.is_over and not confirmed),
        int(ticket.state is TicketState.WAITING_FOR_YOU or _asks_to_choose(ticket)),
        int(fixed),
        micros(ticket.updated_at),
        due_at,
        ticket_to_bytes(ticket),
    )


def pending_of(row: tuple[str, bytes, str, int, str | None]) -> Pending:
    """Read a command in the outbox from `OUTBOX_COLUMNS`; raises `Damaged` for what is none."""
    kind, value, delivery, attempts, error = row
    command = command_from_bytes(kind, value)
    try:
        return Pending(command, Delivery(delivery), attempts, error)
    except ValueError as fault:
        raise Damaged from fault


def ticket_of(command: Command) -> TicketId:
    """Name the ticket a command is about; a new request's is its local reference."""
    return command.ticket


def _chunks(tickets: Sequence[TicketId]) -> Iterable[Sequence[TicketId]]:
    return (tickets[start : start + 500] for start in range(0, len(tickets), 500))
