"""Exceptions that hold now, most urgent first: each with since, why, who can end it, what you can do."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from tracker.model.command import Delivery, Pending
from tracker.model.event import Event, EventKind
from tracker.model.history import is_confirmed, last, your_last_word
from tracker.model.line import line
from tracker.model.person import ActorKind
from tracker.model.promise import Promise, PromiseKind, PromiseState
from tracker.model.standing import Standing
from tracker.model.ticket import Act, Ticket, TicketState
from tracker.model.track import URGENCY, Overlay, OverlayKind
from tracker.model.visit import VisitState

FRESH = timedelta(days=1)
"""For how long a hand-over is worth a chip."""

_QUESTIONS = frozenset({EventKind.QUESTION, EventKind.APPROVAL_ASKED})
_CALLS = frozenset({EventKind.CALLBACK_BOOKED, EventKind.CALLBACK_MISSED, EventKind.CALLBACK_DONE})
_CLOSES = frozenset({EventKind.SOLVED, EventKind.CLOSED})
_HANDED_OVER = frozenset({EventKind.HANDED_OVER})
_VISIT_FAILED = frozenset({EventKind.VISIT_FAILED})
_OUTAGE = frozenset({EventKind.OUTAGE_LINKED})
_WAITS = {
    TicketState.WAITING_FOR_SUPPLIER: (
        OverlayKind.WAITING_FOR_SUPPLIER,
        line("Waiting for a supplier"),
        line("The supplier"),
    ),
    TicketState.WAITING_FOR_APPROVAL: (
        OverlayKind.WAITING_FOR_APPROVAL,
        line("Waiting for approval"),
        line("Whoever approves it"),
    ),
    TicketState.WAITING_FOR_PARTS: (
        OverlayKind.WAITING_FOR_PARTS,
        line("Waiting for parts"),
        line("The delivery"),
    ),
    TicketState.WAITING_FOR_CHANGE: (
        OverlayKind.WAITING_FOR_CHANGE,
        line("Waiting for a planned change"),
        line("IT, on the planned date"),
    ),
}
_OVERDUE = {
    PromiseKind.FIRST_REPLY: line("Reply overdue"),
    PromiseKind.NEXT_UPDATE: line("Update overdue"),
    PromiseKind.FIX: line("Fix overdue"),
    PromiseKind.VISIT: line("Visit overdue"),
    PromiseKind.CALLBACK: line("Call overdue"),
}


def overlays(stands: Standing) -> tuple[Overlay, ...]:
    """List what holds now."""
    ticket = stands.ticket
    found = [*_sending(stands.pending)]
    if ticket.state.is_over or ticket.state is TicketState.RESOLVED:
        found += _endings(stands)
    else:
        found += _waiting(stands)
        found += _exceptions(ticket, stands.events)
        found += _about_promises(stands)
        found += _hand_over(stands)
    return tuple(sorted(found, key=_urgency))


def _urgency(overlay: Overlay) -> int:
    return URGENCY[overlay.kind]


def _sending(pending: Sequence[Pending]) -> Iterator[Overlay]:
    refused = next((p for p in pending if p.delivery is Delivery.REJECTED), None)
    waiting = next((p for p in pending if p.delivery in (Delivery.QUEUED, Delivery.UNSURE)), None)
    if refused is not None:
        yield Overlay(
            OverlayKind.SENDING_FAILED,
            line("Could not be sent"),
            refused.command.at,
            refused.error,
            line("You: change it and send it again"),
        )
    elif waiting is not None:
        yield Overlay(
            OverlayKind.NOT_SENT,
            line("Not sent yet"),
            waiting.command.at,
            None,
            line("This program, as soon as the desk can be reached"),
        )


def _waiting(stands: Standing) -> Iterator[Overlay]:
    ticket = stands.ticket
    if ticket.state is TicketState.WAITING_FOR_YOU:
        since = stands.waits[-1][0]
        asked = last(stands.events, _QUESTIONS)
        question = asked.text if asked is not None and asked.at >= since else ""
        yield Overlay(
            OverlayKind.WAITING_FOR_YOU,
            line("Waiting for you"),
            since,
            ticket.state_reason or question or None,
            line("You, with an answer"),
            (Act.ANSWER,),
        )
    elif ticket.state in _WAITS:
        kind, chip, who = _WAITS[ticket.state]
        since = ticket.state_since or ticket.updated_at
        yield Overlay(kind, chip, since, ticket.state_reason, who, (Act.ASK_FOR_NEWS,))


def _exceptions(ticket: Ticket, events: Sequence[Event]) -> Iterator[Overlay]:
    if ticket.visit is not None and ticket.visit.state is VisitState.FAILED:
        told = last(events, _VISIT_FAILED)
        yield Overlay(
            OverlayKind.VISIT_FAILED,
            line("Visit did not happen"),
            told.at if told else ticket.updated_at,
            ((told.details.reason or told.text) if told else ticket.visit.note) or None,
            line("You and IT, with a new date"),
            (Act.REPLY,),
        )
    call = last(events, _CALLS)
    if call is not None and call.kind is EventKind.CALLBACK_MISSED:
        yield Overlay(
            OverlayKind.CALLBACK_MISSED,
            line("We missed each other on the phone"),
            call.at,
            call.details.reason,
            line("IT, with a new call"),
            (Act.ASK_FOR_NEWS,),
        )
    outage = last(events, _OUTAGE)
    if outage is not None:
        yield Overlay(
            OverlayKind.PART_OF_OUTAGE,
            line("Part of an outage"),
            outage.at,
            outage.details.reason or outage.text or None,
            line("IT, by ending the outage"),
            (Act.REPLY,),
        )


def _about_promises(stands: Standing) -> Iterator[Overlay]:
    missed, aimed = stands.missed, stands.aimed
    if missed is not None:
        yield Overlay(
            OverlayKind.PROMISE_MISSED,
            _OVERDUE[missed.kind],
            missed.latest,
            missed.reason,
            line("IT, with an answer"),
            (Act.ASK_FOR_NEWS,),
        )
    by_id = {promise.id: promise for promise in stands.promises}
    for promise in stands.live:
        if _is_delay(promise, by_id):
            ends = line("IT, by keeping the new date")
            yield Overlay(
                OverlayKind.DELAYED,
                line("Delayed"),
                promise.made_at,
                promise.reason,
                ends,
                (Act.ASK_FOR_NEWS,),
            )
            break
    if missed is None and aimed is not None and stands.clock.now >= aimed.latest:
        yield Overlay(
            OverlayKind.QUIET,
            line("No news"),
            aimed.made_at,
            None,
            line("IT, with an answer"),
            (Act.ASK_FOR_NEWS,),
        )


def _is_delay(promise: Promise, by_id: Mapping[str, Promise]) -> bool:
    """Say whether a promise put off an earlier one: no follow-up of one that was kept, no good news."""
    if promise.supersedes is None:
        return False
    before = by_id.get(promise.supersedes)
    return before is None or (before.state is not PromiseState.KEPT and promise.latest > before.latest)


def _endings(stands: Standing) -> Iterator[Overlay]:
    ticket = stands.ticket
    since = ticket.state_since or ticket.updated_at
    if ticket.state is TicketState.MERGED:
        yield Overlay(
            OverlayKind.MERGED,
            line("Goes on in another request"),
            since,
            ticket.state_reason,
            line("Nobody: the other request goes on"),
            (Act.FOLLOW,),
        )
    elif ticket.state is TicketState.CANCELLED:
        yield Overlay(
            OverlayKind.CANCELLED,
            line("Cancelled"),
            since,
            ticket.state_reason,
            line("You: raise it again if you still need it"),
            (Act.RAISE_AGAIN,),
        )
    elif _unheard(stands):
        yield Overlay(
            OverlayKind.CLOSED_UNHEARD,
            line("Closed without an answer"),
            since,
            None,
            line("You: say that it is not fixed"),
            (Act.NOT_FIXED,),
        )


def _unheard(stands: Standing) -> bool:
    # With no history told, silence proves nothing; who closes a request themselves waits for no answer.
    closed = last(stands.events, _CLOSES)
    by_you = closed is not None and closed.actor.kind is ActorKind.YOU
    if not stands.events or by_you or is_confirmed(stands.events):
        return False
    yours = your_last_word(stands.events)
    word = stands.word
    return word is None or word.at < (yours.at if yours else stands.ticket.created_at)


def _hand_over(stands: Standing) -> Iterator[Overlay]:
    handed, word = last(stands.events, _HANDED_OVER), stands.word
    if handed is None or stands.clock.now - handed.at >= FRESH:
        return
    if word is None or word.at < handed.at:
        yield Overlay(
            OverlayKind.HANDED_OVER,
            line("Handed over"),
            handed.at,
            handed.details.reason,
            line("Whoever has it now, with a first word"),
            (Act.ASK_FOR_NEWS,),
        )
