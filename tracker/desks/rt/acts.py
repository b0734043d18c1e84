"""What a requester may do with a ticket at Request Tracker."""

from tracker.desks.rt import wire
from tracker.desks.rt.site import RtSite
from tracker.model.ticket import Act, Ticket, TicketState
from tracker.model.visit import VisitState

IS_FIXED = frozenset({TicketState.RESOLVED, TicketState.CLOSED})
_OVER = IS_FIXED | {TicketState.CANCELLED, TicketState.MERGED}


def acts_of(told: wire.Ticket, ticket: Ticket, site: RtSite) -> frozenset[Act]:
    """Tell what may be done. RT lists a link for each; a list without links says nothing against replying.

    What the site has no place for is offered all the same where words do as well.
    """
    may_reply = not told.links or any(link.ref == "correspond" for link in told.links)
    acts = {Act.REPLY} if may_reply else set()
    if ticket.state is TicketState.WAITING_FOR_YOU and may_reply:
        acts.add(Act.ANSWER)
    if ticket.state is TicketState.RESOLVED:
        acts.add(Act.CONFIRM)
    if ticket.state in IS_FIXED:
        acts |= _after_the_fix(told, ticket, site, may_reply=may_reply)
    elif may_reply and ticket.state not in _OVER:
        acts |= {Act.ASK_FOR_NEWS, Act.LET_WAIT, Act.ASK_FOR_CALL, Act.THANK}
    visit = ticket.visit
    if may_reply and ticket.state not in _OVER and visit and visit.state is VisitState.SCHEDULED:
        acts |= {Act.MOVE_VISIT} if visit.confirmed else {Act.MOVE_VISIT, Act.CONFIRM_VISIT}
    return frozenset(acts)


def _after_the_fix(told: wire.Ticket, ticket: Ticket, site: RtSite, *, may_reply: bool) -> set[Act]:
    acts = {Act.THANK, Act.CHECK_IN}
    if may_reply and not site.never_opens(told.status):
        acts.add(Act.NOT_FIXED)
    fields = () if isinstance(told.custom_fields, str) else told.custom_fields
    if ticket.rating is None and any(each.name == site.fields.rating for each in fields):
        acts.add(Act.RATE)
    return acts
