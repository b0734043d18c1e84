"""Honest options where the desk can do nothing now: offered in words, chosen once."""

from msgspec.structs import replace

from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.requests import MakeWish, OfferOptions
from tracker.frontdesk.rules.calls import end_call
from tracker.frontdesk.rules.chat_sessions import end_with_ticket
from tracker.frontdesk.rules.move import Move, checked_line, checked_text, new_id
from tracker.frontdesk.rules.promises import keep_by_word, settle_all
from tracker.frontdesk.rules.visits import call_visit_off
from tracker.frontdesk.values import NOT_WORKED_ON, EventData, Option, State
from tracker.model.event import EventKind
from tracker.model.option import OptionKind


def offer(move: Move, body: OfferOptions) -> None:
    """Say that nothing can be done now, and lay out what is left; replaces what was offered before."""
    move.require_open()
    if move.ticket.state in NOT_WORKED_ON:
        raise Refused("not_now", f"{move.ticket.number} is solved. Set it back to work first.")
    options = tuple(
        Option(
            id=new_id(),
            kind=option.kind,
            label=checked_line(option.label, "An option's name"),
            text=option.text.strip(),
        )
        for option in body.options
    )
    move.ticket = replace(move.ticket, options=options)
    text = checked_text(body.text, required=True)
    move.say(EventKind.OPTIONS_OFFERED, text, data=EventData(options=options))
    keep_by_word(move)


def choose(move: Move, body: MakeWish) -> None:
    """Take one of the options; the others are gone. The one to cancel ends the ticket."""
    move.require_open()
    option = next((option for option in move.ticket.options if option.id == body.about), None)
    if option is None:
        raise Refused("not_now", "That choice is not offered any more.")
    move.ticket = replace(move.ticket, options=())
    move.say(EventKind.OPTION_CHOSEN, checked_text(body.text), data=EventData(option=option))
    if option.kind is OptionKind.CANCEL:
        _cancel(move)


def _cancel(move: Move) -> None:
    reason = f"{move.actor.name} chose to cancel it."
    end_with_ticket(move)
    call_visit_off(move, reason)
    end_call(move)
    settle_all(move, solved=False)
    data = move.go_to(State.CANCELLED, reason)
    move.ticket = replace(move.ticket, auto_close_at=None)
    move.tell(EventKind.STATUS, data)
