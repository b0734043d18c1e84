"""Exceptions that hold now, most urgent first: each with since, why, who can end it, what you can do."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from tracker.model.command import Delivery, Pending
from tracker.model.event import Event, EventKind
from tracker.model.history import last, last_human_word, your_last_word
from tracker.model.line import line
from tracker.model.promise import LIVE, Promise, PromiseState
from tracker.model.promises import Clock
from tracker.model.ticket import Act, Ticket, TicketState
from tracker.model.track import URGENCY, Overlay, OverlayKind
from tracker.model.visit import VisitState

FRESH = timedelta(days=1)
"""For how long a hand-over is worth a chip."""

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


def overlays(
    ticket: Ticket,
    events: Sequence[Event],
    *,
    promises: Sequence[Promise],
    aimed: Promise | None,
    pending: Sequence[Pending],
    clock: Clock,
) -> tuple[Overlay, ...]:
    """List what holds now. `events` are in order, `promises` settled, `aimed` the usual cadence."""
    found = [
        *_sending(pending),
        *_waiting(ticket, events),
        *_exceptions(ticket, events),
        *_about_promises(promises, aimed, clock),
        *_endings(ticket, events),
        *_hand_over(ticket, events, clock),
    ]
    return tuple(sorted(found, key=lambda overlay: URGENCY[overlay.kind]))


def _sending(pending: Sequence[Pending]) -> Iterator[Overlay]:
    refused = next((p for p in pending if p.delivery is Delivery.REJECTED), None)
    if refused is not None:
        yield Overlay(
            OverlayKind.SENDING_FAILED,
            line("Could not be sent"),
            refused.command.at,
            refused.error,
            line("You: change it and send it again"),
        )
    elif any(p.delivery in (Delivery.QUEUED, Delivery.UNSURE) for p in pending):
        yield Overlay(
            OverlayKind.NOT_SENT,
            line("Not sent yet"),
            pending[0].command.at,
            None,
            line("This program, as soon as the desk can be reached"),
        )


def _waiting(ticket: Ticket, events: Sequence[Event]) -> Iterator[Overlay]:
    if ticket.state is TicketState.WAITING_FOR_YOU:
        asked = last(events, frozenset({EventKind.QUESTION, EventKind.APPROVAL_ASKED}))
        yield Overlay(
            OverlayKind.WAITING_FOR_YOU,
            line("Waiting for you"),
            asked.at if asked else ticket.state_since,
            ticket.state_reason,
            line("You, with an answer"),
            (Act.ANSWER,),
        )
    elif ticket.state in _WAITS:
        kind, chip, who = _WAITS[ticket.state]
        yield Overlay(kind, chip, ticket.state_since, ticket.state_reason, who, (Act.ASK_FOR_NEWS,))


def _exceptions(ticket: Ticket, events: Sequence[Event]) -> Iterator[Overlay]:
    over = ticket.state.is_over or ticket.state is TicketState.RESOLVED
    if ticket.visit is not None and ticket.visit.state is VisitState.FAILED and not over:
        told = last(events, frozenset({EventKind.VISIT_FAILED}))
        yield Overlay(
            OverlayKind.VISIT_FAILED,
            line("Visit did not happen"),
            told.at if told else None,
            ticket.visit.note or None,
            line("You and IT, with a new date"),
            (Act.REPLY,),
        )
    callback = last(
        events, frozenset({EventKind.CALLBACK_BOOKED, EventKind.CALLBACK_MISSED, EventKind.CALLBACK_DONE})
    )
    if callback is not None and callback.kind is EventKind.CALLBACK_MISSED and not over:
        yield Overlay(
            OverlayKind.CALLBACK_MISSED,
            line("We missed each other on the phone"),
            callback.at,
            callback.details.reason,
            line("IT, with a new call"),
            (Act.ASK_FOR_NEWS,),
        )
    if last(events, frozenset({EventKind.OUTAGE_LINKED})) is not None and not over:
        yield Overlay(OverlayKind.PART_OF_OUTAGE, line("Part of an outage"))


def _about_promises(promises: Sequence[Promise], aimed: Promise | None, clock: Clock) -> Iterator[Overlay]:
    live = [promise for promise in promises if promise.state in LIVE]
    missed = next((promise for promise in promises if promise.state is PromiseState.MISSED), None)
    # A miss stops colouring the card once a newer promise stands or a newer one of its kind was kept.
    if missed is not None and not any(p.made_at > missed.latest for p in promises):
        yield Overlay(
            OverlayKind.PROMISE_MISSED,
            line("Update overdue"),
            missed.latest,
            missed.reason,
            line("IT, with an answer"),
            (Act.ASK_FOR_NEWS,),
        )
    moved = next((promise for promise in live if promise.supersedes), None)
    if moved is not None:
        yield Overlay(OverlayKind.DELAYED, line("Delayed"), moved.made_at, moved.reason, line("IT"))
    if not live and missed is None and aimed is not None and clock.now > aimed.latest:
        yield Overlay(
            OverlayKind.QUIET,
            line("No news"),
            aimed.made_at,
            None,
            line("IT, with an answer"),
            (Act.ASK_FOR_NEWS,),
        )


def _endings(ticket: Ticket, events: Sequence[Event]) -> Iterator[Overlay]:
    if ticket.state is TicketState.MERGED:
        yield Overlay(
            OverlayKind.MERGED,
            line("Goes on in another request"),
            ticket.state_since,
            None,
            None,
            (Act.FOLLOW,),
        )
    elif ticket.state is TicketState.CANCELLED:
        yield Overlay(OverlayKind.CANCELLED, line("Cancelled"), ticket.state_since, ticket.state_reason)
    elif ticket.state in (TicketState.RESOLVED, TicketState.CLOSED) and _unheard(ticket, events):
        yield Overlay(
            OverlayKind.CLOSED_UNHEARD,
            line("Closed without an answer"),
            ticket.state_since,
            None,
            line("You: say that it is not fixed"),
            (Act.NOT_FIXED,),
        )


def _unheard(ticket: Ticket, events: Sequence[Event]) -> bool:
    # With no history told, silence proves nothing.
    if not events or last(events, frozenset({EventKind.CONFIRMED})) is not None:
        return False
    yours = your_last_word(events)
    word = last_human_word(events)
    return word is None or word.at < (yours.at if yours else ticket.created_at)


def _hand_over(ticket: Ticket, events: Sequence[Event], clock: Clock) -> Iterator[Overlay]:
    handed = last(events, frozenset({EventKind.HANDED_OVER}))
    over = ticket.state.is_over or ticket.state is TicketState.RESOLVED
    if handed is None or over or clock.now - handed.at > FRESH:
        return
    word = last_human_word(events)
    if word is None or word.at < handed.at:
        yield Overlay(
            OverlayKind.HANDED_OVER,
            line("Handed over"),
            handed.at,
            handed.details.reason,
            line("Whoever has it now, with a first word"),
        )
