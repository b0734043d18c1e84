"""How a request stands at one moment: what is derived once, and everything drawn of it rests on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tracker.model.asking import can_wait, news_asked_at
from tracker.model.call import Call, CallState
from tracker.model.calling import call_of, ends_of, missed_at
from tracker.model.command import CreateTicket, Pending
from tracker.model.estimate import as_shown
from tracker.model.event import Event
from tracker.model.history import (
    Interval,
    in_order,
    is_accepted,
    is_refuted,
    last_human_word,
    waits_for_you,
)
from tracker.model.noticed import with_noticed
from tracker.model.promise import LIVE, Promise
from tracker.model.promises import Clock, aim, settle, standing_miss
from tracker.model.stage import Stage
from tracker.model.stages import reached, stage_of
from tracker.model.ticket import Ticket, TicketState
from tracker.model.visit import VisitState


@dataclass(frozen=True, slots=True)
class Standing:
    """A request at `clock.now`. `events` are in order, each once, with those that only the state tells.

    `ticket` is as it stands, which is not always what the desk calls it. `times` tells when each stage was
    reached, `waits` when the desk waited for the requester, `word` is its last human word. `promises` are
    settled, newest first, `live` those of them that still hold; `missed` is a miss nobody has made good,
    `aimed` the usual cadence where nothing is promised. `created` is set while the request itself has not
    reached the desk, `pending` holds all commands that the desk does not show yet, oldest first.

    `call` is the latest call-back, `call_missed` since when it is plain that it did not come. `news_asked`:
    when the requester asked for news, while that is neither answered nor longer ago than the usual cadence,
    which ends at `ask_again`. `can_wait`: they said so of what was missed.
    """

    ticket: Ticket
    events: Sequence[Event]
    clock: Clock
    pending: Sequence[Pending]
    created: Pending | None
    waits: tuple[Interval, ...]
    times: dict[Stage, datetime]
    stage: Stage
    word: Event | None
    promises: tuple[Promise, ...]
    live: tuple[Promise, ...]
    missed: Promise | None
    aimed: Promise | None
    call: Call | None
    call_missed: datetime | None
    news_asked: datetime | None
    ask_again: datetime | None
    can_wait: bool


def standing(ticket: Ticket, events: Iterable[Event], clock: Clock, pending: Sequence[Pending]) -> Standing:
    """Derive how a request stands; the events come in any order and may repeat."""
    told = in_order(events)
    ticket = _as_it_stands(ticket, told, clock.now)
    told = with_noticed(ticket, told)
    created = next((p for p in pending if isinstance(p.command, CreateTicket)), None)
    waits = waits_for_you(ticket, told, clock.now)
    times = reached(ticket, told)
    promises = settle(ticket, told, waits, clock)
    live = tuple([promise for promise in promises if promise.state in LIVE])
    word, missed = last_human_word(told), standing_miss(ticket, promises, told)
    call = call_of(ticket, told, pending)
    asked = news_asked_at(told, pending, word)
    again = None if asked is None else clock.calendar.add(asked, clock.cadence.of(ticket.priority))
    return Standing(
        ticket=ticket,
        events=told,
        clock=clock,
        pending=pending,
        created=created,
        waits=waits,
        times=times,
        stage=stage_of(ticket, told, times),
        word=word,
        promises=promises,
        live=live,
        missed=missed,
        aimed=None if created or live else aim(ticket, told, waits, clock),
        call=call,
        call_missed=None if call is None else _no_call(call, ticket, told, word, now=clock.now),
        news_asked=asked if again is not None and clock.now < again else None,
        ask_again=again,
        can_wait=missed is not None and can_wait(missed, told, pending),
    )


def _no_call(
    call: Call, ticket: Ticket, events: Sequence[Event], word: Event | None, *, now: datetime
) -> datetime | None:
    """Tell since when it is plain that no call came. A request that is closed over one has missed it.

    Unless somebody wrote since, or the requester has agreed to the end.
    """
    if not (ticket.state.is_over or ticket.state is TicketState.RESOLVED):
        return missed_at(call, now, ticket.updated_at)
    if is_accepted(events) or not (call.is_ahead or call.state is CallState.MISSED):
        return None
    ended = min(ticket.state_since or ticket.updated_at, now)
    since = min(ends_of(call) or ended, ended)
    return since if word is None or word.at < since else None


def _as_it_stands(ticket: Ticket, events: Sequence[Event], now: datetime) -> Ticket:
    """Take the requester's "not yet" at its word where the desk still calls the request solved.

    The visit has the estimate that is shown.
    """
    if ticket.visit is not None and ticket.visit.state is VisitState.ON_THE_WAY:
        ticket = replace(ticket, visit=as_shown(ticket.visit, events, ticket.updated_at, now))
    if not is_refuted(ticket, events):
        return ticket
    return replace(ticket, state=TicketState.WORKING, auto_close_at=None)
