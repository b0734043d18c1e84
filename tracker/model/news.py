"""What one event is worth to the requester: its class, its words, its buttons."""

from dataclasses import dataclass

from tracker.model.event import Event, EventKind
from tracker.model.line import Line, line
from tracker.model.notice import Button, NoticeClass
from tracker.model.person import ActorKind
from tracker.model.promise import PromiseKind
from tracker.model.ticket import Ticket
from tracker.model.titles import title

_CLASS = {
    EventKind.VISIT_ON_THE_WAY: NoticeClass.NOW,
    EventKind.VISIT_ARRIVED: NoticeClass.NOW,
    EventKind.VISIT_ETA: NoticeClass.NOW,
    EventKind.CHAT_JOINED: NoticeClass.NOW,
    EventKind.CALLBACK_TRIED: NoticeClass.NOW,
    EventKind.QUESTION: NoticeClass.NEEDS_YOU,
    EventKind.APPROVAL_ASKED: NoticeClass.NEEDS_YOU,
    EventKind.SOLVED: NoticeClass.NEEDS_YOU,
    EventKind.VISIT_FAILED: NoticeClass.NEEDS_YOU,
    EventKind.PROMISE_MADE: NoticeClass.PROMISE,
    EventKind.PROMISE_MOVED: NoticeClass.PROMISE,
    EventKind.PROMISE_MISSED: NoticeClass.PROMISE,
    EventKind.PROMISE_WITHDRAWN: NoticeClass.PROMISE,
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
    EventKind.SOLVED: (Button.WORKS, Button.NOT_YET),
    EventKind.PROMISE_MISSED: (Button.ASK_FOR_NEWS,),
    EventKind.CALLBACK_MISSED: (Button.ASK_FOR_NEWS,),
}

_SILENT = frozenset(
    {EventKind.CREATED, EventKind.PROMISE_KEPT, EventKind.AUTO_CLOSE_SET, EventKind.CATEGORISED}
)
"""Told by something else that comes with them."""

RANK = {
    NoticeClass.NOW: 0,
    NoticeClass.NEEDS_YOU: 1,
    NoticeClass.OUTAGE: 2,
    NoticeClass.PROMISE: 3,
    NoticeClass.PROGRESS: 4,
    NoticeClass.DIGEST: 5,
}
"""Which class wins when several events are told in one notice."""


@dataclass(frozen=True, slots=True)
class News:
    """A ticket as it is now and what is new on it. `live` is false for history, which is never announced."""

    ticket: Ticket
    events: tuple[Event, ...]
    live: bool = True


def class_of(event: Event) -> NoticeClass | None:
    """Give the class of an event; None for one's own acts and for what another event tells."""
    if event.actor.kind is ActorKind.YOU or event.kind in _SILENT or _is_said_at_once(event):
        return None
    return _CLASS.get(event.kind, NoticeClass.DIGEST)


def _is_said_at_once(event: Event) -> bool:
    """Say whether this is the promise that a desk makes with the receipt, and that the receipt tells."""
    promise = event.details.promise
    made = event.kind is EventKind.PROMISE_MADE and promise is not None
    return made and promise is not None and promise.kind is PromiseKind.FIRST_REPLY


def buttons_of(event: Event) -> tuple[Button, ...]:
    """Give the buttons of the toast that tells this event; every toast has at least one."""
    return _BUTTONS.get(event.kind, (Button.OPEN,))


def body_of(event: Event) -> Line:
    """Say what changed; what somebody wrote follows their name."""
    told = title(event)
    if event.text and event.kind in (EventKind.REPLY, EventKind.QUESTION, EventKind.APPROVAL_ASKED):
        return Line(told.template + ": {text}", (*told.values, ("text", _short(event.text))))
    if event.kind is EventKind.RECEIVED:
        return line("Received. You see here who has it and what comes next")
    return told


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 140 else flat[:139].rstrip() + "…"
