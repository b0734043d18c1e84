"""What a change of status means to the requester."""

from collections.abc import Sequence
from dataclasses import replace

from tracker.desks.rt import wire
from tracker.desks.rt.context import Context
from tracker.desks.rt.standing import Standing
from tracker.desks.safetext import safe_line
from tracker.model.event import Details, Event, EventKind
from tracker.model.person import ActorKind
from tracker.model.ticket import TicketState
from tracker.model.visit import VisitState

FINISHED = frozenset({TicketState.RESOLVED, TicketState.CLOSED, TicketState.CANCELLED})
_ON_HOLD = frozenset(
    {
        TicketState.WAITING_FOR_SUPPLIER,
        TicketState.WAITING_FOR_APPROVAL,
        TicketState.WAITING_FOR_PARTS,
        TicketState.WAITING_FOR_CHANGE,
    }
)
_WAITING = _ON_HOLD | {TicketState.WAITING_FOR_YOU}
_AT_WORK = frozenset({TicketState.WORKING, TicketState.VISIT})
_UNDER_WAY = frozenset({VisitState.ON_THE_WAY, VisitState.ON_SITE})


def tell_status(
    context: Context,
    standing: Standing,
    step: wire.Transaction,
    *,
    near: Sequence[wire.Transaction],
    asked: bool,
) -> list[Event]:
    """Tell a change of status; `asked`: the words that go with it were just told as a question."""
    word = str(step.new_value or "")
    state = context.site.state(word)
    actor = context.actor(step)
    details = Details(previous=safe_line(standing.status, 60) or None, status_word=safe_line(word, 60))
    event = context.event(step, _kind(standing.state, state, by=actor.kind, asked=asked), details)
    if actor.kind is ActorKind.YOU:
        event = replace(event, command_id=context.client_id_after(step, near))
    events = [event]
    visit_kind = _move_visit(context, standing, word, state)
    if visit_kind is not None:
        told = replace(details, visit=standing.visit)
        of_visit = replace(event, kind=visit_kind, details=told, command_id=None)
        # A status that says nothing but how the visit stands is one event, not two.
        events = [of_visit] if state is TicketState.VISIT else [replace(of_visit, id=f"{event.id}-v"), event]
    if state is not standing.state:
        standing.since = event.at
    standing.state, standing.status, standing.answered = state, word, None
    return events


def _kind(before: TicketState, after: TicketState, *, by: ActorKind, asked: bool) -> EventKind:
    if after is TicketState.RESOLVED:
        return EventKind.SOLVED
    if after is TicketState.CLOSED:
        return EventKind.CONFIRMED if by is ActorKind.YOU else EventKind.CLOSED
    if after is TicketState.CANCELLED:
        return EventKind.CLOSED
    if before in FINISHED:
        return EventKind.REOPENED
    if after is TicketState.WAITING_FOR_YOU:
        return EventKind.STATUS if asked else EventKind.QUESTION
    if after in _ON_HOLD:
        return EventKind.ON_HOLD
    return _kind_of_going_on(before, after)


def _kind_of_going_on(before: TicketState, after: TicketState) -> EventKind:
    if after in _AT_WORK and before in _WAITING:
        return EventKind.RESUMED
    if after is TicketState.WORKING and before in (TicketState.NEW, TicketState.ASSIGNED):
        return EventKind.WORK_STARTED
    return EventKind.STATUS


def _move_visit(context: Context, standing: Standing, word: str, state: TicketState) -> EventKind | None:
    """Follow the visit through the change; gives what happened to it, None if nothing."""
    visit = standing.visit
    if visit is None or visit.state in (VisitState.CANCELLED, VisitState.DONE):
        return None
    after = context.site.visit_state(word)
    if after is None and (visit.state in _UNDER_WAY or state in FINISHED):
        after = VisitState.DONE
    if after is None or after is visit.state:
        return None
    standing.visit = replace(visit, state=after)
    if after is VisitState.DONE and visit.state not in _UNDER_WAY:
        return None  # fixed without anybody having set off: nothing to tell
    return {
        VisitState.ON_THE_WAY: EventKind.VISIT_ON_THE_WAY,
        VisitState.ON_SITE: EventKind.VISIT_ARRIVED,
        VisitState.DONE: EventKind.VISIT_DONE,
        VisitState.FAILED: EventKind.VISIT_FAILED,
    }.get(after)
