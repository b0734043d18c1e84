"""Call-backs: asked for, promised for a window, tried, made, missed; never ended in silence."""

from msgspec.structs import replace

from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.requests import BookCall, MakeWish, MissCall, Remark
from tracker.frontdesk.rules.appointments import live_appointment, promise_appointment, settle_appointment
from tracker.frontdesk.rules.move import (
    Move,
    checked_line,
    checked_range,
    checked_text,
    checked_windows,
    new_id,
)
from tracker.frontdesk.rules.promises import GRACE, keep_by_word
from tracker.frontdesk.values import NOT_WORKED_ON, Call, CallStanding, EventData, Person, Window
from tracker.model.event import EventKind

OPEN: frozenset[CallStanding] = frozenset({"asked", "booked", "tried", "missed"})
"""Somebody is still to ring, or to say something: a missed call is not done with."""


def ask_for_call(move: Move, body: MakeWish) -> None:
    """Ask to be rung in one of some windows; an earlier wish is replaced, and its promise withdrawn."""
    move.require_open()
    if move.ticket.state in NOT_WORKED_ON:
        raise Refused(
            "not_now", "The desk says it is fixed. Say that it does not work yet, then ask for a call."
        )
    phone = checked_line(body.phone, "The phone number")
    if not any(character.isdigit() for character in phone):
        raise Refused("invalid", "Write the number under which you can be reached.")
    if not body.windows:
        raise Refused("invalid", "Say when you are free: give at least one time.")
    windows = checked_windows(body.windows, now=move.now)
    call = Call(id=new_id(), asked_at=move.now, phone=phone, windows=windows)
    was_booked = _is_booked(move)
    _put(move, call)
    move.say(EventKind.CALLBACK_ASKED, checked_text(body.text), data=EventData(call=call))
    if was_booked:
        settle_appointment(move, "callback", "withdrawn")


def call_off(move: Move, body: MakeWish) -> None:
    """Say that no call is needed any more."""
    call = _open_call(move)
    if body.about and body.about != call.id:
        raise Refused("not_now", "That call is not the present one any more.")
    ended = replace(call, state="cancelled")
    _put(move, ended)
    move.say(EventKind.CALLBACK_CANCELLED, checked_text(body.text), data=EventData(call=ended))
    settle_appointment(move, "callback", "withdrawn")


def book_call(move: Move, body: BookCall) -> None:
    """Promise to ring in a window; for a call booked before, another window and why."""
    call = _open_call(move)
    starts, ends = checked_range(body.starts, body.ends, now=move.now)
    again = _is_booked(move)
    reason = checked_line(body.reason, "The reason") if body.reason is not None else None
    if again and (call.starts, call.ends) == (starts, ends):
        raise Refused("not_now", "The call is booked for that time already.")
    if again and reason is None:
        raise Refused("invalid", "A call is booked already. Say why it moves.")
    agent = move.context.directory.agent(body.agent) if body.agent is not None else _actor(move)
    booked = replace(call, state="booked", starts=starts, ends=ends, agent=agent)
    _put(move, booked)
    move.tell(EventKind.CALLBACK_BOOKED, EventData(call=booked, reason=reason))
    promise_appointment(move, "callback", Window(starts=starts, ends=ends), reason=reason)


def call_tried(move: Move, body: Remark) -> None:
    """Say that nobody answered. Rung in the promised window, the promise is kept; before it, it stands."""
    call = _open_call(move)
    tried = replace(call, state="tried", tries=call.tries + 1, agent=_actor(move))
    _put(move, tried)
    move.say(EventKind.CALLBACK_TRIED, checked_text(body.text), data=EventData(call=tried))
    if call.starts is not None and call.starts <= move.now:
        settle_appointment(move, "callback", "kept")


def call_done(move: Move, body: Remark) -> None:
    """Say that they have spoken."""
    call = _open_call(move)
    done = replace(call, state="done", agent=_actor(move))
    _put(move, done)
    move.say(EventKind.CALLBACK_DONE, checked_text(body.text), data=EventData(call=done))
    settle_appointment(move, "callback", "kept")
    keep_by_word(move)


def call_missed(move: Move, body: MissCall) -> None:
    """Own up that nobody rang; the requester is offered another call."""
    call = _open_call(move)
    if not _is_booked(move):
        raise Refused("not_now", "No call is booked for a time any more.")
    reason = checked_line(body.reason, "The reason") if body.reason is not None else None
    missed = replace(call, state="missed")
    _put(move, missed)
    move.tell(EventKind.CALLBACK_MISSED, EventData(call=missed, reason=reason))
    settle_appointment(move, "callback", "missed")


def miss_call(move: Move) -> None:
    """Mark a booked call that nobody made as missed, once its time is over and the grace too."""
    call = move.ticket.call
    if call is None or call.ends is None or not _is_booked(move):
        return
    if call.ends + GRACE <= move.now:
        missed = replace(call, state="missed")
        _put(move, missed)
        move.tell(EventKind.CALLBACK_MISSED, EventData(call=missed))
        settle_appointment(move, "callback", "missed")


def end_call(move: Move) -> None:
    """Take back the wish for a call on a ticket that ends; refused while one is promised for a time."""
    call = move.ticket.call
    if call is None or call.state not in OPEN:
        return
    ended = replace(call, state="cancelled")
    _put(move, ended)
    move.tell_as(move.context.desk, EventKind.CALLBACK_CANCELLED, EventData(call=ended))


def require_no_booked_call(move: Move) -> None:
    """Raise `Refused` while a call is promised for a time."""
    if _is_booked(move):
        raise Refused("not_now", "A call is still booked. Make it first, or say that it was missed.")


def _open_call(move: Move) -> Call:
    move.require_open()
    call = move.ticket.call
    if call is None or call.state not in OPEN:
        said = {"done": "The call was made already.", "cancelled": "The call was called off."}
        raise Refused("not_now", said.get(call.state if call is not None else "", "No call is asked for."))
    return call


def _is_booked(move: Move) -> bool:
    """Tell whether a call is promised for a time; one tried in its time is not any more."""
    call = move.ticket.call
    booked = call is not None and call.state in ("booked", "tried") and call.starts is not None
    return booked and live_appointment(move.ticket, "callback") is not None


def _actor(move: Move) -> Person:
    return Person(id=move.actor.id or "", name=move.actor.name)


def _put(move: Move, call: Call) -> None:
    move.ticket = replace(move.ticket, call=call)
