"""The queue as agents see it: one row a ticket, with what presses in words, and how many of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from tracker.frontdesk.pages.desk_time import DeskTime
from tracker.frontdesk.rules.flags import Flag, flags_of
from tracker.frontdesk.values import Promise, State, Ticket, Visit

Tone = Literal["neutral", "accent", "ok", "warn", "late", "wait"]

SOON = timedelta(hours=1)
PROMISED = {
    "first_reply": "First reply",
    "next_update": "Update",
    "fix": "Fix",
    "visit": "Visit",
    "callback": "Call-back",
}
STATES: dict[State, tuple[str, Tone]] = {
    State.NEW: ("New", "neutral"),
    State.ASSIGNED: ("Assigned", "neutral"),
    State.WORKING: ("Working on it", "accent"),
    State.WAITING_FOR_REQUESTER: ("Waiting for requester", "wait"),
    State.WAITING_FOR_SUPPLIER: ("At supplier", "ok"),
    State.WAITING_FOR_APPROVAL: ("Waiting for approval", "ok"),
    State.WAITING_FOR_PARTS: ("Waiting for parts", "ok"),
    State.WAITING_FOR_CHANGE: ("Waiting for a change", "ok"),
    State.VISIT: ("Visit booked", "accent"),
    State.RESOLVED: ("Fixed?", "ok"),
    State.CLOSED: ("Closed", "neutral"),
    State.CANCELLED: ("Cancelled", "neutral"),
    State.MERGED: ("Merged", "neutral"),
}
FLAGS: dict[Flag, tuple[str, Tone]] = {
    "promise_overdue": ("Overdue", "late"),
    "promise_missed": ("Promise missed", "late"),
    "not_there": ("Will not be there", "late"),
    "asked_for_news": ("Asks for news", "warn"),
    "call_asked": ("Wants a call", "warn"),
    "move_asked": ("Wants another time", "warn"),
    "can_wait": ("It can wait", "neutral"),
}
"""What the clock or the requester says of a ticket."""

VISIT_WORDS: dict[str, str] = {"on_the_way": "On the way", "on_site": "On site"}


@dataclass(frozen=True, slots=True)
class Badge:
    """A few words with a tone; the words alone say it too."""

    words: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Row:
    """One ticket of the queue."""

    ticket: Ticket
    badges: tuple[Badge, ...]
    line: str
    line_is_late: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many, for the top of the page."""

    overdue: int
    soon: int
    calls: int
    visits: int


def row(ticket: Ticket, time: DeskTime) -> Row:
    """Make the row of a ticket."""
    flags = flags_of(ticket, time.now)
    return Row(
        ticket=ticket,
        badges=_badges(ticket, flags),
        line=_line(ticket, flags, time),
        line_is_late=bool({"promise_overdue", "promise_missed"} & set(flags)),
    )


def next_promise(ticket: Ticket) -> Promise | None:
    """Give the open promise that falls due first."""
    live = [promise for promise in ticket.promises if promise.state == "open"]
    return min(live, key=lambda promise: promise.latest, default=None)


def counts(tickets: Iterable[Ticket], now: datetime) -> Counts:
    """Count what presses."""
    overdue = soon = calls = visits = 0
    for ticket in tickets:
        promise = next_promise(ticket)
        if promise is not None:
            overdue += promise.latest < now
            soon += now <= promise.latest < now + SOON
        calls += ticket.call is not None and ticket.call.state in ("asked", "booked", "tried")
        visits += is_coming(ticket.visit)
    return Counts(overdue, soon, calls, visits)


def is_coming(visit: Visit | None) -> bool:
    """Tell whether somebody is still expected or there."""
    return visit is not None and visit.state in ("scheduled", "on_the_way", "on_site")


def state_badge(ticket: Ticket) -> Badge:
    """Say where a ticket stands."""
    if ticket.state is State.VISIT and ticket.visit is not None and ticket.visit.state in VISIT_WORDS:
        return Badge(VISIT_WORDS[ticket.visit.state], "accent")
    return Badge(*STATES[ticket.state])


def _badges(ticket: Ticket, flags: tuple[Flag, ...]) -> tuple[Badge, ...]:
    shown = []
    for flag in flags:
        words, tone = FLAGS[flag]
        promise = next_promise(ticket)
        if flag == "promise_overdue" and promise is not None:
            words = f"{PROMISED[promise.kind]} overdue"
        shown.append(Badge(words, tone))
    return (*shown, state_badge(ticket))


def _line(ticket: Ticket, flags: tuple[Flag, ...], time: DeskTime) -> str:
    promise = next_promise(ticket)
    if promise is None and "promise_missed" in flags:
        missed = [one for one in ticket.promises if one.state == "missed"][-1]
        return f"{PROMISED[missed.kind]} promised {time.say(missed.latest)} was missed"
    if promise is None:
        return f"Raised {time.say(ticket.created_at)}, nothing promised"
    what = PROMISED[promise.kind]
    if promise.latest < time.now:
        return f"{what} promised {time.say(promise.latest)}, {time.distance(promise.latest)}"
    return f"{what} due {time.say(promise.latest)}"
