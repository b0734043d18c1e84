"""The words of a notice: the subject, what changed, what happens next. Two lines, no codes."""

from datetime import datetime

from tracker.model.event import Event, EventKind
from tracker.model.line import Line, line
from tracker.model.news import class_of
from tracker.model.notice import NoticeClass
from tracker.model.promise import LIVE, PromiseKind
from tracker.model.ticket import Ticket, TicketState
from tracker.model.titles import title

_SAID = {
    EventKind.REPLY: "{who} replied: {text}",
    EventKind.QUESTION: "{who} asks: {text}",
    EventKind.APPROVAL_ASKED: "{who} asked for approval: {text}",
    EventKind.CHAT_MESSAGE: "{who}: {text}",
}
_FIRST_NAME = frozenset({EventKind.QUESTION, EventKind.CHAT_MESSAGE})
_AFTER = {
    EventKind.CHAT_LEFT: "The chat goes on as soon as somebody joins · {number}",
    EventKind.CHAT_HANDED_OVER: "The chat goes on as soon as somebody joins · {number}",
    EventKind.CHAT_ENDED: "You can take it up again at any time · {number}",
}
"""What comes after it, where that may not be plain."""
_NEXT = {
    PromiseKind.FIRST_REPLY: "First reply promised by {time} · {number}",
    PromiseKind.NEXT_UPDATE: "Next update promised by {time} · {number}",
    PromiseKind.FIX: "Expected to be fixed by {time} · {number}",
    PromiseKind.VISIT: "Visit promised by {time} · {number}",
    PromiseKind.CALLBACK: "Call promised by {time} · {number}",
}
_COUNTS = {
    (False, False): "{updates} updates on {requests} requests",
    (False, True): "{updates} updates on 1 request",
    (True, True): "1 update on 1 request",
}
_COUNTS_ONE_NEEDS = {
    (False, False): "{updates} updates on {requests} requests, 1 needs you",
    (False, True): "{updates} updates on 1 request, it needs you",
    (True, True): "1 update on 1 request, it needs you",
}


def subject_of(ticket: Ticket) -> Line:
    """Name the request."""
    if ticket.subject.strip():
        return line("{subject}", subject=ticket.subject)
    return line("Request {number}", number=_number(ticket))


def body_of(event: Event, ticket: Ticket) -> Line:
    """Say what changed; what somebody wrote follows their name."""
    kind = event.kind
    if event.text and kind in _SAID:
        who = event.actor.first_name if kind in _FIRST_NAME else event.actor.name
        return line(_SAID[kind], who=who or "IT", text=_short(event.text))
    if kind is EventKind.RECEIVED:
        return line("Received. You see here who has it and what comes next")
    if kind in (EventKind.CLOSED, EventKind.STATUS) and ticket.state is TicketState.CANCELLED:
        return line("Cancelled")
    return title(event)


def detail_of(event: Event, ticket: Ticket, now: datetime) -> Line:
    """Say why, or what happens next; the request's number comes last."""
    number = _number(ticket)
    if event.details.reason:
        return line("Why: {reason} · {number}", reason=_short(event.details.reason), number=number)
    if event.kind in _AFTER:
        return line(_AFTER[event.kind], number=number)
    if event.kind is EventKind.HANDED_OVER:
        return line("No reason was given · {number}", number=number)
    if event.kind is EventKind.SOLVED and ticket.auto_close_at is not None:
        return line("Closes {time} unless you say no · {number}", time=ticket.auto_close_at, number=number)
    if class_of(event, ticket, now) is NoticeClass.PROGRESS:
        coming = [p for p in ticket.promises if p.state in LIVE and p.latest > now and not p.is_aim]
        if coming and not ticket.state.is_over:
            soonest = min(coming, key=lambda promise: promise.latest)
            return line(_NEXT[soonest.kind], time=soonest.latest, number=number)
    return number_of(ticket)


def number_of(ticket: Ticket) -> Line:
    """Give the request's number as a line of its own."""
    return line("{number}", number=_number(ticket))


def counts(updates: int, requests: int, needs: int = 0) -> Line:
    """Say how much is new: "4 updates on 2 requests, 1 needs you"."""
    if needs > 1:
        template = "{updates} updates on {requests} requests, {needs} need you"
        return line(template, updates=updates, requests=requests, needs=needs)
    table = _COUNTS_ONE_NEEDS if needs else _COUNTS
    return line(table[updates <= 1, requests <= 1], updates=updates, requests=requests)


def _number(ticket: Ticket) -> str:
    return ticket.number or ticket.id


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 140 else flat[:139].rstrip() + "…"
