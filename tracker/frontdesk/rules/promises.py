"""Promises: made, moved, kept by the first human word, missed, paused while the requester is asked."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from tracker.frontdesk import limits
from tracker.frontdesk.hours import due, postponed
from tracker.frontdesk.refusals import Refused, not_found
from tracker.frontdesk.requests import Because, MakePromise, MovePromise
from tracker.frontdesk.rules.move import Move, checked_future, checked_line, new_id
from tracker.frontdesk.settings import Service
from tracker.frontdesk.values import (
    NOT_WORKED_ON,
    EventData,
    MadePromise,
    Promise,
    PromiseStanding,
    State,
    Ticket,
)
from tracker.model.event import EventKind

GRACE = timedelta(minutes=15)
"""A promise is missed this long after its latest moment (docs/frontdesk-api.md)."""

BY_WORD: frozenset[MadePromise] = frozenset({"first_reply", "next_update"})
FIXED_TIMES: frozenset[MadePromise] = frozenset({"callback", "visit"})
"""Appointments: they stand whatever else the ticket waits for."""


def promise_first_reply(move: Move, service: Service) -> None:
    """Promise the first answer within the service's hours, if it has any."""
    desk = move.context.desk
    if service.first_reply_hours is None:
        return
    latest = due(move.now, service.first_reply_hours, business=move.context.settings.hours)
    promise = Promise(
        id=new_id(), kind="first_reply", latest=latest, made_at=move.now, made_by=desk.name, source="sla"
    )
    append_promise(move, promise)
    move.tell_as(desk, EventKind.PROMISE_MADE, EventData(promise=promise))


def make_promise(move: Move, body: MakePromise) -> None:
    """Promise something; one of each kind may be open, and not while it is settled."""
    move.require_open()
    if move.ticket.state in NOT_WORKED_ON:
        raise Refused("not_now", "The request is solved, so there is nothing left to promise.")
    _require_no_appointment(move.ticket, body.kind)
    if any(p.kind == body.kind and p.state in ("open", "paused") for p in move.ticket.promises):
        raise Refused("not_now", "Such a promise is open already. Move it instead.")
    promise = _promise(move, body.kind, body)
    append_promise(move, promise)
    move.tell(EventKind.PROMISE_MADE, EventData(promise=promise, reason=promise.reason))


def move_promise(move: Move, promise_id: str, body: MovePromise) -> None:
    """Replace an open promise by another one, with a reason. After a miss: make a new one."""
    old = _open_promise(move.ticket, promise_id)
    settle(move, old, "moved")
    new = replace(_promise(move, old.kind, body), supersedes=old.id)
    append_promise(move, new)
    data = EventData(promise=new, was_latest=old.latest, reason=new.reason)
    move.tell(EventKind.PROMISE_MOVED, data)


def withdraw_promise(move: Move, promise_id: str, body: Because) -> None:
    """Take an open promise back, with a reason."""
    settled = settle(move, _open_promise(move.ticket, promise_id), "withdrawn")
    reason = checked_line(body.reason, "The reason")
    move.tell(EventKind.PROMISE_WITHDRAWN, EventData(promise=settled, reason=reason))


def keep_by_word(move: Move) -> None:
    """Count an agent's public words as the reply and the update that were promised."""
    note_word(move)
    _keep(move, BY_WORD)


def note_word(move: Move) -> None:
    """Note that an agent has spoken: who asked for news, or let it wait, has been answered."""
    move.ticket = replace(move.ticket, last_word_at=move.now, news_asked_at=None, can_wait_since=None)


def settle_all(move: Move, *, solved: bool) -> None:
    """End every open promise: solving keeps what was promised, anything else withdraws it."""
    if solved:
        note_word(move)
        _keep(move, BY_WORD | {"fix"})
    for promise in live_promises(move.ticket):
        settled = settle(move, promise, "withdrawn")
        move.tell_as(move.context.desk, EventKind.PROMISE_WITHDRAWN, EventData(promise=settled))


def keep_clocks(move: Move, before: Ticket) -> None:
    """Stop the clocks when it became the requester's turn, start them when it no longer is.

    `before` is the ticket before the command; called once at the end of each.
    """
    waited, waits = (t.state is State.WAITING_FOR_REQUESTER for t in (before, move.ticket))
    if waits and not waited:
        for promise in move.ticket.promises:
            if promise.state == "open" and promise.kind not in FIXED_TIMES:
                _swap(move, replace(promise, state="paused"))
    if waited and not waits:
        for promise in move.ticket.promises:
            if promise.state == "paused":
                _resume(move, promise, max(before.state_since, promise.made_at))


def _resume(move: Move, promise: Promise, paused_since: datetime) -> None:
    hours = move.context.settings.hours
    latest = postponed(promise.latest, stood_since=paused_since, now=move.now, business=hours)
    later = replace(promise, state="open", latest=latest)
    _swap(move, later)
    reason = "The clock stood still while we waited for an answer."
    moved = EventData(promise=later, was_latest=promise.latest, reason=reason)
    move.tell_as(move.context.desk, EventKind.PROMISE_MOVED, moved)


def miss_overdue(move: Move) -> None:
    """Mark every open promise whose time passed more than the grace ago."""
    for promise in move.ticket.promises:
        if promise.state == "open" and promise.latest + GRACE <= move.now:
            missed = settle(move, promise, "missed")
            move.tell(EventKind.PROMISE_MISSED, EventData(promise=missed))


def _keep(move: Move, kinds: frozenset[MadePromise]) -> None:
    for promise in live_promises(move.ticket):
        if promise.kind in kinds:
            kept = settle(move, promise, "kept")
            move.tell_as(move.context.desk, EventKind.PROMISE_KEPT, EventData(promise=kept))


def live_promises(ticket: Ticket) -> tuple[Promise, ...]:
    """List what is still promised."""
    return tuple(promise for promise in ticket.promises if promise.state in ("open", "paused"))


def _open_promise(ticket: Ticket, promise_id: str) -> Promise:
    promise = next((p for p in ticket.promises if p.id == promise_id), None)
    if promise is None:
        raise not_found("That promise")
    if promise.state not in ("open", "paused"):
        raise Refused("not_now", f"That promise is not open any more: it was {promise.state}.")
    _require_no_appointment(ticket, promise.kind)
    return promise


def _require_no_appointment(ticket: Ticket, kind: MadePromise) -> None:
    if kind == "callback" and ticket.call is not None and ticket.call.state not in ("done", "cancelled"):
        raise Refused("not_now", "That promise belongs to the call. Book the call for another time instead.")
    if kind == "visit":
        raise Refused("not_now", "That promise belongs to the visit. Move or cancel the visit instead.")


def _promise(move: Move, kind: MadePromise, body: MakePromise | MovePromise) -> Promise:
    latest = checked_future(body.latest, move.now, "The promised time")
    if body.earliest is not None and body.earliest > latest:
        raise Refused("invalid", "The earliest time lies after the latest.")
    waits = move.ticket.state is State.WAITING_FOR_REQUESTER
    return Promise(
        id=new_id(),
        kind=kind,
        earliest=body.earliest and checked_future(body.earliest, move.now, "The earliest time"),
        latest=latest,
        made_at=move.now,
        made_by=move.actor.name,
        source="agent",
        reason=body.reason and checked_line(body.reason, "The reason"),
        state="paused" if waits and kind not in FIXED_TIMES else "open",
    )


def append_promise(move: Move, promise: Promise) -> None:
    """Put one more promise on the ticket; raises `Refused` when there are too many."""
    if len(move.ticket.promises) >= limits.PROMISES_PER_TICKET:
        raise Refused("not_now", "This request has had too many promises already.")
    move.ticket = replace(move.ticket, promises=(*move.ticket.promises, promise))


def settle(move: Move, promise: Promise, state: PromiseStanding) -> Promise:
    """End a promise now, one way or another, and give it as it is then."""
    settled = replace(promise, state=state, ended_at=move.now)
    _swap(move, settled)
    return settled


def _swap(move: Move, promise: Promise) -> None:
    promises = tuple(promise if p.id == promise.id else p for p in move.ticket.promises)
    move.ticket = replace(move.ticket, promises=promises)
