"""What the desk in memory does with a wish, by the same rules as the real ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.fakes.helpdesk import FakeHelpdesk
from tracker.model.call import Call, CallState
from tracker.model.command import Receipt
from tracker.model.errors import CommandRejected
from tracker.model.event import Details, EventKind
from tracker.model.ticket import Ticket, TicketState
from tracker.model.visit import Visit, VisitState
from tracker.model.wish import ABOUT_VISIT, Wish, WishKind

Granted = tuple[Ticket, EventKind, Details]


def grant(desk: FakeHelpdesk, who: str, wish: Wish) -> Receipt:
    """Do it and tell it; raises `CommandRejected` when it cannot be."""
    with desk.lock:
        desk._require_own(who, wish.ticket)
        desk.tickets[wish.ticket], kind, details = _RULES[wish.kind](desk, desk.tickets[wish.ticket], wish)
        event = desk._tell(wish.ticket, kind, who, wish.text, details=details, command=wish.id)
        if wish.kind is WishKind.CAME_BACK:
            desk._move(wish.ticket, TicketState.WORKING)
            desk._tell(wish.ticket, EventKind.REOPENED, "")
        return desk._keep(who, wish.id, Receipt(wish.ticket, str(wish.ticket), event.id))


def _say(kind: EventKind) -> Callable[[FakeHelpdesk, Ticket, Wish], Granted]:
    return lambda _desk, ticket, _wish: (ticket, kind, Details())


def _call(desk: FakeHelpdesk, ticket: Ticket, wish: Wish) -> Granted:
    if not wish.windows or not all(window.is_sound for window in wish.windows):
        raise CommandRejected("The service desk refused: say when you are free.")
    call = Call(f"k{len(desk.facts)}", CallState.ASKED, desk.clock(), wish.phone, wish.windows)
    return replace(ticket, call=call), EventKind.CALLBACK_ASKED, Details(call=call)


def _call_off(_desk: FakeHelpdesk, ticket: Ticket, _wish: Wish) -> Granted:
    if ticket.call is None or not ticket.call.is_ahead:
        raise CommandRejected("The service desk refused: no call is planned.")
    call = replace(ticket.call, state=CallState.CANCELLED)
    return replace(ticket, call=call), EventKind.CALLBACK_CANCELLED, Details(call=call)


def _visit(desk: FakeHelpdesk, ticket: Ticket, wish: Wish) -> Granted:
    visit = ticket.visit
    if visit is None or visit.id != wish.about or visit.state is not VisitState.SCHEDULED:
        raise CommandRejected("The service desk refused: no such visit is planned.")
    if wish.seen not in (None, visit.starts):
        raise CommandRejected("The service desk refused: the visit was moved meanwhile.")
    kind, told = _answered(desk, visit, wish)
    was = visit.starts if kind is EventKind.VISIT_MOVED else None
    return replace(ticket, visit=told), kind, Details(visit=told, until=was)


def _answered(desk: FakeHelpdesk, visit: Visit, wish: Wish) -> tuple[EventKind, Visit]:
    if wish.kind is WishKind.VISIT_OK:
        return EventKind.VISIT_CONFIRMED, replace(visit, confirmed=True)
    if wish.kind is WishKind.VISIT_NOT_THERE:
        return EventKind.VISIT_NOT_THERE, visit
    if wish.kind is WishKind.VISIT_PLACE:
        place, directions = wish.place or visit.place, wish.text or visit.directions
        return EventKind.VISIT_PLACE, replace(visit, place=place, directions=directions)
    if not wish.slot:
        return EventKind.VISIT_MOVE_ASKED, visit
    slot = next((slot for slot in desk.slots.get(wish.ticket, ()) if slot.id == wish.slot), None)
    if slot is None:
        raise CommandRejected("The service desk refused: that time is not free any more.")
    return EventKind.VISIT_MOVED, replace(visit, starts=slot.window.starts, ends=slot.window.ends)


def _rate(_desk: FakeHelpdesk, ticket: Ticket, wish: Wish) -> Granted:
    if ticket.rating is not None:
        raise CommandRejected("The service desk refused: you have rated it already.")
    return replace(ticket, rating=wish.score), EventKind.RATED, Details(score=wish.score)


def _look_back(desk: FakeHelpdesk, ticket: Ticket, wish: Wish) -> Granted:
    fine = wish.kind is WishKind.STILL_FINE
    if not fine and desk.reopens_no_more:
        raise CommandRejected("The service desk refused: it was closed too long ago. Raise it anew.")
    return ticket, EventKind.CHECKED_IN, Details(fine=fine)


def _choose(_desk: FakeHelpdesk, ticket: Ticket, wish: Wish) -> Granted:
    chosen = tuple(option for option in ticket.options if option.id == wish.about)
    if not chosen:
        raise CommandRejected("The service desk refused: that is not offered any more.")
    return replace(ticket, options=()), EventKind.OPTION_CHOSEN, Details(options=chosen)


_RULES: dict[WishKind, Callable[[FakeHelpdesk, Ticket, Wish], Granted]] = {
    WishKind.NEWS: _say(EventKind.NEWS_ASKED),
    WishKind.CAN_WAIT: _say(EventKind.CAN_WAIT),
    WishKind.CALL: _call,
    WishKind.CALL_OFF: _call_off,
    WishKind.THANKS: _say(EventKind.THANKED),
    WishKind.RATE: _rate,
    WishKind.STILL_FINE: _look_back,
    WishKind.CAME_BACK: _look_back,
    WishKind.OPTION: _choose,
} | dict.fromkeys(ABOUT_VISIT, _visit)
