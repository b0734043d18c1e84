"""How a request stands at one moment: what is derived once, and everything drawn of it rests on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tracker.model.command import CreateTicket, Pending
from tracker.model.event import Event
from tracker.model.history import (
    Interval,
    in_order,
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


@dataclass(frozen=True, slots=True)
class Standing:
    """A request at `clock.now`. `events` are in order, each once, with those that only the state tells.

    `ticket` is as it stands, which is not always what the desk calls it. `times` tells when each stage was
    reached, `waits` when the desk waited for the requester, `word` is its last human word. `promises` are
    settled, newest first, `live` those of them that still hold; `missed` is a miss nobody has made good,
    `aimed` the usual cadence where nothing is promised. `created` is set while the request itself has not
    reached the desk, `pending` holds all commands that the desk does not show yet, oldest first.
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


def standing(ticket: Ticket, events: Iterable[Event], clock: Clock, pending: Sequence[Pending]) -> Standing:
    """Derive how a request stands; the events come in any order and may repeat."""
    told = in_order(events)
    ticket = _as_it_stands(ticket, told)
    told = with_noticed(ticket, told)
    created = next((p for p in pending if isinstance(p.command, CreateTicket)), None)
    waits = waits_for_you(ticket, told, clock.now)
    times = reached(ticket, told)
    promises = settle(ticket, told, waits, clock)
    live = tuple([promise for promise in promises if promise.state in LIVE])
    return Standing(
        ticket=ticket,
        events=told,
        clock=clock,
        pending=pending,
        created=created,
        waits=waits,
        times=times,
        stage=stage_of(ticket, told, times),
        word=last_human_word(told),
        promises=promises,
        live=live,
        missed=standing_miss(ticket, promises, told),
        aimed=None if created or live else aim(ticket, told, waits, clock),
    )


def _as_it_stands(ticket: Ticket, events: Sequence[Event]) -> Ticket:
    """Take the requester's "not yet" at its word where the desk still calls the request solved."""
    if not is_refuted(ticket, events):
        return ticket
    return replace(ticket, state=TicketState.WORKING, auto_close_at=None)
