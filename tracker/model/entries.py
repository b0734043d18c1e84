"""The rows of a request's history: what was told, what was typed, and the silences between."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tracker.model.chat_rows import newest_of_each_chat, talks
from tracker.model.command import (
    ConfirmFixed,
    CreateTicket,
    Delivery,
    Pending,
    SayNotFixed,
    Wish,
    files_of,
    text_of,
)
from tracker.model.event import Event, EventKind
from tracker.model.history import Interval
from tracker.model.line import Line, line
from tracker.model.option import Option
from tracker.model.person import ActorKind, Person
from tracker.model.promises import APPOINTMENTS, Clock
from tracker.model.standing import Standing
from tracker.model.ticket import Ticket, TicketState
from tracker.model.titles import BIG, note, title
from tracker.model.track import Entry, EntryKind
from tracker.model.wish_titles import wish_note, wish_title

_YOU = Person("", ActorKind.YOU)
_HANDS = frozenset({EventKind.ASSIGNED, EventKind.HANDED_OVER})


_BOOKINGS = frozenset({EventKind.VISIT_BOOKED, EventKind.VISIT_MOVED, EventKind.CALLBACK_BOOKED})
_DATES = frozenset({EventKind.PROMISE_MADE, EventKind.PROMISE_MOVED})


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a request: a person, or only a team."""

    person: str | None
    team: str | None


def entries(stands: Standing) -> tuple[Entry, ...]:
    """List the rows newest first. Never empty."""
    ticket = stands.ticket
    booked = frozenset(event.at for event in stands.events if event.kind in _BOOKINGS)
    newest = newest_of_each_chat(stands.events)
    rows = [
        _row(event, conversation=event.id in newest)
        for event in stands.events
        if not _repeats_a_booking(event, booked)
    ]
    if not rows and stands.created is None:
        rows = [Entry(f"raised:{ticket.id}", EntryKind.EVENT, ticket.created_at, line("Raised"))]
    gaps = list(_gaps(stands)) if stands.created is None else []
    if gaps:
        rows = sorted(rows + gaps, key=lambda row: row.at)
    rows.reverse()  # what happened last at one moment stands on top
    return (*[_pending(p, ticket.options) for p in reversed(stands.pending)], *rows)


def _repeats_a_booking(event: Event, booked: frozenset[datetime]) -> bool:
    """Say whether an event tells as a promise what the booking of the same moment tells better."""
    promise = event.details.promise
    return (
        event.kind in _DATES and promise is not None and promise.kind in APPOINTMENTS and event.at in booked
    )


def _row(event: Event, *, conversation: bool) -> Entry:
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
        conversation=conversation,
    )


def _pending(pending: Pending, options: Sequence[Option]) -> Entry:
    command = pending.command
    return Entry(
        id=command.id,
        kind=EntryKind.PENDING,
        at=command.at,
        title=_pending_title(pending, options),
        note=wish_note(command) if isinstance(command, Wish) else None,
        text=text_of(command),
        actor=_YOU,
        files=files_of(command),
        delivery=pending.delivery,
        command=command.id,
        error=pending.error,
    )


def _pending_title(pending: Pending, options: Sequence[Option]) -> Line:
    command = pending.command
    if pending.delivery is Delivery.REJECTED:
        return line("This could not be sent")
    if isinstance(command, CreateTicket):
        return line("You raised this request")
    if isinstance(command, SayNotFixed):
        return line("You said that it is not fixed")
    if isinstance(command, ConfirmFixed):
        return line("You said that it works")
    if isinstance(command, Wish):
        return wish_title(command, options)
    return line("You wrote")


def _gaps(stands: Standing) -> Iterator[Entry]:
    """Put a row into every silence longer than half the cadence, the present one too."""
    ticket, clock = stands.ticket, stands.clock
    longest = clock.cadence.of(ticket.priority) / 2
    start, holder, talking = ticket.created_at, _first_holder(ticket, stands.events), False
    for event in stands.events:
        if _is_long(start, event.at, longest, clock):
            silence = _silence(start, event.at, holder, stands.waits)
            yield _gap(start, event.at, _in_chat(start, event.at) if talking else silence)
        start, talking = max(start, event.at), talks(event, talking)
        if event.kind in _HANDS:
            holder = Holder(event.details.person, event.details.team or holder.team)
    if not ticket.state.is_over and _is_long(start, clock.now, longest, clock):
        yield _gap(start, clock.now, _present(stands, start, talking=talking))


def _present(stands: Standing, start: datetime, *, talking: bool) -> Line:
    """Say what the silence that goes on is."""
    ticket, now = stands.ticket, stands.clock.now
    if talking:
        return _in_chat(start, now)
    if ticket.state is TicketState.RESOLVED:
        return line("{span} waiting for you to say whether it works", span=now - start)
    holder = Holder(ticket.owner.name if ticket.owner else None, ticket.team)
    return _silence(start, now, holder, stands.waits)


def _in_chat(start: datetime, end: datetime) -> Line:
    return line("{span} in the chat", span=end - start)


def _is_long(start: datetime, end: datetime, longest: timedelta, clock: Clock) -> bool:
    # Wall time is never shorter than working time, so the cheap test spares the calendar most of the work.
    return end - start > longest and clock.calendar.between(start, end) > longest


def _gap(start: datetime, end: datetime, told: Line) -> Entry:
    # A hair before its end, so that it sorts between the two events it lies between.
    return Entry(f"gap:{start.isoformat()}", EntryKind.GAP, end - timedelta(microseconds=1), told)


def _silence(start: datetime, end: datetime, holder: Holder, waits: tuple[Interval, ...]) -> Line:
    length = end - start
    for begin, until in waits:
        if (min(end, until) - max(start, begin)) * 2 > length:
            return line("{span} waiting for your answer", span=length)
    if holder.person:
        return line("{span} with {who}, no word", span=length, who=holder.person)
    if holder.team:
        return line("{span} in the queue of {team}, no word", span=length, team=holder.team)
    return line("{span} in the queue, no word", span=length)


def _first_holder(ticket: Ticket, events: Sequence[Event]) -> Holder:
    """Tell who had it before anybody was told to have it: the desk's snapshot names only who has it now."""
    for event in events:
        if event.kind is EventKind.ASSIGNED:
            return Holder(None, None)
        if event.kind is EventKind.HANDED_OVER:
            return Holder(event.details.previous, None)
    return Holder(None, ticket.team)
