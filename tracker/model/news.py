"""What news is worth to the requester: the class of each event, its words, its buttons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tracker.model.call import Call
from tracker.model.chat_end import EndedBy
from tracker.model.chat_titles import end_of
from tracker.model.event import Event, EventKind
from tracker.model.notice import Button, NoticeClass
from tracker.model.person import ActorKind
from tracker.model.promise import PromiseKind
from tracker.model.promise_words import is_late
from tracker.model.ticket import Ticket, TicketId, TicketState
from tracker.model.visit import VisitState

_CLASS = {
    EventKind.VISIT_ON_THE_WAY: NoticeClass.NOW,
    EventKind.VISIT_ARRIVED: NoticeClass.NOW,
    EventKind.VISIT_ETA: NoticeClass.NOW,
    EventKind.CHAT_STARTED: NoticeClass.NOW,
    EventKind.CHAT_JOINED: NoticeClass.NOW,
    EventKind.CHAT_LEFT: NoticeClass.NOW,
    EventKind.CHAT_HANDED_OVER: NoticeClass.NOW,
    EventKind.CHAT_MESSAGE: NoticeClass.NOW,
    EventKind.CHAT_IDLE: NoticeClass.NOW,
    EventKind.CHAT_ENDED: NoticeClass.NOW,
    EventKind.CALLBACK_TRIED: NoticeClass.NOW,
    EventKind.QUESTION: NoticeClass.NEEDS_YOU,
    EventKind.APPROVAL_ASKED: NoticeClass.NEEDS_YOU,
    EventKind.SOLVED: NoticeClass.NEEDS_YOU,
    EventKind.VISIT_FAILED: NoticeClass.NEEDS_YOU,
    EventKind.OPTIONS_OFFERED: NoticeClass.NEEDS_YOU,
    EventKind.PROMISE_MADE: NoticeClass.PROMISE,
    EventKind.PROMISE_MOVED: NoticeClass.PROMISE,
    EventKind.PROMISE_MISSED: NoticeClass.PROMISE,
    EventKind.PROMISE_WITHDRAWN: NoticeClass.PROMISE,
    EventKind.PROMISE_KEPT: NoticeClass.PROMISE,
    EventKind.CALLBACK_MISSED: NoticeClass.PROMISE,
    EventKind.RECEIVED: NoticeClass.PROGRESS,
    EventKind.ASSIGNED: NoticeClass.PROGRESS,
    EventKind.WORK_STARTED: NoticeClass.PROGRESS,
    EventKind.HANDED_OVER: NoticeClass.PROGRESS,
    EventKind.REPLY: NoticeClass.PROGRESS,
    EventKind.ATTACHMENT: NoticeClass.PROGRESS,
    EventKind.VISIT_BOOKED: NoticeClass.PROGRESS,
    EventKind.VISIT_MOVED: NoticeClass.PROGRESS,
    EventKind.VISIT_CANCELLED: NoticeClass.PROGRESS,
    EventKind.VISIT_DONE: NoticeClass.PROGRESS,
    EventKind.CALLBACK_BOOKED: NoticeClass.PROGRESS,
    EventKind.CALLBACK_DONE: NoticeClass.PROGRESS,
    EventKind.CALLBACK_CANCELLED: NoticeClass.PROGRESS,
    EventKind.ON_HOLD: NoticeClass.PROGRESS,
    EventKind.RESUMED: NoticeClass.PROGRESS,
    EventKind.APPROVAL_GIVEN: NoticeClass.PROGRESS,
    EventKind.APPROVAL_REFUSED: NoticeClass.PROGRESS,
    EventKind.MERGED: NoticeClass.PROGRESS,
    EventKind.REOPENED: NoticeClass.PROGRESS,
    EventKind.CONFIRMED: NoticeClass.PROGRESS,
    EventKind.NOT_FIXED: NoticeClass.PROGRESS,
    EventKind.CLOSED: NoticeClass.PROGRESS,
    EventKind.OUTAGE_LINKED: NoticeClass.OUTAGE,
}
"""Every kind that is not here goes to the digest."""

_BUTTONS = {
    EventKind.QUESTION: (Button.ANSWER,),
    EventKind.APPROVAL_ASKED: (Button.ANSWER,),
    EventKind.VISIT_FAILED: (Button.ANSWER,),
    EventKind.SOLVED: (Button.WORKS, Button.NOT_YET),
    EventKind.PROMISE_MISSED: (Button.ASK_FOR_NEWS, Button.CALL_ME),
    EventKind.CALLBACK_MISSED: (Button.CALL_ME, Button.ASK_FOR_NEWS),
    EventKind.OPTIONS_OFFERED: (Button.CHOOSE,),
    EventKind.CHAT_STARTED: (Button.REPLY,),
    EventKind.CHAT_JOINED: (Button.REPLY,),
    EventKind.CHAT_MESSAGE: (Button.REPLY,),
    EventKind.CHAT_IDLE: (Button.REPLY,),
}

_SILENT = frozenset(
    {EventKind.CREATED, EventKind.AUTO_CLOSE_SET, EventKind.CATEGORISED, EventKind.CHAT_QUEUED}
)
"""Told by something else that comes with them."""
_TAKEN_BACK = frozenset({EventKind.PROMISE_WITHDRAWN, EventKind.PROMISE_KEPT})
"""What happens to promises by itself when a request ends."""
_OF_PROMISES = _TAKEN_BACK | {
    EventKind.PROMISE_MADE,
    EventKind.PROMISE_MOVED,
    EventKind.PROMISE_MISSED,
}
_ENDINGS = frozenset({EventKind.CLOSED, EventKind.MERGED, EventKind.REOPENED, EventKind.STATUS})

RANK = {
    NoticeClass.NOW: 0,
    NoticeClass.NEEDS_YOU: 1,
    NoticeClass.OUTAGE: 2,
    NoticeClass.PROMISE: 3,
    NoticeClass.PROGRESS: 4,
    NoticeClass.DIGEST: 5,
}
"""Which class wins when several events are told in one notice."""
NEVER_DROPPED = frozenset({NoticeClass.NOW, NoticeClass.NEEDS_YOU, NoticeClass.OUTAGE})
_AT_ONCE = timedelta(minutes=1)
_MOMENT = timedelta(minutes=30)
"""For how long a call that was tried, or what happens in a chat, is news of now."""
_IN_CHAT = frozenset(
    {
        EventKind.CHAT_STARTED,
        EventKind.CHAT_JOINED,
        EventKind.CHAT_LEFT,
        EventKind.CHAT_HANDED_OVER,
        EventKind.CHAT_MESSAGE,
        EventKind.CHAT_ENDED,
    }
)


@dataclass(frozen=True, slots=True)
class News:
    """A ticket as it is now and what is new on it. `live` is false for history, which is never announced."""

    ticket: Ticket
    events: tuple[Event, ...]
    live: bool = True


def is_over(ticket: Ticket) -> bool:
    """Say whether nothing is left to do at the desk."""
    return ticket.state.is_over or ticket.state is TicketState.RESOLVED


def needs_you(ticket: Ticket) -> bool:
    """Say whether the request waits for a word of the requester."""
    if ticket.state in _YOUR_TURN or (ticket.options and not ticket.state.is_over):
        return True
    return not ticket.state.is_over and ticket.visit is not None and ticket.visit.state is VisitState.FAILED


def is_under_way(ticket: Ticket) -> bool:
    """Say whether a technician is on the way or there."""
    return ticket.visit is not None and ticket.visit.state in _UNDER_WAY


def class_of(event: Event, ticket: Ticket, now: datetime) -> NoticeClass | None:
    """Give the class of an event; None for one's own acts and for what another event tells.

    What is over by `now` (a question already answered, a technician already gone) is only progress.
    """
    kind = event.kind
    if event.actor.kind is ActorKind.YOU or kind in _SILENT or _comes_with_receipt(event, ticket):
        return None
    if _is_told_besides(event, ticket) or _is_your_end(event):
        return None
    if kind in _TAKEN_BACK and is_over(ticket):
        return None
    if kind is EventKind.PROMISE_KEPT:
        promise = event.details.promise
        return NoticeClass.PROMISE if promise is not None and is_late(event, promise) else None
    if kind is EventKind.STATUS and ticket.state.is_over:
        return NoticeClass.PROGRESS
    found = _CLASS.get(kind, NoticeClass.DIGEST)
    return NoticeClass.PROGRESS if found in NEVER_DROPPED and not _holds(event, ticket, now) else found


def lead_of(ticket: Ticket, events: Sequence[Event], now: datetime) -> Event:
    """Choose the event that speaks for all: the weightiest; an ending or an answer; the newest."""
    return max(
        enumerate(events),
        key=lambda told: (
            -RANK[class_of(told[1], ticket, now) or NoticeClass.DIGEST],
            _weight(told[1]),
            told[1].at,
            told[0],
        ),
    )[1]


def buttons_of(event: Event, notice_class: NoticeClass) -> tuple[Button, ...]:
    """Give the buttons of the toast that tells this event; every toast has at least one."""
    if notice_class is NoticeClass.PROGRESS:
        return (Button.OPEN,)
    return _BUTTONS.get(event.kind, (Button.OPEN,))


def missed_id(ticket: TicketId, promise: str) -> str:
    """Name the notice of a missed promise: the desk may tell it, or the clock, but not both."""
    return f"{ticket}:missed:{promise}"


def call_missed_id(ticket: TicketId, call: Call) -> str:
    """Name the notice of a missed call, by the call and the time it was booked for."""
    return f"{ticket}:call-missed:{call.id}:{call.starts.isoformat() if call.starts else ''}"


def ids_of(event: Event) -> tuple[str, ...]:
    """Give the ids under which an event may have been told."""
    if event.kind is EventKind.PROMISE_MISSED and event.details.promise is not None:
        return (event.id, missed_id(event.ticket, event.details.promise.id))
    if event.kind is EventKind.CALLBACK_MISSED and event.details.call is not None:
        return (event.id, call_missed_id(event.ticket, event.details.call))
    return (event.id,)


_YOUR_TURN = frozenset({TicketState.WAITING_FOR_YOU, TicketState.WAITING_FOR_APPROVAL, TicketState.RESOLVED})
_UNDER_WAY = frozenset({VisitState.ON_THE_WAY, VisitState.ON_SITE})
_VISIT_AT = {
    EventKind.VISIT_ON_THE_WAY: VisitState.ON_THE_WAY,
    EventKind.VISIT_ETA: VisitState.ON_THE_WAY,
    EventKind.VISIT_ARRIVED: VisitState.ON_SITE,
    EventKind.VISIT_FAILED: VisitState.FAILED,
}


def _is_told_besides(event: Event, ticket: Ticket) -> bool:
    """Say whether what was promised tells it: a call or a visit that is booked, a call that was missed."""
    promise, kind = event.details.promise, event.kind
    if promise is None or kind not in _OF_PROMISES:
        return False
    if promise.kind is PromiseKind.CALLBACK:
        return ticket.call is not None
    says_when = kind in (EventKind.PROMISE_MADE, EventKind.PROMISE_MOVED)
    return promise.kind is PromiseKind.VISIT and ticket.visit is not None and says_when


def _is_your_end(event: Event) -> bool:
    """Say whether a chat ended because the requester ended it, whoever the desk says did so."""
    return event.kind is EventKind.CHAT_ENDED and end_of(event).by is EndedBy.YOU


def _comes_with_receipt(event: Event, ticket: Ticket) -> bool:
    """Say whether this is the first reply's promise that a desk makes at once: the receipt tells it."""
    promise = event.details.promise
    if event.kind is not EventKind.PROMISE_MADE or promise is None:
        return False
    return promise.kind is PromiseKind.FIRST_REPLY and promise.made_at - ticket.created_at < _AT_ONCE


def _weight(event: Event) -> int:
    if event.kind in _ENDINGS:
        return 2
    return 1 if event.is_human_word else 0


def _holds(event: Event, ticket: Ticket, now: datetime) -> bool:
    """Say whether what could not wait when it happened still cannot."""
    kind = event.kind
    if kind in _IN_CHAT:  # one may well talk about a request that is over
        return now - event.at < _MOMENT
    if kind is EventKind.CHAT_IDLE:
        return event.details.until is None or now < event.details.until
    if is_over(ticket):
        return kind is EventKind.SOLVED and ticket.state is TicketState.RESOLVED
    if kind in _VISIT_AT:
        return ticket.visit is None or ticket.visit.state is _VISIT_AT[kind]
    if kind is EventKind.OUTAGE_LINKED:
        return True
    if kind is EventKind.OPTIONS_OFFERED:
        return bool(ticket.options)
    if kind is EventKind.CALLBACK_TRIED:
        return now - event.at < _MOMENT
    moved_on = ticket.state_since is not None and ticket.state_since > event.at
    return kind is not EventKind.SOLVED and (ticket.state in _YOUR_TURN or not moved_on)
