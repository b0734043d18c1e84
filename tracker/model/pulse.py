"""What the clock changes of a request, without its history and its lines: cheap enough for all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.model.call import Call
from tracker.model.command import Pending
from tracker.model.due import next_due
from tracker.model.endings import done_at, looks_back
from tracker.model.event import Event
from tracker.model.overlays import overlays
from tracker.model.promise import Promise
from tracker.model.promises import Clock
from tracker.model.stage import Stage
from tracker.model.standing import standing
from tracker.model.ticket import Act, Ticket
from tracker.model.track import Overlay


@dataclass(frozen=True, slots=True)
class Pulse:
    """A request at one moment: the same values as in its `Track`, and its events in order.

    Nothing of it changes by the clock before `next_due`. `asks_back`: "Is it still fine?" is asked now.
    `may_move`: another time for its visit can be asked for.
    """

    ticket: Ticket
    events: Sequence[Event]
    stage: Stage
    overlays: tuple[Overlay, ...]
    promises: tuple[Promise, ...]
    call: Call | None
    done_at: datetime | None
    next_due: datetime | None
    asks_back: bool
    may_move: bool


def pulse(ticket: Ticket, events: Iterable[Event], clock: Clock, pending: Sequence[Pending] = ()) -> Pulse:
    """Take the pulse of a request at `clock.now`; the arguments are those of `timeline.track`."""
    stands = standing(ticket, events, clock, pending)
    over = overlays(stands)
    return Pulse(
        ticket=ticket,
        events=stands.events,
        stage=stands.stage,
        overlays=over,
        promises=stands.promises,
        call=stands.call,
        done_at=done_at(stands),
        next_due=next_due(stands, over),
        asks_back=Act.CHECK_IN in ticket.may and looks_back(stands),
        may_move=bool(ticket.may & {Act.MOVE_VISIT, Act.REPLY}),
    )
