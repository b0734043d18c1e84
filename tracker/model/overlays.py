"""Exceptions that hold now, most urgent first: each with since, why, who can end it, what you can do."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from tracker.model.asking import wished
from tracker.model.call import CallState
from tracker.model.command import Delivery, Pending
from tracker.model.endings import endings
from tracker.model.event import Event, EventKind
from tracker.model.history import last
from tracker.model.line import Line, line
from tracker.model.promise_overlays import about_promises, asked_detail
from tracker.model.standing import Standing
from tracker.model.ticket import Act, Ticket, TicketState
from tracker.model.track import URGENCY, Overlay, OverlayKind
from tracker.model.visit import VisitState
from tracker.model.wish import WishKind
from tracker.model.wish_titles import wish_title

FRESH = timedelta(days=1)
"""For how long a hand-over is worth a chip."""

_QUESTIONS = frozenset({EventKind.QUESTION, EventKind.APPROVAL_ASKED})
_HANDED_OVER = frozenset({EventKind.HANDED_OVER})
_VISIT_FAILED = frozenset({EventKind.VISIT_FAILED})
_OUTAGE = frozenset({EventKind.OUTAGE_LINKED})
_OFFERED = frozenset({EventKind.OPTIONS_OFFERED})
_CALL_MISSED = frozenset({EventKind.CALLBACK_MISSED})
_CALLED_OFF = frozenset({TicketState.CANCELLED, TicketState.MERGED})
_NO_CALL = {
    CallState.ASKED: line("None of your times for a call was taken"),
    CallState.BOOKED: line("The promised call did not come"),
    CallState.TRIED: line("We missed each other on the phone"),
    CallState.MISSED: line("The promised call did not come"),
}
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


def overlays(stands: Standing) -> tuple[Overlay, ...]:
    """List what holds now."""
    ticket = stands.ticket
    found = [*_sending(stands.pending)]
    if ticket.state.is_over or ticket.state is TicketState.RESOLVED:
        found += endings(stands)
    else:
        found += _waiting(stands)
        found += _powerless(stands)
        found += _exceptions(ticket, stands.events)
        found += about_promises(stands)
        found += _hand_over(stands)
    found += _missed_call(stands)
    return tuple(sorted(found, key=_urgency))


def _urgency(overlay: Overlay) -> tuple[bool, int]:
    return overlay.calm, URGENCY[overlay.kind]


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
        yield Overlay(
            kind,
            chip,
            ticket.state_since or ticket.updated_at,
            ticket.state_reason,
            line("{who}", who=ticket.waiting_for) if ticket.waiting_for else who,
            (Act.ASK_FOR_NEWS,) if stands.news_asked is None else (),
            detail=asked_detail(stands),
            until=ticket.state_until,
            meanwhile=ticket.meanwhile,
        )


def _powerless(stands: Standing) -> Iterator[Overlay]:
    """Tell that the desk can do nothing now and what is left to choose."""
    ticket = stands.ticket
    if not ticket.options:
        return
    offered = last(stands.events, _OFFERED)
    chosen = wished(stands.pending, WishKind.OPTION)
    yield Overlay(
        OverlayKind.POWERLESS,
        line("Nothing can be done right now"),
        offered.at if offered else ticket.state_since or ticket.updated_at,
        (offered.text or offered.details.reason if offered else None) or ticket.state_reason,
        line("You, by choosing what suits you"),
        (Act.CHOOSE,) if chosen is None else (),
        detail=None if chosen is None else wish_title(chosen, ticket.options),
        until=ticket.state_until,
        calm=chosen is not None,
    )


def _missed_call(stands: Standing) -> Iterator[Overlay]:
    """Offer a call that did not come again; it is not forgotten when the request is closed over it."""
    call, since = stands.call, stands.call_missed
    if call is None or since is None or stands.ticket.state in _CALLED_OFF:
        return
    told = last(stands.events, _CALL_MISSED)
    if told is not None and call.state is CallState.MISSED:
        since = told.at
    yield Overlay(
        OverlayKind.CALLBACK_MISSED,
        _NO_CALL[call.state],
        since,
        told.details.reason if told is not None else None,
        line("You and IT, with a new time"),
        (Act.ASK_FOR_CALL, *((Act.ASK_FOR_NEWS,) if stands.news_asked is None else ())),
        detail=asked_detail(stands),
        about=call.id,
    )


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
            (Act.ASK_FOR_NEWS,) if stands.news_asked is None else (),
            detail=_from_whom(handed),
        )


def _from_whom(handed: Event) -> Line:
    """Say from whom to whom, and that no reason was given where none was."""
    before, to = handed.details.previous, handed.details.person or handed.details.team
    values = {name: who for name, who in (("before", before), ("to", to)) if who}
    return line(_HANDED[bool(before), bool(to), bool(handed.details.reason)], **values)


_HANDED = {
    (False, False, True): "Handed over",
    (False, True, True): "To {to}",
    (True, False, True): "From {before}",
    (True, True, True): "From {before} to {to}",
    (False, False, False): "No reason was given",
    (False, True, False): "To {to}. No reason was given",
    (True, False, False): "From {before}. No reason was given",
    (True, True, False): "From {before} to {to}. No reason was given",
}
