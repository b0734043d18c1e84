"""What is said now and next of a visit and of a call."""

from datetime import datetime

from tracker.model.call import Call, CallState
from tracker.model.calling import ends_of
from tracker.model.line import Line, line
from tracker.model.promise import PromiseKind
from tracker.model.promise_words import LATE
from tracker.model.ticket import Ticket
from tracker.model.visit import Visit, VisitState


def visit_now(ticket: Ticket, now: datetime) -> Line:
    """Say where the visit stands."""
    visit = ticket.visit
    if visit is None:
        return line("A visit is planned").resting_on(since=ticket.state_since)
    name = visit.agent or (ticket.owner.name if ticket.owner else "") or "A technician"
    if visit.state is VisitState.ON_THE_WAY:
        if visit.eta_latest is not None and visit.eta_latest > now:
            told = line("{who} is on the way to you, here by {time}", who=name, time=visit.eta_latest)
            return told.resting_on(by=visit.eta_latest, actor=name)
        return line("{who} is on the way to you", who=name).resting_on(actor=name)
    if visit.state is VisitState.ON_SITE:
        return line("{who} is with you", who=name).resting_on(actor=name)
    if visit.state is VisitState.DONE:
        return line("{who} has been with you", who=name).resting_on(actor=name)
    if not visit.is_ahead(now):
        told = line("The visit was booked for {time}. Nobody has said how it went", time=visit.starts)
        return told.resting_on(since=visit.closes or visit.starts, actor=name)
    return line("{who} comes {time}", who=name, time=visit.starts).resting_on(by=visit.starts, actor=name)


def visit_next(visit: Visit | None, now: datetime) -> Line | None:
    """Say when somebody comes; None where nobody is expected."""
    if visit is None or not visit.is_ahead(now):
        return None
    if visit.state is VisitState.ON_SITE:
        return line("The technician looks at it with you")
    if visit.state is VisitState.ON_THE_WAY:
        end = visit.eta_latest or visit.closes
        if end is None or end <= now:
            return line("The technician arrives")
        return line("The technician arrives by {time}", time=end).resting_on(by=end)
    if visit.closes is None:
        return line("Visit {start}", start=visit.starts).resting_on(by=visit.starts)
    return line("Visit {start} – {end}", start=visit.starts, end=visit.closes).resting_on(by=visit.closes)


def call_now(call: Call | None, now: datetime) -> Line | None:
    """Say that somebody is about to ring; None outside the booked window."""
    if call is None or call.state is not CallState.BOOKED or call.starts is None:
        return None
    ends = ends_of(call)
    if ends is None or not call.starts <= now < ends:
        return None
    told = line("{who} calls you now, by {time} at the latest", who=call.agent or "IT", time=ends)
    return told.resting_on(since=call.starts, by=ends, actor=call.agent)


def call_next(call: Call | None, now: datetime) -> Line | None:
    """Say when the call comes; None where none is booked, or nobody is going to ring any more."""
    if call is None or call.starts is None or not call.is_ahead or call.state is CallState.ASKED:
        return None
    who, ends = call.agent or "IT", ends_of(call)
    if call.state is CallState.TRIED:
        return line("{who} tries to call you again", who=who).resting_on(by=ends, actor=call.agent)
    if ends is not None and now >= ends:
        return line(LATE[PromiseKind.CALLBACK], time=ends).resting_on(by=ends, actor=call.agent)
    if call.closes is None:
        told = line("{who} calls you {time}", who=who, time=call.starts)
        return told.resting_on(by=call.starts, actor=call.agent)
    told = line("{who} calls you {start} – {end}", who=who, start=call.starts, end=call.closes)
    return told.resting_on(by=call.closes, actor=call.agent)


def call_asked(call: Call | None) -> Line | None:
    """Say that a call was asked for and none is booked yet."""
    if call is None or not call.is_ahead or call.starts is not None:
        return None
    if call.state is CallState.ASKED:
        if any(window.is_sound for window in call.windows):
            return line("IT takes one of the times you gave for a call").resting_on(since=call.asked_at)
        return line("IT says when it calls you").resting_on(since=call.asked_at)
    who = call.agent or "IT"
    if call.state is CallState.TRIED:
        return line("{who} tries to call you again", who=who).resting_on(actor=call.agent)
    return line("{who} calls you", who=who).resting_on(actor=call.agent)
