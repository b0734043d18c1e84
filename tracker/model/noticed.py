"""What a desk's state shows and its history does not tell: nothing goes back without a row that says so."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from tracker.model.event import Confidence, Details, Event, EventKind
from tracker.model.history import in_order, last
from tracker.model.ticket import Ticket, TicketState
from tracker.model.visit import VisitState

_ENDED = frozenset({EventKind.SOLVED, EventKind.CONFIRMED, EventKind.CLOSED})
_ENDS_OR_NOT = _ENDED | {EventKind.NOT_FIXED, EventKind.REOPENED}
_IS_WORK = frozenset(
    {
        EventKind.ASSIGNED,
        EventKind.HANDED_OVER,
        EventKind.WORK_STARTED,
        EventKind.QUESTION,
        EventKind.ON_HOLD,
        EventKind.RESUMED,
        EventKind.VISIT_BOOKED,
        EventKind.VISIT_ON_THE_WAY,
        EventKind.VISIT_ARRIVED,
        EventKind.VISIT_DONE,
    }
)
"""What is not done with a request that is over."""
_A_HAIR = timedelta(microseconds=1)
_VISIT = frozenset(
    {
        EventKind.VISIT_BOOKED,
        EventKind.VISIT_MOVED,
        EventKind.VISIT_ON_THE_WAY,
        EventKind.VISIT_ETA,
        EventKind.VISIT_CANCELLED,
    }
)


def with_noticed(ticket: Ticket, events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Add to the events, which are in order, those that only the desk's present state tells."""
    noticed = tuple(_noticed(ticket, events))
    return in_order((*events, *noticed)) if noticed else events


def _noticed(ticket: Ticket, events: Sequence[Event]) -> Iterator[Event]:
    if not ticket.state.is_over and ticket.state is not TicketState.RESOLVED:
        told = last(events, _ENDS_OR_NOT)
        if told is not None and told.kind in _ENDED:
            work = (e.at for e in reversed(events) if e.kind in _IS_WORK and _follows(e, told))
            yield _derived(ticket, EventKind.REOPENED, told, first=min(work, default=None))
    if ticket.visit is not None and ticket.visit.state is VisitState.CANCELLED:
        told = last(events, _VISIT)
        if told is not None and told.kind is not EventKind.VISIT_CANCELLED:
            yield _derived(ticket, EventKind.VISIT_CANCELLED, told, first=None)


def _follows(event: Event, other: Event) -> bool:
    return (event.at, event.id) > (other.at, other.id)


def _derived(ticket: Ticket, kind: EventKind, after: Event, *, first: datetime | None) -> Event:
    """Make the event as of the desk's present state, or of the first sign of work before that."""
    since = ticket.state_since or ticket.updated_at
    if first is not None:
        since = min(since, first - _A_HAIR)
    return Event(
        id=f"{after.id}-noticed-{kind.value}",
        ticket=ticket.id,
        kind=kind,
        at=max(after.at, since),
        details=Details(visit=ticket.visit if kind is EventKind.VISIT_CANCELLED else None),
        confidence=Confidence.DERIVED,
    )
