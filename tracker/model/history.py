"""Put events in order, once each, and answer what the rest of the model asks of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from tracker.model.event import Event, EventKind
from tracker.model.person import ActorKind
from tracker.model.ticket import Ticket, TicketState

YOUR_WORDS = frozenset({EventKind.REPLY, EventKind.ANSWER, EventKind.NOT_FIXED, EventKind.ATTACHMENT})
_ASKS = frozenset({EventKind.QUESTION, EventKind.APPROVAL_ASKED})
_GOES_ON = frozenset(
    {
        EventKind.ANSWER,
        EventKind.APPROVAL_GIVEN,
        EventKind.APPROVAL_REFUSED,
        EventKind.RESUMED,
        EventKind.WORK_STARTED,
        EventKind.SOLVED,
        EventKind.CLOSED,
        EventKind.CONFIRMED,
    }
)

VERDICTS = frozenset({EventKind.SOLVED, EventKind.CONFIRMED, EventKind.NOT_FIXED, EventKind.REOPENED})
"""What settles whether it works; the newest counts."""

Interval = tuple[datetime, datetime]


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Sort by time (the id breaks ties, so any order of arrival gives one history) and drop repeats."""
    return tuple(sorted({event.id: event for event in events}.values(), key=lambda e: (e.at, e.id)))


def last(events: Sequence[Event], kinds: frozenset[EventKind]) -> Event | None:
    """Give the newest event of one of these kinds."""
    return next((event for event in reversed(events) if event.kind in kinds), None)


def last_human_word(events: Sequence[Event]) -> Event | None:
    """Give the newest public word by a person of the desk."""
    return next((event for event in reversed(events) if event.is_human_word), None)


def is_confirmed(events: Sequence[Event]) -> bool:
    """Say whether the requester has said that it works, and nothing has happened to that since."""
    told = last(events, VERDICTS)
    return told is not None and told.kind is EventKind.CONFIRMED


def your_last_word(events: Sequence[Event]) -> Event | None:
    """Give the newest thing the requester wrote after raising the request."""
    return next((e for e in reversed(events) if e.actor.kind is ActorKind.YOU and e.kind in YOUR_WORDS), None)


def waits_for_you(ticket: Ticket, events: Sequence[Event], now: datetime) -> tuple[Interval, ...]:
    """List the stretches in which the desk waited for the requester; the present one ends at `now`."""
    found: list[Interval] = []
    since: datetime | None = None
    for event in events:
        if event.kind in _ASKS:
            since = since or event.at
        elif since is not None and _ends_wait(event):
            found.append((since, event.at))
            since = None
    if ticket.state is TicketState.WAITING_FOR_YOU:
        start = since or ticket.state_since or ticket.updated_at
        found.append((min(start, now), now))
    elif since is not None:
        found.append((since, max(since, ticket.updated_at)))
    return tuple(found)


def _ends_wait(event: Event) -> bool:
    return event.kind in _GOES_ON or (event.actor.kind is ActorKind.YOU and event.kind in YOUR_WORDS)
