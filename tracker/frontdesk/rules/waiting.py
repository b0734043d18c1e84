"""A wait: why, until when, who can end it, and what the requester can do meanwhile."""

from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.requests import SetStatus
from tracker.frontdesk.rules.move import Move, checked_future, checked_line, checked_text
from tracker.frontdesk.values import WAITING, EventData, State, Ticket


@dataclass(frozen=True, slots=True)
class Wait:
    """What is said about a wait; all of it may be missing."""

    reason: str | None = None
    until: datetime | None = None
    who: str | None = None
    meanwhile: str | None = None


def checked_wait(move: Move, body: SetStatus) -> Wait:
    """Give what is said; raises `Refused` when it is about no wait, or its end does not lie ahead."""
    if body.state not in WAITING and (body.until, body.who, body.meanwhile) != (None, None, None):
        raise Refused("invalid", "Only a wait has an end, somebody who ends it, and a meanwhile.")
    return Wait(
        reason=checked_line(body.reason, "The reason") if body.reason is not None else None,
        until=checked_future(body.until, move.now, "The end of the wait") if body.until is not None else None,
        who=checked_line(body.who, "Who can end it") if body.who is not None else None,
        meanwhile=(checked_text(body.meanwhile).strip() or None) if body.meanwhile is not None else None,
    )


def says_something_new(ticket: Ticket, wait: Wait) -> bool:
    """Tell whether a wait that goes on is told something that it does not say yet."""
    now = Wait(ticket.state_reason, ticket.state_until, ticket.waiting_for, ticket.meanwhile)
    return wait not in (now, Wait())


def hold(move: Move, state: State, wait: Wait) -> EventData:
    """Let the ticket wait, or go on waiting since when it did, and give the data that says so."""
    was, since = move.ticket.state, move.ticket.state_since
    data = move.go_to(state, wait.reason)
    move.ticket = replace(
        move.ticket,
        state_since=since if was is state else move.now,
        state_until=wait.until,
        waiting_for=wait.who,
        meanwhile=wait.meanwhile,
    )
    return replace(data, until=wait.until, who=wait.who, meanwhile=wait.meanwhile)
