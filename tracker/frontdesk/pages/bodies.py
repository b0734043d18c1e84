"""Commands that only the pages have: two things done at once, or one that knows what its page showed."""

from typing import Literal

from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.requests import (
    Assign,
    Because,
    Body,
    Id,
    Line,
    MakePromise,
    Message,
    Moment,
    MovePromise,
    Words,
)
from tracker.frontdesk.rules import agent, promises
from tracker.frontdesk.rules.move import Move
from tracker.frontdesk.values import Visit


class Say(Body, frozen=True):
    """Words to the requester, a question, or a note to colleagues; perhaps with the next update promised.

    `quick` is the time of a ready choice; `next_update`, typed, counts before it.
    """

    text: Words
    how: Literal["reply", "ask", "note"] = "reply"
    quick: Moment | None = None
    next_update: Moment | None = None


class MoveThisPromise(Body, frozen=True):
    """Another time for one promise."""

    promise: Id
    latest: Moment
    reason: Line
    earliest: Moment | None = None


class WithdrawThisPromise(Body, frozen=True):
    """One promise taken back."""

    promise: Id
    reason: Line


class HandOver(Body, frozen=True):
    """To somebody else, and why."""

    reason: Line
    agent: Id | None = None
    team: Line | None = None


def say(move: Move, body: Say) -> None:
    """Reply, ask or note; promise the next update with a public word, in place of one still open."""
    message = Message(text=body.text)
    promised = body.next_update or body.quick
    if body.how == "note":
        if promised is not None:
            raise Refused("invalid", "A note is not seen by the requester, so it cannot promise anything.")
        agent.note(move, message)
        return
    (agent.reply if body.how == "reply" else agent.ask)(move, message)
    said = move.main
    if promised is not None:
        promises.make_promise(move, MakePromise(kind="next_update", latest=promised))
    move.main = said


def visit_mark(visit: Visit | None) -> str:
    """Name a visit as it stands, so that a form tells which one it was made for."""
    return f"{visit.id}.{visit.starts.timestamp():.0f}.{visit.state}" if visit is not None else "none"


def require_seen_visit(move: Move, seen: str) -> None:
    """Raise `Refused` when the visit is not any more what the form showed."""
    if seen and seen != visit_mark(move.ticket.visit):
        raise Refused(
            "not_now",
            "The visit has changed while this page was open. It is shown below as it is now; if what you"
            " typed still holds, send it again.",
        )


def take(move: Move, _body: Body) -> None:
    """Take a ticket that nobody has; raises `Refused` naming whoever was faster."""
    owner = move.ticket.owner
    if owner is not None and owner.id != move.actor.id:
        raise Refused(
            "not_now", f"{owner.name} has taken {move.ticket.number} meanwhile. You can ask to have it."
        )
    if owner is not None:
        raise Refused("not_now", f"You have {move.ticket.number} already.")
    agent.assign(move, Assign(agent=move.actor.id))


def hand_over(move: Move, body: HandOver) -> None:
    """Give the ticket to somebody else, with a reason; to a team alone, nobody has it until one takes it."""
    agent.assign(move, Assign(agent=body.agent, team=body.team, reason=body.reason))


def move_promise(move: Move, body: MoveThisPromise) -> None:
    """Put another time in place of a promise's."""
    wanted = MovePromise(latest=body.latest, reason=body.reason, earliest=body.earliest)
    promises.move_promise(move, body.promise, wanted)


def withdraw_promise(move: Move, body: WithdrawThisPromise) -> None:
    """Take a promise back."""
    promises.withdraw_promise(move, body.promise, Because(reason=body.reason))
