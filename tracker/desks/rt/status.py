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

FINISHED = frozenset({TicketState.RESOLVED, TicketState.CLOSED, TicketState.CANCELLED})
ON_HOLD = frozenset(
    {
        TicketState.WAITING_FOR_SUPPLIER,
        TicketState.WAITING_FOR_APPROVAL,
        TicketState.WAITING_FOR_PARTS,
        TicketState.WAITING_FOR_CHANGE,
    }
)
_WAITING = ON_HOLD | {TicketState.WAITING_FOR_YOU}
_AT_WORK = frozenset({TicketState.WORKING, TicketState.VISIT})


def tell_status(
    context: Context,
    standing: Standing,
    step: wire.Transaction,
    *,
    near: Sequence[wire.Transaction],
    asked: bool,
) -> Event:
    """Tell a change of status; `asked`: the words that go with it were just told as a question."""
    word = str(step.new_value or "")
    state = context.site.state(word)
    actor = context.actor(step)
    details = Details(previous=safe_line(standing.status, 60) or None, status_word=safe_line(word, 60))
    event = context.event(step, _kind(standing.state, state, by=actor.kind, asked=asked), details)
    if actor.kind is ActorKind.YOU:
        note = context.note_after(step, near)
        event = replace(event, command_id=note.command if note and note.wish is None else None)
    if state is not standing.state:
        standing.since = event.at
    standing.state, standing.status, standing.answered = state, word, None
    return event


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
    if after in ON_HOLD:
        return EventKind.ON_HOLD
    return _kind_of_going_on(before, after)


def _kind_of_going_on(before: TicketState, after: TicketState) -> EventKind:
    if after in _AT_WORK and before in _WAITING:
        return EventKind.RESUMED
    if after is TicketState.WORKING and before in (TicketState.NEW, TicketState.ASSIGNED):
        return EventKind.WORK_STARTED
    return EventKind.STATUS
