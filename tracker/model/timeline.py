"""From a ticket and its events to everything a person sees of it. The one entrance to the tracking model."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from tracker.model.command import CreateTicket, Delivery, Pending
from tracker.model.entries import entries
from tracker.model.event import Event
from tracker.model.history import in_order, waits_for_you
from tracker.model.line import Line, line
from tracker.model.lines import next_line, now_line, you_can
from tracker.model.overlays import overlays
from tracker.model.promise import LIVE, Promise, PromiseKind, PromiseState
from tracker.model.promises import GRACE, NEARING_AT, Clock, aim, settle
from tracker.model.stage import Stage
from tracker.model.stages import NOT_SENT, milestones, reached, stage_label, stage_of, sub_state_of
from tracker.model.ticket import Ticket, TicketState
from tracker.model.track import Overlay, Track
from tracker.model.visit import Visit, VisitState

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
    told = in_order(events)
    created = next((p for p in pending if isinstance(p.command, CreateTicket)), None)
    waits = waits_for_you(ticket, told, clock.now)
    times = reached(ticket, told)
    stage = stage_of(ticket, told, times)
    promises = settle(ticket, told, clock)
    live = [promise for promise in promises if promise.state in LIVE]
    aimed = None if created or live else aim(ticket, told, clock)
    over = overlays(ticket, told, promises=promises, aimed=aimed, pending=pending, clock=clock)
    aimed = None if aimed is not None and clock.now > aimed.latest else aimed
    expected, label = _expected(ticket, stage, live, aimed)
    return Track(
        ticket=ticket,
        stage=stage,
        sub_state=NOT_SENT if created else sub_state_of(ticket, stage),
        milestones=milestones(ticket, stage, times, sent=created is None),
        overlays=over,
        chip=_chip(stage, ticket.visit, over, live),
        now=now_line(ticket, told, stage=stage, over=over, created=created),
        next=next_line(ticket, stage=stage, promises=promises, aimed=aimed, created=created),
        you_can=you_can(ticket, stage=stage, over=over, created=created),
        promises=promises,
        visit=ticket.visit,
        entries=entries(ticket, told, pending=pending, waits=waits, clock=clock),
        expected=expected,
        expected_label=label,
        next_due=_next_due(ticket, promises, aimed, clock.now),
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


def is_waiting_to_be_sent(pending: Pending) -> bool:
    """Say whether the desk certainly or possibly lacks this command."""
    return pending.delivery is not Delivery.DELIVERED


def _chip(stage: Stage, visit: Visit | None, over: Sequence[Overlay], live: Sequence[Promise]) -> Line:
    if over:
        return over[0].chip
    if stage is Stage.VISIT and visit is not None and visit.state in _VISIT_CHIPS:
        return _VISIT_CHIPS[visit.state]
    if stage is Stage.WORKING and any(p.state is PromiseState.OPEN for p in live):
        return line("On time")
    return _STAGE_CHIPS.get(stage, stage_label(stage, visit))


def _expected(
    ticket: Ticket, stage: Stage, live: Sequence[Promise], aimed: Promise | None
) -> tuple[datetime | None, Line | None]:
    """Choose the one date that matters most."""
    if stage is Stage.DONE:
        return None, None
    if stage is Stage.FIXED:
        return ticket.auto_close_at, line("Closes on") if ticket.auto_close_at else None
    fix = next((p for p in live if p.kind is PromiseKind.FIX), None)
    if fix is not None:
        return fix.latest, line("Expected fixed")
    visit = ticket.visit
    if visit is not None and visit.state in (VisitState.SCHEDULED, VisitState.ON_THE_WAY):
        return visit.eta_latest or visit.starts, line("Visit")
    soonest = min(live, key=lambda p: p.latest, default=None)
    if soonest is not None:
        return soonest.latest, line("Next update")
    return (aimed.latest, line("We aim to write by")) if aimed else (None, None)


def _next_due(
    ticket: Ticket, promises: Sequence[Promise], aimed: Promise | None, now: datetime
) -> datetime | None:
    """Give the next moment at which this track changes by the clock alone."""
    times: list[datetime] = []
    for promise in (*promises, *((aimed,) if aimed else ())):
        if promise.state in LIVE:
            nearing = promise.made_at + (promise.latest - promise.made_at) * NEARING_AT
            times += [nearing, promise.latest, promise.latest + GRACE]
    if ticket.auto_close_at is not None:
        times += [ticket.auto_close_at - timedelta(days=1), ticket.auto_close_at]
    if ticket.visit is not None and ticket.visit.state is VisitState.SCHEDULED:
        times.append(ticket.visit.starts - timedelta(minutes=15))
    return min((at for at in times if at > now), default=None)
