"""Two of the three lines that answer "what is going on": Now and Next."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from tracker.model.chat_rows import in_the_chat
from tracker.model.command import Delivery, Pending
from tracker.model.event import Event, EventKind
from tracker.model.history import is_confirmed, last
from tracker.model.line import Line, line
from tracker.model.promise import Promise, PromiseKind, PromiseState
from tracker.model.promise_words import LATE, PROMISED
from tracker.model.stage import Stage
from tracker.model.standing import Standing
from tracker.model.ticket import Ticket, TicketState
from tracker.model.track import Overlay, OverlayKind
from tracker.model.visit import VisitState
from tracker.model.visit_lines import call_asked, call_next, call_now, visit_next, visit_now

_OVERLAY_NOW = {
    OverlayKind.VISIT_FAILED: "The visit did not happen",
    OverlayKind.WAITING_FOR_APPROVAL: "Waiting for somebody to approve it",
    OverlayKind.WAITING_FOR_SUPPLIER: "Waiting for a supplier",
    OverlayKind.WAITING_FOR_PARTS: "Waiting for parts",
    OverlayKind.WAITING_FOR_CHANGE: "Waiting for a planned change",
    OverlayKind.POWERLESS: "Nothing can be done right now. You can choose what suits you",
}
"""What blocks it, as the Now line says it."""
_OVERLAY_WHY = {
    OverlayKind.VISIT_FAILED: "The visit did not happen: {reason}",
    OverlayKind.WAITING_FOR_APPROVAL: "Waiting for somebody to approve it: {reason}",
    OverlayKind.WAITING_FOR_SUPPLIER: "Waiting for a supplier: {reason}",
    OverlayKind.WAITING_FOR_PARTS: "Waiting for parts: {reason}",
    OverlayKind.WAITING_FOR_CHANGE: "Waiting for a planned change: {reason}",
    OverlayKind.POWERLESS: "Nothing can be done right now: {reason}",
}

NOTHING_PROMISED = line("No update has been promised: ask for one")

_UNDER_WAY = frozenset({VisitState.ON_THE_WAY, VisitState.ON_SITE})
WAITING = frozenset(
    {
        TicketState.WAITING_FOR_SUPPLIER,
        TicketState.WAITING_FOR_APPROVAL,
        TicketState.WAITING_FOR_PARTS,
        TicketState.WAITING_FOR_CHANGE,
    }
)
"""States in which it waits for somebody else."""
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
        told = _exception_now(stands, overlay)
        if told is not None:
            return told.resting_on(since=overlay.since, actor=told.actor)
    ringing = call_now(stands.call, stands.clock.now) if stands.stage < Stage.FIXED else None
    if ringing is not None:
        return ringing
    if stands.stage is Stage.VISIT:
        return visit_now(stands.ticket, stands.clock.now)
    joined = in_the_chat(stands.events) if stands.stage < Stage.FIXED else None
    if joined is not None:
        who = joined.actor.name or joined.details.person or "IT"
        return line("{who} is chatting with you", who=who).resting_on(since=joined.at, actor=who)
    return _by_stage(stands)


def _exception_now(stands: Standing, overlay: Overlay) -> Line | None:
    """Say what blocks it; None where the exception blocks nothing."""
    if overlay.kind is OverlayKind.WAITING_FOR_YOU:
        return _waiting_for_you(stands, overlay)
    if overlay.kind is OverlayKind.CLOSED_UNHEARD:
        return _unheard(stands.stage)
    if overlay.kind not in _OVERLAY_NOW:
        return None
    if overlay.reason:
        return line(_OVERLAY_WHY[overlay.kind], reason=_short(overlay.reason))
    return line(_OVERLAY_NOW[overlay.kind])


def next_line(stands: Standing) -> Line:
    """Say what comes next and by when: a promise, the usual cadence as an aim, or that there is none."""
    ticket, created, now = stands.ticket, stands.created, stands.clock.now
    if created is not None:
        refused = created.delivery is Delivery.REJECTED
        return line("Change it and send it again" if refused else "Sent as soon as the desk can be reached")
    if stands.stage >= Stage.FIXED:
        return _next_at_the_end(ticket, stands.stage, now)
    if ticket.state is TicketState.WAITING_FOR_YOU:
        return line("It goes on when you answer")
    under_way = ticket.visit is not None and ticket.visit.state in _UNDER_WAY
    visit = visit_next(ticket.visit, now) if under_way else None
    soonest = min(_coming(stands), key=lambda told: told.by or now, default=None)
    return visit or soonest or _without_promise(stands)


def _coming(stands: Standing) -> Iterator[Line]:
    """Give what is on its way: a visit, a call, what was promised besides them."""
    now = stands.clock.now
    visit, call = visit_next(stands.ticket.visit, now), call_next(stands.call, now)
    if visit is not None:
        yield visit
    if call is not None:
        yield call
    promise = _promise_next([p for p in stands.live if call is None or p.kind is not PromiseKind.CALLBACK])
    if promise is not None:
        yield promise


def _unsent(created: Pending) -> Line:
    if created.delivery is Delivery.REJECTED:
        return line("Could not be sent: {reason}", reason=created.error or "the desk refused it")
    if created.delivery is Delivery.DELIVERED:
        return line("Sent. Waiting for the desk to show it")
    return line("Saved on this computer, not sent yet").resting_on(since=created.command.at)


def _next_at_the_end(ticket: Ticket, stage: Stage, now: datetime) -> Line:
    if ticket.state is TicketState.MERGED:
        return line("Follow the request that it goes on in")
    if stage is Stage.DONE:
        return line("Nothing more is planned")
    if ticket.auto_close_at is None or ticket.auto_close_at <= now:
        return line("Tell us whether it works")
    told = line("Closes {time} unless you say no", time=ticket.auto_close_at)
    return told.resting_on(by=ticket.auto_close_at)


def _waiting_for_you(stands: Standing, overlay: Overlay) -> Line:
    asked = last(stands.events, _QUESTIONS)
    if asked is None or not asked.text or (overlay.since is not None and asked.at < overlay.since):
        if overlay.reason:
            return line("Waiting for your answer: {reason}", reason=_short(overlay.reason))
        return line("Waiting for your answer")
    who = asked.actor.first_name or stands.ticket.team or "IT"
    told = line("{who} asks: {question}", who=who, question=_short(asked.text))
    return told.resting_on(actor=asked.actor.name)


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


def _promise_next(live: Sequence[Promise]) -> Line | None:
    promise = min(live, key=lambda p: p.latest, default=None)
    if promise is None:
        return None
    late = promise.state is PromiseState.OVERDUE
    told = line((LATE if late else PROMISED)[promise.kind], time=promise.latest)
    return told.resting_on(by=promise.latest, actor=promise.made_by, promise_id=promise.id)


def _without_promise(stands: Standing) -> Line:
    missed, aimed, now = stands.missed, stands.aimed, stands.clock.now
    asked = call_asked(stands.call) if stands.call_missed is None else None
    if asked is not None:
        return asked
    if missed is not None:
        told = line(LATE[missed.kind], time=missed.latest)
        return told.resting_on(by=missed.latest, promise_id=missed.id)
    until = stands.ticket.state_until
    if until is not None and until > now and stands.ticket.state in WAITING:
        return line("It should go on about {time}", time=until).resting_on(by=until)
    if aimed is not None and now < aimed.latest:
        told = line("We aim to write by {time}", time=aimed.latest)
        return told.resting_on(by=aimed.latest, promise_id=aimed.id)
    if stands.news_asked is not None:
        told = line("You asked for news {time}. The answer is still to come", time=stands.news_asked)
        return told.resting_on(since=stands.news_asked)
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
