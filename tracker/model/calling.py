"""The call-back of a request as it stands: asked, booked, tried, done, missed, also where nobody says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tracker.model.call import Call, CallState
from tracker.model.command import Delivery, Pending, Wish
from tracker.model.event import Event, EventKind
from tracker.model.promise import GRACE
from tracker.model.wish import WishKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.model.ticket import Ticket

_STATES = {
    EventKind.CALLBACK_ASKED: CallState.ASKED,
    EventKind.CALLBACK_BOOKED: CallState.BOOKED,
    EventKind.CALLBACK_TRIED: CallState.TRIED,
    EventKind.CALLBACK_DONE: CallState.DONE,
    EventKind.CALLBACK_MISSED: CallState.MISSED,
    EventKind.CALLBACK_CANCELLED: CallState.CANCELLED,
}
_WINDOW = timedelta(hours=1)
"""How long a booked call is waited for where the desk tells only when it starts."""


def call_of(ticket: Ticket, events: Sequence[Event], pending: Sequence[Pending]) -> Call | None:
    """Give the latest call: what was asked for here and is on its way, the desk's word, else its history."""
    call = ticket.call or _from_events(events)
    for waiting in pending:
        wish = waiting.command
        if not isinstance(wish, Wish) or waiting.delivery is Delivery.REJECTED:
            continue
        if wish.kind is WishKind.CALL:
            call = Call(wish.id, CallState.ASKED, wish.at, wish.phone, wish.windows)
        elif wish.kind is WishKind.CALL_OFF and call is not None:
            call = replace(call, state=CallState.CANCELLED)
    return call


def ends_of(call: Call) -> datetime | None:
    """Give when the booked window is over; None where none is booked."""
    return None if call.starts is None else call.closes or call.starts + _WINDOW


def missed_at(call: Call, now: datetime, updated_at: datetime) -> datetime | None:
    """Tell since when it is plain that no call came; None while one may come, or where one did.

    The desk may say so itself, at `updated_at` at the latest. A booked call is missed `GRACE` after its
    window, whoever notices; one that was asked for when the last of the person's windows is over and none
    was taken.
    """
    if call.state is CallState.MISSED:
        return min(ends_of(call) or _last_window(call) or updated_at, updated_at)
    if call.state is CallState.ASKED:
        last = _last_window(call)
        return last if last is not None and now >= last else None
    ends = ends_of(call)
    return ends if call.is_ahead and ends is not None and now >= ends + GRACE else None


def turns_of(call: Call) -> tuple[datetime, ...]:
    """List the moments at which the clock alone changes what is said of a call."""
    if not call.is_ahead:
        return ()
    if call.state is CallState.ASKED:
        last = _last_window(call)
        return () if last is None else (last,)
    ends = ends_of(call)
    return () if call.starts is None or ends is None else (call.starts, ends, ends + GRACE)


def _last_window(call: Call) -> datetime | None:
    return max((window.ends for window in call.windows if window.is_sound), default=None)


def _from_events(events: Sequence[Event]) -> Call | None:
    """Fold what the history says, for desks whose requests do not carry their call."""
    call: Call | None = None
    for event in events:
        state = _STATES.get(event.kind)
        if state is None:
            continue
        told = event.details.call or call
        if told is None or (state is CallState.ASKED and event.details.call is None):
            told = Call(event.id, state, event.at)
        if state is CallState.BOOKED and told.starts is None:
            told = replace(told, starts=event.details.until)
        call = replace(told, state=state)
    return call
