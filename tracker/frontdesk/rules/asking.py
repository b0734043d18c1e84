"""What a requester says while the desk works, and after it has: news, patience, thanks, a relapse."""

from msgspec.structs import replace

from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.requests import MakeWish
from tracker.frontdesk.rules.move import Move, checked_text
from tracker.frontdesk.rules.requester import can_reopen, reopen
from tracker.frontdesk.values import NOT_WORKED_ON, EventData, Promise, State
from tracker.model.event import EventKind


def ask_for_news(move: Move, body: MakeWish) -> None:
    """Ask how it stands; the queue shows it until an agent has spoken."""
    _require_in_hand(move)
    if move.ticket.news_asked_at is not None:
        raise Refused("not_now", "The desk knows already that you would like news.")
    move.ticket = replace(move.ticket, news_asked_at=move.now, can_wait_since=None)
    data = EventData(promise=_promise(move, body))
    move.say(EventKind.NEWS_ASKED, checked_text(body.text), data=data)


def let_it_wait(move: Move, body: MakeWish) -> None:
    """Say that it can wait; the queue shows it calmly until an agent has spoken."""
    _require_in_hand(move)
    if move.ticket.can_wait_since is not None:
        raise Refused("not_now", "The desk knows already that it can wait.")
    move.ticket = replace(move.ticket, can_wait_since=move.now, news_asked_at=None)
    move.say(EventKind.CAN_WAIT, checked_text(body.text), data=EventData(promise=_promise(move, body)))


def thank(move: Move, body: MakeWish) -> None:
    """Say thank you, which changes nothing else."""
    ticket = move.ticket
    if ticket.state not in (State.RESOLVED, State.CLOSED):
        raise Refused("not_now", "You can say thanks once it is solved.")
    if ticket.thanked_at is not None:
        raise Refused("not_now", "You have said thanks already.")
    move.ticket = replace(ticket, thanked_at=move.now)
    move.say(EventKind.THANKED, checked_text(body.text))


def still_fine(move: Move, body: MakeWish) -> None:
    """Say, some days after it was closed, that it still works."""
    if move.ticket.state is not State.CLOSED:
        raise Refused("not_now", "It is not closed yet.")
    if move.ticket.checked_in_at is not None:
        raise Refused("not_now", "You have told us already that it works.")
    move.ticket = replace(move.ticket, checked_in_at=move.now)
    move.say(EventKind.CHECKED_IN, checked_text(body.text), data=EventData(fine=True))


def came_back(move: Move, body: MakeWish) -> None:
    """Say that the trouble is back: the request opens again, unless it was closed too long ago."""
    if not can_reopen(move.ticket, move.context):
        move.require_open()
        raise Refused("not_now", "The desk is working on it. Please write a reply instead.")
    move.say(EventKind.CHECKED_IN, checked_text(body.text), data=EventData(fine=False))
    reopen(move)


def _require_in_hand(move: Move) -> None:
    move.require_open()
    if move.ticket.state in NOT_WORKED_ON:
        raise Refused("not_now", "The desk says it is fixed. Does it work?")
    if move.ticket.state is State.WAITING_FOR_REQUESTER:
        raise Refused("not_now", "The desk waits for your answer. Please answer first.")


def _promise(move: Move, body: MakeWish) -> Promise | None:
    """Find what was promised; an aim that only the sender's program knows is no promise of the desk's."""
    return next((promise for promise in move.ticket.promises if promise.id == body.about), None)
