"""The promise in an appointment: a call or a visit is promised for its window, and goes where it goes."""

from typing import Literal

from msgspec.structs import replace

from tracker.frontdesk.rules.move import Move, new_id
from tracker.frontdesk.rules.promises import append_promise, live_promises, settle
from tracker.frontdesk.values import Actor, EventData, Promise, Ticket, Window
from tracker.model.event import EventKind

Appointment = Literal["callback", "visit"]
Ending = Literal["kept", "missed", "withdrawn"]

_TOLD: dict[Ending, EventKind] = {
    "kept": EventKind.PROMISE_KEPT,
    "missed": EventKind.PROMISE_MISSED,
    "withdrawn": EventKind.PROMISE_WITHDRAWN,
}


def promise_appointment(move: Move, kind: Appointment, window: Window, *, reason: str | None) -> None:
    """Promise it for this window; while it is promised for another one, that promise is moved."""
    old = live_appointment(move.ticket, kind)
    who = _promiser(move)
    new = Promise(
        id=new_id(),
        kind=kind,
        earliest=window.starts,
        latest=window.ends,
        made_at=move.now,
        made_by=who.name,
        source="agent",
        reason=reason,
        supersedes=old.id if old is not None else None,
    )
    if old is None:
        append_promise(move, new)
        move.tell_as(who, EventKind.PROMISE_MADE, EventData(promise=new, reason=reason))
        return
    new = replace(new, reason=reason or "Its time is booked.")
    settle(move, old, "moved")
    append_promise(move, new)
    data = EventData(promise=new, was_latest=old.latest, reason=new.reason)
    move.tell_as(who, EventKind.PROMISE_MOVED, data)


def settle_appointment(move: Move, kind: Appointment, ending: Ending) -> None:
    """End what was promised of it, where something still is."""
    promise = live_appointment(move.ticket, kind)
    if promise is not None:
        settled = settle(move, promise, ending)
        move.tell_as(move.context.desk, _TOLD[ending], EventData(promise=settled))


def live_appointment(ticket: Ticket, kind: Appointment) -> Promise | None:
    """Find the promise of this kind that is still open."""
    return next((promise for promise in live_promises(ticket) if promise.kind == kind), None)


def _promiser(move: Move) -> Actor:
    """Name who promises: the desk, where the requester took what it offers."""
    return move.actor if move.actor.kind == "agent" else move.context.desk
