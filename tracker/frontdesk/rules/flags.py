"""What agents see first: flags on a ticket, and its place in the queue."""

from datetime import datetime
from typing import Literal

from tracker.frontdesk.rules.visits import is_active
from tracker.frontdesk.values import NOT_WORKED_ON, Promise, Ticket

Flag = Literal[
    "promise_overdue",
    "promise_missed",
    "not_there",
    "asked_for_news",
    "move_asked",
    "call_asked",
    "can_wait",
]

CALM = 3
"""The place in the queue of what nobody waits for an answer to; see `place`."""


def flags_of(ticket: Ticket, now: datetime) -> tuple[Flag, ...]:
    """List what an agent should know before anything else, most pressing first."""
    pressing = _pressing(ticket)
    visit = ticket.visit if is_active(ticket.visit) else None
    found: dict[Flag, bool] = {
        "promise_overdue": any(p.state == "open" and p.latest < now for p in pressing),
        "promise_missed": any(p.state == "missed" for p in pressing),
        "not_there": visit is not None and visit.not_there,
        "asked_for_news": ticket.news_asked_at is not None,
        "move_asked": visit is not None and visit.wished is not None,
        "call_asked": ticket.call is not None and ticket.call.state in ("asked", "missed"),
        "can_wait": ticket.can_wait_since is not None,
    }
    return () if ticket.state in NOT_WORKED_ON else tuple(flag for flag, is_so in found.items() if is_so)


def place(ticket: Ticket) -> int:
    """Give a ticket's place among those whose promises are not overdue: 1 is on top, `CALM` is last."""
    flags = flags_of(ticket, ticket.updated_at)
    if "not_there" in flags:
        return 1
    return 2 if {"asked_for_news", "move_asked", "call_asked"} & set(flags) else CALM


def pressing_since(ticket: Ticket) -> datetime | None:
    """Tell from when on a promise puts the ticket on top: when it runs out, or ran out unanswered."""
    if ticket.state in NOT_WORKED_ON:
        return None
    return min((promise.latest for promise in _pressing(ticket)), default=None)


def _pressing(ticket: Ticket) -> tuple[Promise, ...]:
    """List the promises that are open, or were missed with no word since; not those that can wait."""
    heard, patient = ticket.last_word_at, ticket.can_wait_since
    return tuple(
        promise
        for promise in ticket.promises
        if (promise.state == "open" or _missed_since(promise, heard))
        and (patient is None or promise.latest > patient)
    )


def _missed_since(promise: Promise, heard: datetime | None) -> bool:
    if promise.state != "missed" or promise.ended_at is None:
        return False
    return heard is None or heard < promise.ended_at
