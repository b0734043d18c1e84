"""Exceptions: each says since when, why, who can end it and what you can do; the most urgent first."""

import pytest

from tests.model.making import (
    WAYS_OUT,
    at,
    created,
    event,
    kinds,
    overlay,
    promised,
    said,
    seen,
    ticket,
    visit,
)
from tracker.model.command import Delivery, Pending, PostReply, new_command_id
from tracker.model.event import Event, EventKind
from tracker.model.person import SYSTEM
from tracker.model.promise import PromiseKind, PromiseState
from tracker.model.ticket import Ticket, TicketId, TicketState
from tracker.model.track import URGENCY, OverlayKind
from tracker.model.visit import VisitState

NOW = at(18, 12)
WORD = event(EventKind.REPLY, at(18, 11), text="We are on it.")
WORKING = TicketState.WORKING


def reply(delivery: Delivery, error: str | None = None) -> Pending:
    command = PostReply(new_command_id(), at(18, 11, 30), TicketId("7"), "Hello?")
    return Pending(command, delivery, error=error)


PUT_OFF = promised(at(20, 12), at(18), kind=PromiseKind.FIX, supersedes="p0", reason="the part")
STORIES: list[tuple[OverlayKind, Ticket, list[Event], tuple[Pending, ...]]] = [
    (
        OverlayKind.SENDING_FAILED,
        ticket(state=WORKING),
        [WORD],
        (reply(Delivery.REJECTED, "The request is closed."),),
    ),
    (
        OverlayKind.WAITING_FOR_YOU,
        ticket(state=TicketState.WAITING_FOR_YOU),
        [event(EventKind.QUESTION, at(18, 11), text="Which room?")],
        (),
    ),
    (
        OverlayKind.VISIT_FAILED,
        ticket(state=WORKING, visit=visit(VisitState.FAILED)),
        [event(EventKind.VISIT_FAILED, at(18, 11), text="Nobody was in.")],
        (),
    ),
    (
        OverlayKind.CALLBACK_MISSED,
        ticket(state=WORKING),
        [WORD, event(EventKind.CALLBACK_MISSED, at(18, 11, 30), reason="The line was busy.")],
        (),
    ),
    (
        OverlayKind.PROMISE_MISSED,
        ticket(state=WORKING, promises=(promised(at(18, 11, 30), at(18, 11, 1), reason="the part"),)),
        [WORD],
        (),
    ),
    (
        OverlayKind.CLOSED_UNHEARD,
        ticket(state=TicketState.CLOSED, state_since=at(18, 11)),
        [created(), event(EventKind.CLOSED, at(18, 11), SYSTEM)],
        (),
    ),
    (
        OverlayKind.POWERLESS,
        ticket(state=WORKING, options=WAYS_OUT),
        [WORD, event(EventKind.OPTIONS_OFFERED, at(18, 11), text="The part takes two weeks.")],
        (),
    ),
    (OverlayKind.NOT_SENT, ticket(state=WORKING), [WORD], (reply(Delivery.QUEUED),)),
    (
        OverlayKind.PART_OF_OUTAGE,
        ticket(state=WORKING),
        [WORD, event(EventKind.OUTAGE_LINKED, at(18, 11), SYSTEM, "The mail server is down.")],
        (),
    ),
    (
        OverlayKind.DELAYED,
        ticket(state=WORKING, promises=(PUT_OFF,)),
        [WORD],
        (),
    ),
    (OverlayKind.QUIET, ticket(state=WORKING), [created()], ()),
    (
        OverlayKind.WAITING_FOR_APPROVAL,
        ticket(state=TicketState.WAITING_FOR_APPROVAL, state_since=at(18), state_reason="Your manager."),
        [WORD],
        (),
    ),
    (
        OverlayKind.WAITING_FOR_SUPPLIER,
        ticket(state=TicketState.WAITING_FOR_SUPPLIER, state_since=at(18), state_reason="Ordered."),
        [WORD],
        (),
    ),
    (
        OverlayKind.WAITING_FOR_PARTS,
        ticket(state=TicketState.WAITING_FOR_PARTS, state_since=at(18), state_reason="A fan."),
        [WORD],
        (),
    ),
    (
        OverlayKind.WAITING_FOR_CHANGE,
        ticket(state=TicketState.WAITING_FOR_CHANGE, state_since=at(18), state_reason="On Sunday."),
        [WORD],
        (),
    ),
    (
        OverlayKind.HANDED_OVER,
        ticket(state=WORKING, created_at=at(18, 10)),
        [created(at(18, 10)), event(EventKind.HANDED_OVER, at(18, 11), reason="It is the network.")],
        (),
    ),
    (
        OverlayKind.MERGED,
        ticket(state=TicketState.MERGED, merged_into=TicketId("8"), state_since=at(18), state_reason="Same."),
        [WORD],
        (),
    ),
    (
        OverlayKind.CANCELLED,
        ticket(state=TicketState.CANCELLED, state_since=at(18), state_reason="Asked for by phone."),
        [WORD],
        (),
    ),
]
HAS_NO_REASON = {OverlayKind.NOT_SENT, OverlayKind.QUIET, OverlayKind.CLOSED_UNHEARD}
DONE_IN_THE_OUTBOX = {OverlayKind.SENDING_FAILED, OverlayKind.NOT_SENT}


@pytest.mark.parametrize(("kind", "subject", "history", "pending"), STORIES, ids=lambda v: str(v)[:20])
def test_each_says_since_when_why_who_ends_it_and_what_you_can_do(
    kind: OverlayKind, subject: Ticket, history: list[Event], pending: tuple[Pending, ...]
) -> None:
    drawn = seen(subject, history, NOW, pending)
    assert kinds(drawn) == [kind]
    found = overlay(drawn, kind)
    assert drawn.chip == found.chip
    assert said(found.chip, NOW)
    assert found.since is not None
    assert found.since <= NOW
    assert said(found.who_ends, NOW)
    assert bool(found.reason) == (kind not in HAS_NO_REASON)
    assert bool(found.you_can) == (kind not in DONE_IN_THE_OUTBOX)
    assert set(found.you_can) <= set(drawn.you_can)


def test_every_exception_but_those_told_elsewhere_has_a_story() -> None:
    # `stale` is about the connection, which a ticket knows nothing of.
    told = {story[0] for story in STORIES}
    assert set(OverlayKind) - told == {OverlayKind.STALE}


def test_several_hold_at_once_and_the_most_urgent_colours_the_card() -> None:
    subject = ticket(
        state=TicketState.WAITING_FOR_YOU,
        visit=visit(VisitState.FAILED),
        promises=(promised(at(18, 9), at(17, 10), state=PromiseState.MISSED),),
    )
    history = [
        event(EventKind.OUTAGE_LINKED, at(18, 10)),
        event(EventKind.HANDED_OVER, at(18, 11)),
    ]
    drawn = seen(subject, history, NOW, (reply(Delivery.UNSURE),))
    assert kinds(drawn) == [
        OverlayKind.WAITING_FOR_YOU,
        OverlayKind.VISIT_FAILED,
        OverlayKind.PROMISE_MISSED,
        OverlayKind.NOT_SENT,
        OverlayKind.PART_OF_OUTAGE,
        OverlayKind.HANDED_OVER,
    ]
    assert said(drawn.chip, NOW) == "Waiting for you"
    assert sorted(kinds(drawn), key=URGENCY.__getitem__) == kinds(drawn)


# Waiting for you
