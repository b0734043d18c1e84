"""Where a request stands: the stage, its sub-state and the bar, derived from snapshot and events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.event import Event, EventKind
from tracker.model.history import is_confirmed
from tracker.model.line import Line, line
from tracker.model.stage import Milestone, Progress, Stage
from tracker.model.ticket import Ticket, TicketState
from tracker.model.visit import VisitState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

NOT_SENT = "not_sent"

_OF_STATE = {
    TicketState.NEW: Stage.RECEIVED,
    TicketState.ASSIGNED: Stage.ASSIGNED,
    TicketState.VISIT: Stage.VISIT,
    TicketState.RESOLVED: Stage.FIXED,
    TicketState.CLOSED: Stage.DONE,
    TicketState.CANCELLED: Stage.DONE,
    TicketState.MERGED: Stage.DONE,
}
"""Every state that is not here is worked on, an unknown one too."""

_OF_EVENT = {
    EventKind.CREATED: Stage.RECEIVED,
    EventKind.RECEIVED: Stage.RECEIVED,
    EventKind.ASSIGNED: Stage.ASSIGNED,
    EventKind.HANDED_OVER: Stage.ASSIGNED,
    EventKind.WORK_STARTED: Stage.WORKING,
    EventKind.QUESTION: Stage.WORKING,
    EventKind.APPROVAL_ASKED: Stage.WORKING,
    EventKind.ON_HOLD: Stage.WORKING,
    EventKind.RESUMED: Stage.WORKING,
    EventKind.VISIT_BOOKED: Stage.VISIT,
    EventKind.VISIT_ON_THE_WAY: Stage.VISIT,
    EventKind.VISIT_ARRIVED: Stage.VISIT,
    EventKind.SOLVED: Stage.FIXED,
    EventKind.CONFIRMED: Stage.DONE,
    EventKind.CLOSED: Stage.DONE,
}
_BACK = {
    EventKind.NOT_FIXED: Stage.WORKING,
    EventKind.REOPENED: Stage.WORKING,
    EventKind.VISIT_CANCELLED: Stage.WORKING,
}

_LABELS = {
    Stage.RECEIVED: line("Received"),
    Stage.ASSIGNED: line("Assigned"),
    Stage.WORKING: line("Working on it"),
    Stage.VISIT: line("Visit"),
    Stage.FIXED: line("Fixed?"),
    Stage.DONE: line("Done"),
}
_VISIT_LABELS = {
    VisitState.ON_THE_WAY: line("On the way"),
    VisitState.ON_SITE: line("Here"),
}
_ENDS = {
    TicketState.CANCELLED: line("Cancelled"),
    TicketState.MERGED: line("Merged"),
}
"""How a request ends without being done."""


def reached(ticket: Ticket, events: Sequence[Event]) -> dict[Stage, datetime]:
    """Tell when each stage was first reached since it was last left; going back loses the later ones."""
    times: dict[Stage, datetime] = {Stage.RECEIVED: ticket.created_at}
    owners = {ticket.owner.name} if ticket.owner else set()
    for event in events:
        if event.kind in _BACK:
            back = _BACK[event.kind]
            times = {stage: at for stage, at in times.items() if stage <= back}
            times.setdefault(back, event.at)
        stage = _OF_EVENT.get(event.kind)
        if stage is Stage.ASSIGNED and event.details.person:
            owners.add(event.details.person)
        elif stage is None and event.actor.name in owners and event.is_human_word:
            stage = Stage.WORKING
        if stage is not None:
            times.setdefault(stage, event.at)
    return times


def stage_of(ticket: Ticket, events: Sequence[Event], times: dict[Stage, datetime]) -> Stage:
    """Derive the stage. The desk's present state leads; events may have gone further, never silently back."""
    state = _OF_STATE.get(ticket.state, Stage.WORKING)
    if state is Stage.FIXED and is_confirmed(events):
        return Stage.DONE  # at a desk that has no state for it
    if state >= Stage.FIXED:
        return state
    if state is Stage.RECEIVED and ticket.owner is not None:
        state = Stage.ASSIGNED
    told = max(stage for stage in times if stage <= Stage.VISIT)
    if _visit_holds(ticket, events):
        return Stage.VISIT
    # A visit that is over says nothing any more, and the desk may have a state for visits without one.
    called_off = Stage.WORKING if ticket.visit is not None else state
    return max(min(state, called_off), min(told, Stage.WORKING))


def sub_state_of(ticket: Ticket, stage: Stage) -> str | None:
    """Name the visit's state while the request is at that stage."""
    if stage is Stage.VISIT and ticket.visit is not None:
        return ticket.visit.state.value
    return VisitState.SCHEDULED.value if stage is Stage.VISIT else None


def milestones(
    ticket: Ticket, stage: Stage, times: dict[Stage, datetime], *, sent: bool
) -> tuple[Milestone, ...]:
    """Draw the whole bar: five nodes, six where there is a visit; all grey while it is not sent.

    What a cancelled or merged request never reached stays grey.
    """
    visit = ticket.visit
    has_visit = stage is Stage.VISIT or (visit is not None and visit.state is not VisitState.CANCELLED)
    furthest = max(times) if ticket.state in _ENDS else stage
    bar = []
    for node in Stage:
        if node is Stage.VISIT and not has_visit:
            continue
        progress = _progress(node, stage, furthest) if sent else Progress.FUTURE
        at = None
        if progress is not Progress.FUTURE:
            at = times.get(node)
            if at is None and node is stage and _OF_STATE.get(ticket.state) is stage:
                at = ticket.state_since
        bar.append(Milestone(node, _label(node, stage, ticket), progress, at))
    return tuple(bar)


def stage_label(stage: Stage, ticket: Ticket) -> Line:
    """Name a stage as the bar does."""
    return _label(stage, stage, ticket)


def _label(node: Stage, stage: Stage, ticket: Ticket) -> Line:
    if node is not stage:
        return _LABELS[node]
    if node is Stage.VISIT and ticket.visit is not None:
        return _VISIT_LABELS.get(ticket.visit.state, _LABELS[node])
    return _ENDS.get(ticket.state, _LABELS[node]) if node is Stage.DONE else _LABELS[node]


def _progress(node: Stage, stage: Stage, furthest: Stage) -> Progress:
    if stage is Stage.DONE:
        return Progress.DONE if node <= furthest or node is stage else Progress.FUTURE
    if node is stage:
        return Progress.NOW
    return Progress.DONE if node < stage else Progress.FUTURE


def _visit_holds(ticket: Ticket, events: Sequence[Event]) -> bool:
    """Say whether the visit still says where the request stands: not cancelled, not re-opened after."""
    visit = ticket.visit
    if visit is None or visit.state is VisitState.CANCELLED:
        return False
    if visit.state in (VisitState.SCHEDULED, VisitState.ON_THE_WAY, VisitState.ON_SITE):
        return True
    for event in reversed(events):
        if event.kind in (EventKind.NOT_FIXED, EventKind.REOPENED):
            return False
        if event.kind in (EventKind.VISIT_DONE, EventKind.VISIT_FAILED):
            return True
    return True
