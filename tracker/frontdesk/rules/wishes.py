"""A requester's wish is brought to its rule."""

from collections.abc import Callable

from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.requests import MakeWish, Rate
from tracker.frontdesk.rules import asking, calls, options, requester, visit_answers
from tracker.frontdesk.rules.move import Move
from tracker.model.wish import WishKind


def make_wish(move: Move, body: MakeWish) -> None:
    """Do what the requester asks for; raises `Refused` with the reason when it cannot be."""
    requester.require_requester(move, "do that")
    _RULES[body.kind](move, body)


def _rate(move: Move, body: MakeWish) -> None:
    if body.score is None:
        raise Refused("invalid", "Choose from one to five.")
    requester.rate(move, Rate(score=body.score, text=body.text))


_RULES: dict[WishKind, Callable[[Move, MakeWish], None]] = {
    WishKind.NEWS: asking.ask_for_news,
    WishKind.CAN_WAIT: asking.let_it_wait,
    WishKind.CALL: calls.ask_for_call,
    WishKind.CALL_OFF: calls.call_off,
    WishKind.VISIT_OK: visit_answers.confirm_visit,
    WishKind.VISIT_MOVE: visit_answers.move_visit,
    WishKind.VISIT_NOT_THERE: visit_answers.say_not_there,
    WishKind.VISIT_PLACE: visit_answers.say_where,
    WishKind.THANKS: asking.thank,
    WishKind.RATE: _rate,
    WishKind.STILL_FINE: asking.still_fine,
    WishKind.CAME_BACK: asking.came_back,
    WishKind.OPTION: options.choose,
}
