"""The three lines that answer "what is going on": Now, Next, and what you can do."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from tracker.model.command import Delivery, Pending
from tracker.model.event import Event, EventKind
from tracker.model.history import is_confirmed, last
from tracker.model.line import Line, line
from tracker.model.promise import LIVE, Promise, PromiseKind, PromiseState
from tracker.model.stage import Stage
from tracker.model.ticket import Act, Ticket, TicketState
from tracker.model.track import Overlay, OverlayKind
from tracker.model.visit import Visit, VisitState

_OVERLAY_NOW = {
    OverlayKind.WAITING_FOR_APPROVAL: line("Waiting for somebody to approve it"),
    OverlayKind.WAITING_FOR_SUPPLIER: line("Waiting for a supplier"),
    OverlayKind.WAITING_FOR_PARTS: line("Waiting for parts"),
    OverlayKind.WAITING_FOR_CHANGE: line("Waiting for a planned change"),
    OverlayKind.VISIT_FAILED: line("The visit did not happen"),
    OverlayKind.CLOSED_UNHEARD: line("Closed with no answer to your last message"),
    OverlayKind.NOT_SENT: line("Saved on this computer, not sent yet"),
}

_PROMISED = {
    PromiseKind.FIRST_REPLY: "First reply promised by {time}",
    PromiseKind.NEXT_UPDATE: "Next update promised by {time}",
    PromiseKind.FIX: "Expected to be fixed by {time}",
    PromiseKind.VISIT: "Visit promised by {time}",
    PromiseKind.CALLBACK: "Call promised by {time}",
}
_LATE = {
    PromiseKind.FIRST_REPLY: "A first reply was promised by {time}. It is late",
    PromiseKind.NEXT_UPDATE: "An update was promised by {time}. It is late",
    PromiseKind.FIX: "It was to be fixed by {time}. It is late",
    PromiseKind.VISIT: "The visit was promised by {time}. It is late",
    PromiseKind.CALLBACK: "A call was promised by {time}. It is late",
}


def now_line(
    ticket: Ticket, events: Sequence[Event], *, stage: Stage, over: Sequence[Overlay], created: Pending | None
) -> Line:
    """Say who has it, since when, what blocks it. `created`: the request itself still waits to be sent."""
    if created is not None:
        return _unsent(created)
    overlay = next((o for o in over if o.kind in _OVERLAY_NOW and o.kind is not OverlayKind.NOT_SENT), None)
    if any(o.kind is OverlayKind.WAITING_FOR_YOU for o in over):
        return _waiting_for_you(ticket, events, over)
    if overlay is not None:
        base = _OVERLAY_NOW[overlay.kind]
        if overlay.reason:
            base = line(base.template + ": {reason}", reason=_short(overlay.reason))
        return replace(base, since=overlay.since)
    return replace(_by_stage(ticket, events, stage), since=_since(ticket, events, stage))


def next_line(
    ticket: Ticket,
    *,
    stage: Stage,
    promises: Sequence[Promise],
    aimed: Promise | None,
    created: Pending | None,
) -> Line:
    """Say what comes next and by when: a promise, the usual cadence as an aim, or that there is none."""
    if created is not None:
        refused = created.delivery is Delivery.REJECTED
        return line("Change it and send it again" if refused else "Sent as soon as the desk can be reached")
    if ticket.state is TicketState.MERGED:
        return line("Follow the request that it goes on in")
    if stage is Stage.DONE:
        return line("Nothing more is planned")
    if stage is Stage.FIXED:
        if ticket.auto_close_at is None:
            return line("Tell us whether it works")
        return _by(
            line("Closes on {time} unless you say no", time=ticket.auto_close_at), ticket.auto_close_at
        )
    if ticket.state is TicketState.WAITING_FOR_YOU:
        return line("It goes on when you answer")
    return _visit_next(ticket.visit) or _promise_next(promises, aimed)


def you_can(
    ticket: Ticket, *, stage: Stage, over: Sequence[Overlay], created: Pending | None
) -> tuple[Act, ...]:
    """List what the person can do, the most useful first, as far as the desk lets them."""
    if created is not None:
        return ()
    wanted: list[Act] = []
    if stage is Stage.FIXED:
        wanted += [Act.CONFIRM, Act.NOT_FIXED]
    for overlay in over:
        wanted += overlay.you_can
    if ticket.state is TicketState.CLOSED:
        wanted += [Act.NOT_FIXED, Act.RATE]
    wanted.append(Act.REPLY)
    return tuple(act for act in dict.fromkeys(wanted) if _allowed(act, ticket))


def _allowed(act: Act, ticket: Ticket) -> bool:
    if act in (Act.ANSWER, Act.ASK_FOR_NEWS):
        return Act.REPLY in ticket.may  # both are said in a reply
    if act is Act.FOLLOW:
        return ticket.merged_into is not None
    return act in ticket.may


def _unsent(created: Pending) -> Line:
    if created.delivery is Delivery.REJECTED:
        return line("Could not be sent: {reason}", reason=created.error or "the desk refused it")
    if created.delivery is Delivery.DELIVERED:
        return line("Sent. Waiting for the desk to show it")
    return replace(_OVERLAY_NOW[OverlayKind.NOT_SENT], since=created.command.at)


def _waiting_for_you(ticket: Ticket, events: Sequence[Event], over: Sequence[Overlay]) -> Line:
    asked = last(events, frozenset({EventKind.QUESTION, EventKind.APPROVAL_ASKED}))
    since = next(o.since for o in over if o.kind is OverlayKind.WAITING_FOR_YOU)
    if asked is None or not asked.text:
        return replace(line("Waiting for your answer"), since=since)
    who = asked.actor.first_name or ticket.team
    template = "{who} asks: {question}" if who else "IT asks: {question}"
    return replace(line(template, who=who, question=_short(asked.text)), since=since, actor=asked.actor.name)


def _by_stage(ticket: Ticket, events: Sequence[Event], stage: Stage) -> Line:
    who = ticket.owner.name if ticket.owner else ticket.team
    if stage is Stage.RECEIVED:
        return line("The desk has it. Nobody has taken it yet")
    if stage is Stage.ASSIGNED:
        return replace(line("With {who}", who=who) if who else line("Assigned"), actor=who or None)
    if stage is Stage.WORKING:
        return replace(
            line("{who} is working on it", who=who) if who else line("Being worked on"), actor=who or None
        )
    if stage is Stage.VISIT:
        return _visit_now(ticket.visit, who)
    if stage is Stage.FIXED:
        return line("IT thinks it is fixed. Does it work?")
    return _ended(ticket, events)


def _visit_now(visit: Visit | None, who: str) -> Line:
    if visit is None:
        return line("A visit is planned")
    name = visit.agent or who or "A technician"
    if visit.state is VisitState.ON_THE_WAY:
        if visit.eta_latest is not None:
            told = line("{who} is on the way to you, here by {time}", who=name, time=visit.eta_latest)
            return replace(told, by=visit.eta_latest, actor=name)
        return replace(line("{who} is on the way to you", who=name), actor=name)
    if visit.state is VisitState.ON_SITE:
        return replace(line("{who} is with you", who=name), actor=name)
    if visit.state is VisitState.DONE:
        return replace(line("{who} has been with you", who=name), actor=name)
    return replace(line("{who} comes on {time}", who=name, time=visit.starts), by=visit.starts, actor=name)


def _visit_next(visit: Visit | None) -> Line | None:
    if visit is None:
        return None
    if visit.state is VisitState.SCHEDULED:
        if visit.ends is not None:
            told = line("Visit from {start} to {end}", start=visit.starts, end=visit.ends)
        else:
            told = line("Visit on {start}", start=visit.starts)
        return _by(told, visit.ends or visit.starts)
    if visit.state is VisitState.ON_THE_WAY:
        end = visit.eta_latest or visit.ends
        return (
            _by(line("The technician arrives by {time}", time=end), end)
            if end
            else line("The technician arrives")
        )
    return line("The technician looks at it with you") if visit.state is VisitState.ON_SITE else None


def _promise_next(promises: Sequence[Promise], aimed: Promise | None) -> Line:
    live = sorted((p for p in promises if p.state in LIVE), key=lambda p: p.latest)
    if live:
        promise = live[0]
        late = promise.state is PromiseState.OVERDUE
        told = line((_LATE if late else _PROMISED)[promise.kind], time=promise.latest)
        return replace(told, by=promise.latest, promise_id=promise.id)
    missed = next((p for p in promises if p.state is PromiseState.MISSED), None)
    if missed is not None and not any(p.made_at > missed.latest for p in promises):
        told = line(_LATE[missed.kind], time=missed.latest)
        return replace(told, by=missed.latest, promise_id=missed.id)
    if aimed is not None and aimed.state is PromiseState.OPEN:
        return replace(
            _by(line("We aim to write by {time}", time=aimed.latest), aimed.latest), promise_id=aimed.id
        )
    return line("No update has been promised: ask for one")


def _ended(ticket: Ticket, events: Sequence[Event]) -> Line:
    if ticket.state is TicketState.MERGED:
        return line("It goes on in another request")
    if ticket.state is TicketState.CANCELLED:
        return line("Cancelled")
    return line("You confirmed that it works") if is_confirmed(events) else line("Closed")


def _since(ticket: Ticket, events: Sequence[Event], stage: Stage) -> datetime:
    kinds = {
        Stage.ASSIGNED: frozenset({EventKind.ASSIGNED, EventKind.HANDED_OVER}),
        Stage.FIXED: frozenset({EventKind.SOLVED}),
        Stage.DONE: frozenset({EventKind.CONFIRMED, EventKind.CLOSED}),
    }.get(stage, frozenset())
    told = last(events, kinds)
    return told.at if told else (ticket.state_since or ticket.created_at)


def _by(told: Line, when: datetime) -> Line:
    return replace(told, by=when)


def _short(text: str) -> str:
    first = " ".join(text.split())
    return first if len(first) <= 120 else first[:119].rstrip() + "…"
