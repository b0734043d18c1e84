"""What you can do: the third of the lines that answer "what is going on", as far as the desk lets you."""

from collections.abc import Iterator, Sequence

from tracker.model.asking import wished
from tracker.model.circling import goes_in_circles
from tracker.model.endings import acts_after
from tracker.model.line import Line
from tracker.model.lines import NOTHING_PROMISED
from tracker.model.stage import Stage
from tracker.model.standing import Standing
from tracker.model.ticket import Act, Ticket, TicketState
from tracker.model.track import Overlay
from tracker.model.visit import VisitState
from tracker.model.wish import WishKind

_SAID_IN_A_REPLY = frozenset(
    {
        Act.ANSWER,
        Act.ASK_FOR_NEWS,
        Act.ASK_FOR_CALL,
        Act.LET_WAIT,
        Act.CONFIRM_VISIT,
        Act.MOVE_VISIT,
        Act.CHOOSE,
    }
)
"""What goes as a reply in words to a desk that has no place for it."""


def you_can(stands: Standing, over: Sequence[Overlay], following: Line) -> tuple[Act, ...]:
    """List what the person can do, the most useful first, as far as the desk lets them.

    `following` is the Next line: where it says "ask for one", one can.
    """
    if stands.created is not None:
        return ()
    wanted = dict.fromkeys(_wanted(stands, over, following))
    return tuple([act for act in wanted if _allowed(act, stands.ticket)])


def _wanted(stands: Standing, over: Sequence[Overlay], following: Line) -> Iterator[Act]:
    ticket = stands.ticket
    if stands.stage is Stage.FIXED:
        yield from (Act.CONFIRM, Act.NOT_FIXED)
    for overlay in over:
        yield from overlay.you_can
    yield from _at_the_end(stands)
    if following is NOTHING_PROMISED:
        yield Act.ASK_FOR_NEWS
    if goes_in_circles(stands):
        yield Act.ASK_FOR_CALL
    if stands.stage < Stage.FIXED:
        yield from _about_visit(stands)
    yield Act.REPLY
    if Act.CHAT in ticket.may:
        yield Act.CHAT
    if stands.stage < Stage.FIXED and Act.ASK_FOR_CALL in ticket.may and not _call_is_ahead(stands):
        yield Act.ASK_FOR_CALL


def _at_the_end(stands: Standing) -> Iterator[Act]:
    closed = stands.ticket.state is TicketState.CLOSED
    if closed:
        yield Act.NOT_FIXED
    yield from acts_after(stands)
    if closed and not stands.ticket.may & {Act.NOT_FIXED, Act.REPLY}:
        yield Act.RAISE_AGAIN


def _about_visit(stands: Standing) -> Iterator[Act]:
    visit = stands.ticket.visit
    if visit is None or visit.state is not VisitState.SCHEDULED or not visit.is_ahead(stands.clock.now):
        return
    if not visit.confirmed and wished(stands.pending, WishKind.VISIT_OK) is None:
        yield Act.CONFIRM_VISIT
    yield Act.MOVE_VISIT


def _call_is_ahead(stands: Standing) -> bool:
    return stands.call is not None and stands.call.is_ahead and stands.call_missed is None


def _allowed(act: Act, ticket: Ticket) -> bool:
    if act is Act.FOLLOW:
        return ticket.merged_into is not None
    if act is Act.RAISE_AGAIN or act in ticket.may:
        return True  # a new request needs no leave
    return act in _SAID_IN_A_REPLY and Act.REPLY in ticket.may
