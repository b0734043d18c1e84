"""What became of each promise: kept, missed, moved, paused; and the aim where nobody promised anything."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tracker.model.cadence import Cadence
from tracker.model.calendar import Calendar
from tracker.model.event import Event, EventKind
from tracker.model.history import Interval, last_human_word, waits_for_you
from tracker.model.promise import Promise, PromiseKind, PromiseSource, PromiseState
from tracker.model.ticket import Ticket, TicketState

GRACE = timedelta(minutes=15)
NEARING_AT = 0.8

_KEPT_BY: dict[PromiseKind, frozenset[EventKind]] = {
    PromiseKind.FIX: frozenset({EventKind.SOLVED, EventKind.CLOSED, EventKind.CONFIRMED}),
    PromiseKind.VISIT: frozenset({EventKind.VISIT_ARRIVED, EventKind.VISIT_DONE}),
    PromiseKind.CALLBACK: frozenset({EventKind.CALLBACK_DONE}),
}
_TOLD = {
    EventKind.PROMISE_KEPT: PromiseState.KEPT,
    EventKind.PROMISE_MISSED: PromiseState.MISSED,
    EventKind.PROMISE_WITHDRAWN: PromiseState.WITHDRAWN,
}
_WORDS = frozenset({PromiseKind.FIRST_REPLY, PromiseKind.NEXT_UPDATE})


@dataclass(frozen=True, slots=True)
class Clock:
    """What time is counted with: the moment, the desk's hours, its usual cadence."""

    now: datetime
    calendar: Calendar
    cadence: Cadence


def settle(ticket: Ticket, events: Sequence[Event], clock: Clock) -> tuple[Promise, ...]:
    """Give every promise of a ticket with its state at `clock.now`, the newest first.

    `events` are in order. `latest` of a promise that was paused is moved on by the working time for which
    the desk waited for the requester; an appointment is not moved by waiting.
    """
    waits = waits_for_you(ticket, events, clock.now)
    told = _told(ticket, events)
    settled = [_judge(promise, ticket, events, waits=waits, clock=clock) for promise in told.values()]
    return tuple(sorted(settled, key=lambda p: (p.made_at, p.id), reverse=True))


def aim(ticket: Ticket, events: Sequence[Event], clock: Clock) -> Promise | None:
    """Give the usual cadence as an aim, counted from the desk's last word; None while nothing is owed."""
    if ticket.state.is_over or ticket.state in (TicketState.RESOLVED, TicketState.WAITING_FOR_YOU):
        return None
    word = last_human_word(events)
    since = word.at if word else ticket.created_at
    waits = [wait for wait in waits_for_you(ticket, events, clock.now) if wait[1] > since]
    start = max([since, *(end for _, end in waits)])
    return Promise(
        id=f"aim:{ticket.id}",
        kind=PromiseKind.NEXT_UPDATE if word else PromiseKind.FIRST_REPLY,
        latest=clock.calendar.add(start, clock.cadence.of(ticket.priority)),
        made_at=start,
        source=PromiseSource.DESK_RULE,
    )


def _told(ticket: Ticket, events: Sequence[Event]) -> dict[str, Promise]:
    """Fold what the desk said of each promise: by events, then by its present word."""
    told = _by_events(events)
    for promise in ticket.promises:
        known = told.get(promise.id)
        if known is None or known.state is PromiseState.OPEN:
            told[promise.id] = promise
    # Moved before the time had passed is a move; moved after it is a miss and a new promise.
    for promise in tuple(told.values()):
        before = told.get(promise.supersedes or "")
        if before is not None and before.id != promise.id and before.state is PromiseState.OPEN:
            late = promise.made_at > before.latest + GRACE
            told[before.id] = replace(before, state=PromiseState.MISSED if late else PromiseState.MOVED)
    return told


def _by_events(events: Sequence[Event]) -> dict[str, Promise]:
    told: dict[str, Promise] = {}
    for event in events:
        promise = event.details.promise
        if promise is None:
            continue
        if event.kind in _TOLD:
            told[promise.id] = replace(told.get(promise.id, promise), state=_TOLD[event.kind])
        elif event.kind in (EventKind.PROMISE_MADE, EventKind.PROMISE_MOVED):
            told.setdefault(promise.id, promise)
    return told


def _judge(
    promise: Promise, ticket: Ticket, events: Sequence[Event], *, waits: tuple[Interval, ...], clock: Clock
) -> Promise:
    if promise.state is not PromiseState.OPEN:
        return promise
    if promise.kind is not PromiseKind.VISIT:
        promise = replace(promise, latest=_after_waits(promise, waits, clock.calendar))
    kept_at = _kept_at(promise, events)
    if kept_at is not None:
        late = kept_at > promise.latest + GRACE
        return replace(promise, state=PromiseState.MISSED if late else PromiseState.KEPT)
    return replace(promise, state=_open_state(promise, ticket, clock))


def _open_state(promise: Promise, ticket: Ticket, clock: Clock) -> PromiseState:
    # Whoever closes without keeping it has missed it if the time was up, else has taken it back.
    ended = ticket.state.is_over or ticket.state is TicketState.RESOLVED
    moment = min(clock.now, ticket.updated_at) if ended else clock.now
    if moment > promise.latest + GRACE:
        return PromiseState.MISSED
    if ended:
        return PromiseState.WITHDRAWN
    if ticket.state is TicketState.WAITING_FOR_YOU and promise.kind is not PromiseKind.VISIT:
        return PromiseState.PAUSED
    if moment > promise.latest:
        return PromiseState.OVERDUE
    nearing = promise.made_at + (promise.latest - promise.made_at) * NEARING_AT
    return PromiseState.NEARING if moment >= nearing else PromiseState.OPEN


def _kept_at(promise: Promise, events: Sequence[Event]) -> datetime | None:
    kinds = _KEPT_BY.get(promise.kind)
    for event in events:
        if event.at > promise.made_at and (event.kind in kinds if kinds else event.is_human_word):
            return event.at
    return None


def _after_waits(promise: Promise, waits: tuple[Interval, ...], calendar: Calendar) -> datetime:
    latest = promise.latest
    for start, end in waits:
        begin = max(start, promise.made_at)
        if begin < end and begin < latest:
            latest = calendar.add(latest, calendar.between(begin, end))
    return latest
