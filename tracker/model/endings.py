"""What is to be said of a request that the desk calls solved or over, and what is asked after."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from tracker.model.asking import has_said, wished
from tracker.model.event import EventKind
from tracker.model.history import is_accepted, your_last_word
from tracker.model.line import line
from tracker.model.stage import Stage
from tracker.model.standing import Standing
from tracker.model.ticket import Act, TicketState
from tracker.model.track import Overlay, OverlayKind
from tracker.model.wish import WishKind

CHECK_IN_AFTER = timedelta(days=3)
CHECK_IN_UNTIL = timedelta(days=14)
"""From when to when after the end "Is it still fine?" is asked, once."""

_UNDONE = frozenset({TicketState.CANCELLED, TicketState.MERGED})
"""Ends after which there is nothing to rate, to thank for or to look back at."""


def endings(stands: Standing) -> Iterator[Overlay]:
    """Tell where it goes on, that it was called off, that it was closed without a word."""
    ticket = stands.ticket
    since = ticket.state_since or ticket.updated_at
    if ticket.state is TicketState.MERGED:
        yield Overlay(
            OverlayKind.MERGED,
            line("Goes on in another request"),
            since,
            ticket.state_reason,
            line("Nobody: the other request goes on"),
            (Act.FOLLOW,),
        )
    elif ticket.state is TicketState.CANCELLED:
        yield Overlay(
            OverlayKind.CANCELLED,
            line("Cancelled"),
            since,
            ticket.state_reason,
            line("You: raise it again if you still need it"),
            (Act.RAISE_AGAIN,),
        )
    elif _unheard(stands):
        yield Overlay(
            OverlayKind.CLOSED_UNHEARD,
            line("Closed without an answer"),
            since,
            None,
            line("You: say that it is not fixed"),
            (Act.NOT_FIXED,),
        )


def acts_after(stands: Standing) -> tuple[Act, ...]:
    """List what can be done once it is solved or over: thank, rate and look back, each once."""
    if stands.stage < Stage.FIXED or stands.ticket.state in _UNDONE:
        return ()
    found: list[Act] = []
    if looks_back(stands):
        found.append(Act.CHECK_IN)
    if stands.stage is Stage.DONE and not _has_rated(stands):
        found.append(Act.RATE)
    if not has_said(stands.events, EventKind.THANKED) and wished(stands.pending, WishKind.THANKS) is None:
        found.append(Act.THANK)
    return tuple(found)


def looks_back(stands: Standing) -> bool:
    """Say whether "Is it still fine?" is asked now."""
    done = done_at(stands)
    if done is None or not CHECK_IN_AFTER <= stands.clock.now - done < CHECK_IN_UNTIL:
        return False
    if any(event.kind is EventKind.CHECKED_IN and event.at >= done for event in stands.events):
        return False
    return wished(stands.pending, WishKind.STILL_FINE, WishKind.CAME_BACK) is None


def done_at(stands: Standing) -> datetime | None:
    """Tell since when it is over; None while it is not, and for what was called off or merged."""
    ticket = stands.ticket
    if stands.stage is not Stage.DONE or ticket.state in _UNDONE:
        return None
    return stands.times.get(Stage.DONE) or ticket.state_since or ticket.updated_at


def _has_rated(stands: Standing) -> bool:
    if stands.ticket.rating is not None or wished(stands.pending, WishKind.RATE) is not None:
        return True
    return any(event.kind is EventKind.RATED for event in stands.events)


def _unheard(stands: Standing) -> bool:
    # With no history told, silence proves nothing; who closes a request themselves waits for no answer.
    if not stands.events or is_accepted(stands.events):
        return False
    yours, word = your_last_word(stands.events), stands.word
    return word is None or word.at < (yours.at if yours else stands.ticket.created_at)
