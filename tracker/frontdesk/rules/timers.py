"""What happens by itself: promises missed and tickets closed when their time has come."""

from datetime import datetime

from tracker.frontdesk.rules.calls import miss_call
from tracker.frontdesk.rules.chat_sessions import let_silence_pass
from tracker.frontdesk.rules.move import Context, Move
from tracker.frontdesk.rules.promises import GRACE, miss_overdue
from tracker.frontdesk.rules.requester import close
from tracker.frontdesk.values import EventData, State, Ticket


def next_due(ticket: Ticket) -> datetime | None:
    """Tell when something will next happen to this ticket by itself."""
    moments = [promise.latest + GRACE for promise in ticket.promises if promise.state == "open"]
    if ticket.state is State.RESOLVED and ticket.auto_close_at is not None:
        moments.append(ticket.auto_close_at)
    return min(moments, default=None)


def let_time_pass(ticket: Ticket, context: Context) -> Move:
    """Do what is due by now, as the desk; a move without facts when nothing is."""
    move = Move(ticket, context.desk, context)
    miss_call(move)
    miss_overdue(move)
    let_silence_pass(move)
    if (
        ticket.state is State.RESOLVED
        and ticket.auto_close_at is not None
        and ticket.auto_close_at <= context.now
    ):
        close(move, EventData(closed_by="auto_close"))
    return move
