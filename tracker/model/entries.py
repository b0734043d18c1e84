"""The rows of a request's history: what was told, what was typed, and the silences between."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from tracker.model.command import ConfirmFixed, CreateTicket, Delivery, Pending, PostReply, SayNotFixed
from tracker.model.event import Event, EventKind
from tracker.model.history import Interval
from tracker.model.line import Line, line
from tracker.model.person import ActorKind, Person
from tracker.model.promises import Clock
from tracker.model.ticket import Ticket
from tracker.model.titles import BIG, note, title
from tracker.model.track import Entry, EntryKind

_YOU = Person("", ActorKind.YOU)


def entries(
    ticket: Ticket,
    events: Sequence[Event],
    *,
    pending: Sequence[Pending],
    waits: tuple[Interval, ...],
    clock: Clock,
) -> tuple[Entry, ...]:
    """List the rows newest first; `events` are in order. Never empty for a request the desk has."""
    rows = [_row(event) for event in events]
    if not rows and not any(isinstance(p.command, CreateTicket) for p in pending):
        rows = [Entry(f"raised:{ticket.id}", EntryKind.EVENT, ticket.created_at, line("Raised"))]
    rows += _gaps(ticket, events, waits, clock)
    rows.sort(key=lambda row: row.at, reverse=True)
    waiting = [_pending(p) for p in reversed(pending)]
    return tuple(waiting + rows)


def _row(event: Event) -> Entry:
    return Entry(
        id=event.id,
        kind=EntryKind.EVENT,
        at=event.at,
        title=title(event),
        event=event.kind,
        note=note(event),
        text=event.text,
        actor=event.actor,
        big=event.kind in BIG,
        attachments=event.details.attachments,
        confidence=event.confidence,
    )


def _pending(pending: Pending) -> Entry:
    command = pending.command
    return Entry(
        id=command.id,
        kind=EntryKind.PENDING,
        at=command.at,
        title=_pending_title(pending),
        text=command.text if not isinstance(command, ConfirmFixed) else "",
        actor=_YOU,
        files=command.files if isinstance(command, CreateTicket | PostReply) else (),
        delivery=pending.delivery,
        command=command.id,
        error=pending.error,
    )


def _pending_title(pending: Pending) -> Line:
    command = pending.command
    if pending.delivery is Delivery.REJECTED:
        return line("This could not be sent")
    if isinstance(command, CreateTicket):
        return line("You raised this request")
    if isinstance(command, SayNotFixed):
        return line("You said that it is not fixed")
    if isinstance(command, ConfirmFixed):
        return line("You said that it works")
    return line("You wrote")


def _gaps(
    ticket: Ticket, events: Sequence[Event], waits: tuple[Interval, ...], clock: Clock
) -> Iterator[Entry]:
    """Put a row into every silence longer than half the cadence, the present one too."""
    longest = clock.cadence.of(ticket.priority) / 2
    start, holder = ticket.created_at, ticket.team
    for event in events:
        yield from _gap(start, event.at, holder, longest=longest, waits=waits, clock=clock)
        start = max(start, event.at)
        holder = _holder(event, holder)
    if not ticket.state.is_over:
        who = (ticket.owner.name if ticket.owner else "") or holder
        yield from _gap(start, clock.now, who, longest=longest, waits=waits, clock=clock)


def _gap(
    start: datetime,
    end: datetime,
    holder: str,
    *,
    longest: timedelta,
    waits: tuple[Interval, ...],
    clock: Clock,
) -> Iterator[Entry]:
    # Wall time is never shorter than working time, so the cheap test spares the calendar most of the work.
    if end - start <= longest or clock.calendar.between(start, end) <= longest:
        return
    length = end - start
    if any(a < end and b > start for a, b in waits):
        told = line("{span} waiting for your answer", span=length)
    elif holder:
        told = line("{span} with {who}, no word", span=length, who=holder)
    else:
        told = line("{span} in the queue, no word", span=length)
    # A hair before its end, so that it sorts between the two events it lies between.
    yield Entry(f"gap:{start.isoformat()}", EntryKind.GAP, end - timedelta(microseconds=1), told)


def _holder(event: Event, before: str) -> str:
    if event.kind in (EventKind.ASSIGNED, EventKind.HANDED_OVER):
        return event.details.person or event.details.team or before
    return before
