"""The three lines that answer "what is going on": Now, Next, and what you can do."""

from collections.abc import Sequence
from datetime import datetime

from tracker.model.command import Delivery, Pending
from tracker.model.event import Event, EventKind
from tracker.model.history import is_confirmed, last
from tracker.model.line import Line, line
from tracker.model.promise import Promise, PromiseState
from tracker.model.stage import Stage
from tracker.model.standing import Standing
from tracker.model.ticket import Act, Ticket, TicketState
from tracker.model.titles import LATE, PROMISED
from tracker.model.track import Overlay, OverlayKind
from tracker.model.visit import Visit, VisitState

_OVERLAY_NOW = {
    OverlayKind.VISIT_FAILED: "The visit did not happen",
    OverlayKind.WAITING_FOR_APPROVAL: "Waiting for somebody to approve it",
    OverlayKind.WAITING_FOR_SUPPLIER: "Waiting for a supplier",
    OverlayKind.WAITING_FOR_PARTS: "Waiting for parts",
    OverlayKind.WAITING_FOR_CHANGE: "Waiting for a planned change",
}
"""What blocks it, as the Now line says it."""
_OVERLAY_WHY = {
    OverlayKind.VISIT_FAILED: "The visit did not happen: {reason}",
    OverlayKind.WAITING_FOR_APPROVAL: "Waiting for somebody to approve it: {reason}",
    OverlayKind.WAITING_FOR_SUPPLIER: "Waiting for a supplier: {reason}",
    OverlayKind.WAITING_FOR_PARTS: "Waiting for parts: {reason}",
    OverlayKind.WAITING_FOR_CHANGE: "Waiting for a planned change: {reason}",
}

NOTHING_PROMISED = line("No update has been promised: ask for one")

_QUESTIONS = frozenset({EventKind.QUESTION, EventKind.APPROVAL_ASKED})
_SINCE = {
    Stage.ASSIGNED: frozenset({EventKind.ASSIGNED, EventKind.HANDED_OVER}),
    Stage.FIXED: frozenset({EventKind.SOLVED}),
    Stage.DONE: frozenset({EventKind.CONFIRMED, EventKind.CLOSED}),
}
"""What the stages that are not worked on began with."""


def now_line(stands: Standing, over: Sequence[Overlay]) -> Line:
    """Say who has it, since when, what blocks it."""
    if stands.created is not None:
        return _unsent(stands.created)
    for overlay in over:
        if overlay.kind is OverlayKind.WAITING_FOR_YOU:
            return _waiting_for_you(stands, overlay)
        if overlay.kind is OverlayKind.CLOSED_UNHEARD:
            return _unheard(stands.stage).resting_on(since=overlay.since)
        if overlay.kind in _OVERLAY_NOW:
            told = line(_OVERLAY_NOW[overlay.kind])
            if overlay.reason:
                told = line(_OVERLAY_WHY[overlay.kind], reason=_short(overlay.reason))
            return told.resting_on(since=overlay.since)
    if stands.stage is Stage.VISIT:
        return _visit_now(stands.ticket, stands.clock.now)
    return _by_stage(stands)


def next_line(stands: Standing) -> Line:
    """Say what comes next and by when: a promise, the usual cadence as an aim, or that there is none."""
    ticket, created, now = stands.ticket, stands.created, stands.clock.now
    if created is not None:
        refused = created.delivery is Delivery.REJECTED
        return line("Change it and send it again" if refused else "Sent as soon as the desk can be reached")
    if stands.stage >= Stage.FIXED:
        return _next_at_the_end(ticket, stands.stage)
    if ticket.state is TicketState.WAITING_FOR_YOU:
        return line("It goes on when you answer")
    visit, promise = _visit_next(ticket.visit, now), _promise_next(stands.live)
    if visit is None or promise is None:
        return visit or promise or _without_promise(stands)
    under_way = ticket.visit is not None and ticket.visit.state is not VisitState.SCHEDULED
    return visit if under_way or (visit.by or now) <= (promise.by or now) else promise


def you_can(stands: Standing, over: Sequence[Overlay], following: Line) -> tuple[Act, ...]:
    """List what the person can do, the most useful first, as far as the desk lets them.

    `following` is the Next line: where it says "ask for one", one can.
    """
    ticket = stands.ticket
    if stands.created is not None:
        return ()
    wanted: list[Act] = []
    if stands.stage is Stage.FIXED:
        wanted += [Act.CONFIRM, Act.NOT_FIXED]
    for overlay in over:
        wanted += overlay.you_can
    if ticket.state is TicketState.CLOSED:
        wanted += [Act.NOT_FIXED, Act.RATE]
        if not ticket.may & {Act.NOT_FIXED, Act.REPLY}:
            wanted.append(Act.RAISE_AGAIN)
    if following is NOTHING_PROMISED:
        wanted.append(Act.ASK_FOR_NEWS)
    wanted.append(Act.REPLY)
    return tuple([act for act in dict.fromkeys(wanted) if _allowed(act, ticket)])


def _allowed(act: Act, ticket: Ticket) -> bool:
    if act in (Act.ANSWER, Act.ASK_FOR_NEWS):
        return Act.REPLY in ticket.may  # both are said in a reply
    if act is Act.FOLLOW:
        return ticket.merged_into is not None
    return act is Act.RAISE_AGAIN or act in ticket.may  # a new request needs no leave


def _unsent(created: Pending) -> Line:
    if created.delivery is Delivery.REJECTED:
        return line("Could not be sent: {reason}", reason=created.error or "the desk refused it")
    if created.delivery is Delivery.DELIVERED:
        return line("Sent. Waiting for the desk to show it")
    return line("Saved on this computer, not sent yet").resting_on(since=created.command.at)


def _next_at_the_end(ticket: Ticket, stage: Stage) -> Line:
    if ticket.state is TicketState.MERGED:
        return line("Follow the request that it goes on in")
    if stage is Stage.DONE:
        return line("Nothing more is planned")
    if ticket.auto_close_at is None:
        return line("Tell us whether it works")
    told = line("Closes {time} unless you say no", time=ticket.auto_close_at)
    return told.resting_on(by=ticket.auto_close_at)


def _waiting_for_you(stands: Standing, overlay: Overlay) -> Line:
    asked = last(stands.events, _QUESTIONS)
    if asked is None or not asked.text or (overlay.since is not None and asked.at < overlay.since):
        if overlay.reason:
            return line("Waiting for your answer: {reason}", reason=_short(overlay.reason)).resting_on(
                since=overlay.since
            )
        return line("Waiting for your answer").resting_on(since=overlay.since)
    who = asked.actor.first_name or stands.ticket.team or "IT"
    told = line("{who} asks: {question}", who=who, question=_short(asked.text))
    return told.resting_on(since=overlay.since, actor=asked.actor.name)


def _unheard(stage: Stage) -> Line:
    if stage is Stage.FIXED:
        return line("Set to fixed with no answer to your last message. Does it work?")
    return line("Closed with no answer to your last message")


def _by_stage(stands: Standing) -> Line:
    ticket, stage = stands.ticket, stands.stage
    who = (ticket.owner.name if ticket.owner else "") or ticket.team
    since = _since(ticket, stands.events, stage)
    if stage is Stage.RECEIVED:
        return line("The desk has it. Nobody has taken it yet").resting_on(since=since)
    if stage is Stage.ASSIGNED:
        told = line("With {who}", who=who) if who else line("Assigned")
        return told.resting_on(since=since, actor=who)
    if stage is Stage.FIXED:
        return line("IT thinks it is fixed. Does it work?").resting_on(since=since)
    if stage is Stage.DONE:
        return _ended(ticket, stands.events).resting_on(since=since)
    if ticket.state is TicketState.UNKNOWN and ticket.state_word:
        return line("The desk has set it to “{word}”", word=ticket.state_word).resting_on(
            since=since, actor=who
        )
    told = line("{who} is working on it", who=who) if who else line("Being worked on")
    return told.resting_on(since=since, actor=who)


def _visit_now(ticket: Ticket, now: datetime) -> Line:
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
        return told.resting_on(since=visit.ends or visit.starts, actor=name)
    return line("{who} comes {time}", who=name, time=visit.starts).resting_on(by=visit.starts, actor=name)


def _visit_next(visit: Visit | None, now: datetime) -> Line | None:
    if visit is None or not visit.is_ahead(now):
        return None
    if visit.state is VisitState.ON_SITE:
        return line("The technician looks at it with you")
    if visit.state is VisitState.ON_THE_WAY:
        end = visit.eta_latest or visit.ends
        if end is None or end <= now:
            return line("The technician arrives")
        return line("The technician arrives by {time}", time=end).resting_on(by=end)
    if visit.ends is None:
        return line("Visit {start}", start=visit.starts).resting_on(by=visit.starts)
    return line("Visit {start} – {end}", start=visit.starts, end=visit.ends).resting_on(by=visit.ends)


def _promise_next(live: Sequence[Promise]) -> Line | None:
    promise = min(live, key=lambda p: p.latest, default=None)
    if promise is None:
        return None
    late = promise.state is PromiseState.OVERDUE
    told = line((LATE if late else PROMISED)[promise.kind], time=promise.latest)
    return told.resting_on(by=promise.latest, actor=promise.made_by, promise_id=promise.id)


def _without_promise(stands: Standing) -> Line:
    missed, aimed = stands.missed, stands.aimed
    if missed is not None:
        told = line(LATE[missed.kind], time=missed.latest)
        return told.resting_on(by=missed.latest, promise_id=missed.id)
    if aimed is not None and stands.clock.now < aimed.latest:
        told = line("We aim to write by {time}", time=aimed.latest)
        return told.resting_on(by=aimed.latest, promise_id=aimed.id)
    return NOTHING_PROMISED


def _ended(ticket: Ticket, events: Sequence[Event]) -> Line:
    if ticket.state is TicketState.MERGED:
        return line("It goes on in another request")
    if ticket.state is TicketState.CANCELLED:
        if ticket.state_reason:
            return line("Cancelled: {reason}", reason=_short(ticket.state_reason))
        return line("Cancelled")
    return line("You confirmed that it works") if is_confirmed(events) else line("Closed")


def _since(ticket: Ticket, events: Sequence[Event], stage: Stage) -> datetime:
    kinds = _SINCE.get(stage)
    told = last(events, kinds) if kinds else None
    return told.at if told else (ticket.state_since or ticket.created_at)


def _short(text: str) -> str:
    first = " ".join(text.split())
    return first if len(first) <= 120 else first[:119].rstrip() + "…"
