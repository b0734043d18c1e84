"""Put events in order, once each, and answer what the rest of the model asks of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import attrgetter

from tracker.model.event import Event, EventKind
from tracker.model.person import ActorKind
from tracker.model.ticket import Ticket, TicketState

YOUR_WORDS = frozenset({EventKind.REPLY, EventKind.ANSWER, EventKind.NOT_FIXED, EventKind.ATTACHMENT})
_GOES_ON = frozenset(
    {
        EventKind.ANSWER,
        EventKind.RESUMED,
        EventKind.WORK_STARTED,
        EventKind.SOLVED,
        EventKind.CLOSED,
        EventKind.CONFIRMED,
    }
)

VERDICTS = frozenset({EventKind.SOLVED, EventKind.CONFIRMED, EventKind.NOT_FIXED, EventKind.REOPENED})
"""What settles whether it works; the newest counts."""

_CLOSES = frozenset({EventKind.SOLVED, EventKind.CLOSED})

Interval = tuple[datetime, datetime]

_in_time = attrgetter("at", "id")


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Sort by time (the id breaks ties, so any order of arrival gives one history) and drop repeats."""
    return tuple(sorted({event.id: event for event in events}.values(), key=_in_time))


def last(events: Sequence[Event], kinds: frozenset[EventKind]) -> Event | None:
    """Give the newest event of one of these kinds."""
    for event in reversed(events):
        if event.kind in kinds:
            return event
    return None


def last_human_word(events: Sequence[Event]) -> Event | None:
    """Give the newest public word by a person of the desk."""
    for event in reversed(events):
        if event.is_human_word:
            return event
    return None


def is_confirmed(events: Sequence[Event]) -> bool:
    """Say whether the requester has said that it works, and nothing has happened to that since."""
    told = last(events, VERDICTS)
    return told is not None and told.kind is EventKind.CONFIRMED


def is_accepted(events: Sequence[Event]) -> bool:
    """Say whether the requester has agreed that it is over: by saying so, or by closing it."""
    closed = last(events, _CLOSES)
    by_you = closed is not None and closed.actor.kind is ActorKind.YOU
    return by_you or is_confirmed(events)


def is_refuted(ticket: Ticket, events: Sequence[Event]) -> bool:
    """Say whether the requester's "not yet" is the newest word on a request that the desk calls solved.

    Some desks take it as a mere reply and leave the request solved; a desk that solves it again after that
    has a newer word.
    """
    if ticket.state is not TicketState.RESOLVED:
        return False
    told = last(events, VERDICTS)
    if told is None or told.kind is not EventKind.NOT_FIXED:
        return False
    return ticket.state_since is None or ticket.state_since <= told.at


def your_last_word(events: Sequence[Event]) -> Event | None:
    """Give the newest thing the requester wrote after raising the request."""
    return next((e for e in reversed(events) if e.actor.kind is ActorKind.YOU and e.kind in YOUR_WORDS), None)


def waits_for_you(ticket: Ticket, events: Sequence[Event], now: datetime) -> tuple[Interval, ...]:
    """List the stretches in which the desk waited for the requester; the present one ends at `now`.

    A question nobody has answered is waited for until the desk's state says otherwise.
    """
    found: list[Interval] = []
    since: datetime | None = None
    for event in events:
        if event.kind is EventKind.QUESTION:
            since = since or event.at
        elif since is not None and _ends_wait(event):
            found.append((since, event.at))
            since = None
    if ticket.state is TicketState.WAITING_FOR_YOU:
        start = min(since or ticket.state_since or ticket.updated_at, now)
        # A stretch that ended while the desk still says that it waits did not end: counted once, as one.
        while found and found[-1][1] >= start:
            start = min(start, found.pop()[0])
        found.append((start, now))
    elif since is not None and since <= now:
        found.append((since, _moved_on(ticket, since, now)))
    return tuple(found)


def is_waiting(waits: tuple[Interval, ...], now: datetime) -> bool:
    """Say whether the last of these stretches still goes on."""
    return bool(waits) and waits[-1][1] >= now


def _moved_on(ticket: Ticket, asked: datetime, now: datetime) -> datetime:
    """Tell until when an unanswered question was waited for at a desk that is not waiting (any more)."""
    if ticket.state_since is not None and ticket.state_since > asked:
        return min(ticket.state_since, now)
    return max(asked, ticket.updated_at) if ticket.state.is_over else now


def _ends_wait(event: Event) -> bool:
    return event.kind in _GOES_ON or (event.actor.kind is ActorKind.YOU and event.kind in YOUR_WORDS)
