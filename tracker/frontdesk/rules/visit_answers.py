"""What a requester says about a visit: it suits, another time, not there, where and how to find them."""

from msgspec.structs import replace

from tracker.frontdesk import limits
from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.requests import MakeWish
from tracker.frontdesk.rules.move import Move, checked_line, checked_text, checked_windows
from tracker.frontdesk.rules.slots import find_slot
from tracker.frontdesk.rules.visits import active_visit, in_window, promise_visit, put_visit
from tracker.frontdesk.values import EventData, Visit, VisitStanding
from tracker.model.event import EventKind


def confirm_visit(move: Move, body: MakeWish) -> None:
    """Say that the window suits."""
    visit = _meant(move, body, "scheduled")
    if visit.confirmed:
        raise Refused("not_now", "You have said already that this time suits you.")
    _answer(move, EventKind.VISIT_CONFIRMED, replace(visit, confirmed=True, not_there=False), body)


def move_visit(move: Move, body: MakeWish) -> None:
    """Take one of the desk's slots, which moves the visit at once, or wish for a window of one's own."""
    visit = _meant(move, body, "scheduled")
    if body.slot:
        if body.windows:
            raise Refused("invalid", "Choose one of the offered times or wish for your own, not both.")
        _take_slot(move, visit, body)
        return
    if len(body.windows) != 1:
        raise Refused("invalid", "Choose one of the offered times, or say one time that suits you.")
    (window,) = checked_windows(body.windows, now=move.now)
    wished = replace(visit, wished=window, confirmed=False)
    put_visit(move, wished)
    data = EventData(visit=wished, windows=(window,))
    move.say(EventKind.VISIT_MOVE_ASKED, checked_text(body.text), data=data)


def say_not_there(move: Move, body: MakeWish) -> None:
    """Say that nobody will be there at that time."""
    visit = _meant(move, body, "scheduled", "on_the_way")
    if visit.not_there:
        raise Refused("not_now", "The desk knows already that you will not be there.")
    _answer(move, EventKind.VISIT_NOT_THERE, replace(visit, not_there=True, confirmed=False), body)


def say_where(move: Move, body: MakeWish) -> None:
    """Say where the technician shall come, how to find the place, or both."""
    visit = _meant(move, body, "scheduled", "on_the_way")
    place, directions = body.place.strip(), body.text.strip()
    if not place and not directions:
        raise Refused("invalid", "Say where the technician shall come, or how to find you.")
    if len(directions) > limits.NOTE_CHARS:
        raise Refused(
            "invalid", f"The way is told too long. At most {limits.NOTE_CHARS:,} letters can be sent."
        )
    told = replace(
        visit,
        place=checked_line(place, "The place") if place else visit.place,
        directions=directions or visit.directions,
    )
    _answer(move, EventKind.VISIT_PLACE, told, body)


def _take_slot(move: Move, visit: Visit, body: MakeWish) -> None:
    slot = find_slot(move.ticket, move.context, body.slot)
    if slot is None:
        raise Refused("not_now", "That time is not free any more. Please choose another one.")
    moved = replace(
        in_window(visit, slot.starts, slot.ends),
        agent=slot.agent or visit.agent,
        confirmed=True,
        booked_at=move.now,
    )
    put_visit(move, moved)
    reason = f"{move.actor.name} chose another time."
    data = EventData(visit=moved, was_starts=visit.starts, was_ends=visit.ends, reason=reason)
    move.say(EventKind.VISIT_MOVED, checked_text(body.text), data=data)
    promise_visit(move, moved, reason)


def _answer(move: Move, kind: EventKind, visit: Visit, body: MakeWish) -> None:
    put_visit(move, visit)
    move.say(kind, checked_text(body.text), data=EventData(visit=visit))


def _meant(move: Move, body: MakeWish, *states: VisitStanding) -> Visit:
    """Give the visit that the wish is about; raises `Refused` when it is over, under way, or was moved."""
    if not body.about:
        raise Refused("invalid", "Say which visit it is about.")
    visit = active_visit(move, *states)
    if visit.id != body.about:
        raise Refused("not_now", "That visit is not the present one any more. Please look at the new time.")
    is_other = body.seen_starts is not None and body.seen_starts != visit.starts
    is_earlier = body.said_at is not None and visit.booked_at is not None and body.said_at < visit.booked_at
    if is_other or is_earlier:
        raise Refused("not_now", "The visit was moved meanwhile. Please look at the new time.")
    return visit
