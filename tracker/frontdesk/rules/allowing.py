"""What a person may do with a ticket right now."""

from tracker.frontdesk.rules.move import Context
from tracker.frontdesk.rules.requester import can_reopen
from tracker.frontdesk.values import ENDED, NOT_WORKED_ON, Act, State, Ticket


def allowed(ticket: Ticket, person_id: str, context: Context) -> tuple[Act, ...]:
    """List what this person may do; nothing for a bystander, only words for those in copy."""
    if not ticket.concerns(person_id):
        return ()
    acts: list[Act] = []
    if ticket.state not in ENDED or can_reopen(ticket, context):
        acts.append("reply")
    if _may_chat(ticket, context):
        acts.append("chat")
    if ticket.requester.id != person_id:
        return tuple(acts)
    if ticket.state in NOT_WORKED_ON:
        acts += _after_the_work(ticket, context)
    else:
        acts += _during_the_work(ticket)
    return tuple(acts)


def _may_chat(ticket: Ticket, context: Context) -> bool:
    over = ticket.state in ENDED or (ticket.chat is not None and ticket.chat.is_active)
    return context.settings.chat.enabled and not over


def _after_the_work(ticket: Ticket, context: Context) -> list[Act]:
    solved = ticket.state in (State.RESOLVED, State.CLOSED)
    found: dict[Act, bool] = {
        "confirm": ticket.state is State.RESOLVED,
        "not_fixed": can_reopen(ticket, context),
        "rate": solved and ticket.rating is None,
        "thank": solved and ticket.thanked_at is None,
        "check_in": ticket.state is State.CLOSED and ticket.checked_in_at is None,
    }
    return [act for act, may in found.items() if may]


def _during_the_work(ticket: Ticket) -> list[Act]:
    in_hand = ticket.state is not State.WAITING_FOR_REQUESTER
    scheduled = ticket.visit is not None and ticket.visit.state == "scheduled"
    found: dict[Act, bool] = {
        "ask_for_news": in_hand and ticket.news_asked_at is None,
        "let_wait": in_hand and ticket.can_wait_since is None,
        "ask_for_call": True,
        "confirm_visit": scheduled and ticket.visit is not None and not ticket.visit.confirmed,
        "move_visit": scheduled,
        "choose": bool(ticket.options),
    }
    return [act for act, may in found.items() if may]
