"""When a request's track changes by the clock alone: what is waited for, so that nothing has to tick."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from tracker.model.calling import turns_of
from tracker.model.circling import stops_circling_at
from tracker.model.endings import CHECK_IN_AFTER, CHECK_IN_UNTIL, done_at
from tracker.model.overlays import FRESH
from tracker.model.promise import GRACE
from tracker.model.promises import nearing_at
from tracker.model.stage import Stage
from tracker.model.standing import Standing
from tracker.model.ticket import Ticket, TicketState
from tracker.model.track import Overlay, OverlayKind
from tracker.model.visit import Visit, VisitState

CLOSING_SOON = timedelta(days=1)
"""So long before it closes by itself, a request asks once more."""


def has_clock(ticket: Ticket, now: datetime) -> bool:
    """Say whether time alone can make anything worth telling of a ticket; for most it cannot.

    What is over is looked back at once, so it has a clock until then.
    """
    done = ticket.state in (TicketState.CLOSED, TicketState.RESOLVED)
    if done and now - (ticket.state_since or ticket.updated_at) < CHECK_IN_UNTIL:
        return True
    if ticket.state.is_over:
        return False
    return bool(ticket.promises or ticket.visit or ticket.auto_close_at or ticket.call or ticket.state_until)


def next_due(stands: Standing, over: Sequence[Overlay]) -> datetime | None:
    """Give the next moment at which this track changes by the clock alone."""
    now = stands.clock.now
    return min((at for at in _turns(stands, over) if at > now), default=None)


def _turns(stands: Standing, over: Sequence[Overlay]) -> Iterator[datetime]:
    ticket, clock = stands.ticket, stands.clock
    if stands.stage >= Stage.FIXED:
        yield from _after_the_end(stands)
    else:
        yield from _while_open(stands, over)
    for promise in stands.live:
        yield nearing_at(promise, clock.calendar)
        yield promise.latest
        yield promise.latest + GRACE
    if stands.aimed is not None:
        yield stands.aimed.latest
    if stands.ask_again is not None:
        yield stands.ask_again
    if ticket.visit is not None:
        yield from _of_visit(ticket.visit)


def _while_open(stands: Standing, over: Sequence[Overlay]) -> Iterator[datetime]:
    if stands.call is not None:
        yield from turns_of(stands.call)
    if stands.ticket.state_until is not None:
        yield stands.ticket.state_until
    circling = stops_circling_at(stands)
    if circling is not None:
        yield circling
    for overlay in over:
        if overlay.kind is OverlayKind.HANDED_OVER and overlay.since is not None:
            yield overlay.since + FRESH


def _after_the_end(stands: Standing) -> Iterator[datetime]:
    closes, done = stands.ticket.auto_close_at, done_at(stands)
    if closes is not None:
        yield closes - CLOSING_SOON
        yield closes
    if done is not None:
        yield done + CHECK_IN_AFTER
        yield done + CHECK_IN_UNTIL


def _of_visit(visit: Visit) -> Iterator[datetime]:
    if visit.state is VisitState.SCHEDULED:
        yield visit.starts
        yield visit.given_up_at
    elif visit.state is VisitState.ON_THE_WAY:
        if visit.eta_latest is not None:
            yield visit.eta_latest
        if visit.closes is not None:
            yield visit.closes
