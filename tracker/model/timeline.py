"""From a ticket and its events to everything a person sees of it. The one entrance to the tracking model."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from tracker.model.circling import goes_in_circles
from tracker.model.command import CreateTicket, Pending
from tracker.model.due import next_due
from tracker.model.endings import done_at
from tracker.model.entries import entries
from tracker.model.event import Event
from tracker.model.line import Line, line
from tracker.model.lines import next_line, now_line
from tracker.model.overlays import overlays
from tracker.model.possible import you_can
from tracker.model.promise import PromiseKind, PromiseState
from tracker.model.promises import Clock
from tracker.model.stage import Stage
from tracker.model.stages import NOT_SENT, milestones, stage_label, sub_state_of
from tracker.model.standing import Standing, standing
from tracker.model.ticket import Ticket, TicketState
from tracker.model.track import Overlay, Track
from tracker.model.visit import VisitState

_CALL_MAY_HELP = line("Many messages and no step further: a call may be quicker")
_EXPECTED = {
    PromiseKind.FIRST_REPLY: line("First reply"),
    PromiseKind.NEXT_UPDATE: line("Next update"),
    PromiseKind.FIX: line("Expected fixed"),
    PromiseKind.VISIT: line("Visit"),
    PromiseKind.CALLBACK: line("Call"),
}
_STAGE_CHIPS = {
    Stage.WORKING: line("Being worked on"),
    Stage.FIXED: line("Fixed — is it?"),
}
_VISIT_CHIPS = {
    VisitState.SCHEDULED: line("Visit booked"),
    VisitState.DONE: line("Visit done"),
    VisitState.FAILED: line("Visit did not happen"),
}


def track(ticket: Ticket, events: Iterable[Event], clock: Clock, pending: Sequence[Pending] = ()) -> Track:
    """Tell what is drawn of a request at `clock.now`.

    `events` come in any order and may repeat; `pending` are this ticket's commands that the desk does not
    show yet, oldest first. For a request that is itself not sent yet, `ticket` comes from `unsent`.
    """
    stands = standing(ticket, events, clock, pending)
    over = overlays(stands)
    following = next_line(stands)
    expected, label = _expected(stands)
    circling = goes_in_circles(stands)
    return Track(
        ticket=ticket,
        stage=stands.stage,
        sub_state=NOT_SENT if stands.created else sub_state_of(ticket, stands.stage),
        milestones=milestones(stands.ticket, stands.stage, stands.times, sent=stands.created is None),
        overlays=over,
        chip=_chip(stands, over),
        now=now_line(stands, over),
        next=following,
        you_can=you_can(stands, over, following),
        promises=stands.promises,
        visit=stands.ticket.visit,
        entries=entries(stands),
        expected=expected,
        expected_label=label,
        next_due=next_due(stands, over),
        in_circles=circling,
        hint=_CALL_MAY_HELP if circling else None,
        call=stands.call,
        done_at=done_at(stands),
    )


def unsent(pending: Pending, service: str) -> Ticket:
    """Make the ticket that stands for a request the desk does not have yet. `service` is its name."""
    command = pending.command
    if not isinstance(command, CreateTicket):
        raise TypeError("only a CreateTicket stands for a request")
    return Ticket(
        id=command.ticket,
        number="",
        subject=command.subject,
        state=TicketState.NEW,
        created_at=command.at,
        updated_at=command.at,
        service=service,
        priority=command.priority,
        may=frozenset(),
    )


def _chip(stands: Standing, over: Sequence[Overlay]) -> Line:
    if over:
        return over[0].chip
    ticket, stage = stands.ticket, stands.stage
    if stage is Stage.VISIT and ticket.visit is not None and ticket.visit.state in _VISIT_CHIPS:
        return _VISIT_CHIPS[ticket.visit.state]
    if ticket.state is TicketState.UNKNOWN and ticket.state_word:
        return line("{word}", word=ticket.state_word)
    if stage is Stage.WORKING and any(p.state is PromiseState.OPEN for p in stands.live):
        return line("On time")
    return _STAGE_CHIPS.get(stage) or stage_label(stage, ticket)


def _expected(stands: Standing) -> tuple[datetime | None, Line | None]:
    """Choose the one date that matters most."""
    ticket, live, now = stands.ticket, stands.live, stands.clock.now
    if stands.stage is Stage.DONE:
        return None, None
    if stands.stage is Stage.FIXED:
        ahead = ticket.auto_close_at is not None and ticket.auto_close_at > now
        return (ticket.auto_close_at, line("Closes")) if ahead else (None, None)
    fix = next((p for p in live if p.kind is PromiseKind.FIX), None)
    if fix is not None:
        return fix.latest, _EXPECTED[fix.kind]
    visit = ticket.visit
    if visit is not None and visit.state is not VisitState.ON_SITE and visit.is_ahead(now):
        return visit.eta_latest or visit.starts, line("Visit")
    soonest = min(live, key=lambda p: p.latest, default=None)
    if soonest is not None:
        return soonest.latest, _EXPECTED[soonest.kind]
    if stands.aimed is not None and now < stands.aimed.latest:
        return stands.aimed.latest, line("We aim to write by")
    return None, None
