"""What became of each promise: kept, missed, moved, paused; and the aim where nobody promised anything."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.model.event import Event, EventKind
from tracker.model.history import Interval, is_waiting, last, last_human_word
from tracker.model.promise import GRACE, Promise, PromiseKind, PromiseSource, PromiseState
from tracker.model.ticket import Ticket, TicketState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from tracker.model.cadence import Cadence
    from tracker.model.calendar import Calendar

_KEPT_BY: dict[PromiseKind, frozenset[EventKind]] = {
    PromiseKind.FIX: frozenset({EventKind.SOLVED, EventKind.CLOSED, EventKind.CONFIRMED}),
    PromiseKind.VISIT: frozenset({EventKind.VISIT_ARRIVED, EventKind.VISIT_DONE}),
    PromiseKind.CALLBACK: frozenset({EventKind.CALLBACK_DONE}),
}
"""What keeps a promise; one that is not here was a promise of news, which a human word keeps."""

APPOINTMENTS = frozenset({PromiseKind.VISIT, PromiseKind.CALLBACK})
"""What happens at its time whoever waits for whom: waiting neither pauses nor moves it."""

_TOLD = {
    EventKind.PROMISE_KEPT: PromiseState.KEPT,
    EventKind.PROMISE_MISSED: PromiseState.MISSED,
    EventKind.PROMISE_WITHDRAWN: PromiseState.WITHDRAWN,
}
_SAYS_WHEN = frozenset({EventKind.PROMISE_MADE, EventKind.PROMISE_MOVED})
_NOT_SO = frozenset({EventKind.NOT_FIXED, EventKind.REOPENED})
_OPEN_TO_JUDGEMENT = frozenset({PromiseState.OPEN, PromiseState.MOVED})


@dataclass(frozen=True, slots=True)
class Clock:
    """What time is counted with: the moment, the desk's hours, its usual cadence."""

    now: datetime
    calendar: Calendar
    cadence: Cadence


def settle(
    ticket: Ticket, events: Sequence[Event], waits: tuple[Interval, ...], clock: Clock
) -> tuple[Promise, ...]:
    """Give every promise of a ticket with its state at `clock.now`, the newest first.

    `events` are in order, `waits` the stretches in which the desk waited for the requester: `latest` of a
    promise is moved on by their working time, but that of a visit is not. What the desk says became of a
    promise stands, except that a moved one may have been kept, or missed, before it was moved.
    """
    told = _told(ticket, events)
    if not told:
        return ()
    heirs = {p.supersedes: p for p in told.values() if p.supersedes and _is_heir(p, told)}
    settled = [
        _judge(promise, heirs.get(promise.id), ticket, events, waits=waits, clock=clock)
        for promise in told.values()
    ]
    return tuple(sorted(settled, key=lambda p: (p.made_at, p.id), reverse=True))


def standing_miss(ticket: Ticket, promises: Sequence[Promise], events: Sequence[Event]) -> Promise | None:
    """Give the newest missed promise that nobody has made good: by doing it late, or by a new promise."""
    if _has_ended(ticket):
        return None
    for promise in promises:
        if promise.state is not PromiseState.MISSED:
            continue
        since = max(promise.latest, promise.made_at)  # it may have been late when it was made
        promised_anew = any(other.made_at > since for other in promises if other.id != promise.id)
        if not promised_anew and _kept_at(promise, since, ticket, events) is None:
            return promise
    return None


def aim(ticket: Ticket, events: Sequence[Event], waits: tuple[Interval, ...], clock: Clock) -> Promise | None:
    """Give the usual cadence as an aim, counted from the desk's last word; None while nothing is owed.

    A request that was opened again is counted from then on. The desk's own aim is taken where it has one.
    """
    if _has_ended(ticket) or is_waiting(waits, clock.now):
        return None
    if ticket.visit is not None and ticket.visit.is_ahead(clock.now):
        return None
    word, again = last_human_word(events), last(events, _NOT_SO)
    start = max(
        word.at if word else ticket.created_at,
        again.at if again else ticket.created_at,
        waits[-1][1] if waits else ticket.created_at,
    )
    own = [p for p in ticket.promises if p.is_aim and p.state is PromiseState.OPEN and p.latest > start]
    if own:
        return max(own, key=lambda promise: promise.latest)
    return Promise(
        id=f"aim:{ticket.id}",
        kind=PromiseKind.NEXT_UPDATE if word else PromiseKind.FIRST_REPLY,
        latest=clock.calendar.add(start, clock.cadence.of(ticket.priority)),
        made_at=start,
        source=PromiseSource.DESK_RULE,
    )


def nearing_at(promise: Promise, calendar: Calendar) -> datetime:
    """Give the moment at which four fifths of a promise's working time are over."""
    working = calendar.between(promise.made_at, promise.latest)
    if working:
        return calendar.add(promise.made_at, working * 4 / 5)
    return promise.made_at + (promise.latest - promise.made_at) * 4 / 5


def _told(ticket: Ticket, events: Sequence[Event]) -> Mapping[str, Promise]:
    """Fold what the desk said of each promise: by events, then by its present word. Aims are none."""
    told: dict[str, Promise] = {}
    for event in events:
        promise = event.details.promise
        if promise is None:
            continue
        if event.kind in _TOLD:
            known = told.get(promise.id, promise)
            late = (
                event.kind is EventKind.PROMISE_KEPT and event.at > max(known.latest, promise.latest) + GRACE
            )
            told[promise.id] = replace(known, state=PromiseState.MISSED if late else _TOLD[event.kind])
        elif event.kind in _SAYS_WHEN:
            told[promise.id] = promise
    for promise in ticket.promises:
        if promise.id not in told or told[promise.id].state not in _TOLD.values():
            told[promise.id] = promise
    return {key: promise for key, promise in told.items() if not promise.is_aim}


def _is_heir(promise: Promise, told: Mapping[str, Promise]) -> bool:
    """Say whether a promise has taken the place of the one it names.

    Where a desk tells moves in a circle, the circle is cut before the oldest: the one made last still stands.
    """
    before = told.get(promise.supersedes or "")
    if before is None or (promise.made_at, promise.id) > (before.made_at, before.id):
        return True
    seen = {promise.id}
    while before is not None and before.id not in seen:
        seen.add(before.id)
        before = told.get(before.supersedes or "")
    return before is None or before.id != promise.id


def _judge(
    promise: Promise,
    heir: Promise | None,
    ticket: Ticket,
    events: Sequence[Event],
    *,
    waits: tuple[Interval, ...],
    clock: Clock,
) -> Promise:
    moved = heir is not None and promise.state is PromiseState.MISSED
    if promise.state not in _OPEN_TO_JUDGEMENT and not moved:
        return promise
    kept_at = _kept_at(promise, promise.made_at, ticket, events)
    if promise.state is PromiseState.MOVED and heir is None and kept_at is None:
        return promise  # to a date that nobody told
    settled_at = min((at for at in (kept_at, heir and heir.made_at) if at), default=clock.now)
    if promise.kind not in APPOINTMENTS:
        promise = _after_waits(promise, events, waits, clock.calendar, settled_at)
    if kept_at is not None and (heir is None or kept_at <= heir.made_at):
        late = kept_at > promise.latest + GRACE
        return replace(promise, state=PromiseState.MISSED if late else PromiseState.KEPT)
    if heir is not None:
        # Moved before the time had passed is a move; moved after it is a miss and a new promise.
        late = heir.made_at > promise.latest
        return replace(promise, state=PromiseState.MISSED if late else PromiseState.MOVED)
    return replace(promise, state=_open_state(promise, ticket, events, waits=waits, clock=clock))


def _open_state(
    promise: Promise, ticket: Ticket, events: Sequence[Event], *, waits: tuple[Interval, ...], clock: Clock
) -> PromiseState:
    # Whoever closes without keeping it has missed it if the time was up, else has taken it back.
    ended = _has_ended(ticket)
    moment = min(clock.now, ticket.state_since or ticket.updated_at) if ended else clock.now
    if moment >= promise.latest + GRACE:
        return PromiseState.MISSED
    if ended:
        return PromiseState.WITHDRAWN
    if promise.kind not in APPOINTMENTS and is_waiting(waits, clock.now):
        return PromiseState.PAUSED
    if moment >= promise.latest:
        return PromiseState.OVERDUE
    nearing = nearing_at(promise, clock.calendar)
    word = last_human_word(events)
    silent = word is None or word.at < nearing
    return PromiseState.NEARING if moment >= nearing and silent else PromiseState.OPEN


def _kept_at(promise: Promise, after: datetime, ticket: Ticket, events: Sequence[Event]) -> datetime | None:
    """Tell when what was promised was first done after a moment."""
    if promise.kind is PromiseKind.FIX:
        return _fixed_at(after, ticket, events)
    kinds = _KEPT_BY.get(promise.kind)
    for event in events:
        if event.at > after and (event.kind in kinds if kinds else event.is_human_word):
            return event.at
    return None


def _fixed_at(after: datetime, ticket: Ticket, events: Sequence[Event]) -> datetime | None:
    """Tell when it was first fixed for good: a "not yet" takes back what only the desk believed."""
    found: datetime | None = None
    for event in events:
        if event.kind in _NOT_SO:
            found = None
        elif event.at > after and event.kind in _KEPT_BY[PromiseKind.FIX]:
            # To close what was called off fixes nothing.
            if event.kind is EventKind.CLOSED and ticket.state is TicketState.CANCELLED:
                continue
            found = found or event.at
            if event.kind is not EventKind.SOLVED:
                return found
    return found


def _after_waits(
    promise: Promise,
    events: Sequence[Event],
    waits: tuple[Interval, ...],
    calendar: Calendar,
    until: datetime,
) -> Promise:
    """Move a promise on by the working time for which the desk waited since it last named the date.

    `until`: what was waited for after that changes nothing any more.
    """
    if not waits:
        return promise
    named_at = promise.made_at
    for event in events:
        if event.kind in _SAYS_WHEN and event.details.promise and event.details.promise.id == promise.id:
            named_at = max(named_at, event.at)
    latest = promise.latest
    for start, end in waits:
        begin, last = max(start, named_at), min(end, until)
        if begin < last and begin < latest:
            latest = calendar.add(latest, calendar.between(begin, last))
    return replace(promise, latest=latest)


def _has_ended(ticket: Ticket) -> bool:
    return ticket.state.is_over or ticket.state is TicketState.RESOLVED
