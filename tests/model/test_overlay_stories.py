"""When each exception begins and ends, and what is said of it."""

import pytest

from tests.model.making import (
    PRIYA,
    YOU,
    at,
    created,
    event,
    kinds,
    overlay,
    said,
    seen,
    ticket,
    visit,
)
from tracker.model.command import CreateTicket, Delivery, Pending, PostReply, new_command_id
from tracker.model.event import Event, EventKind
from tracker.model.person import SYSTEM
from tracker.model.stage import Stage
from tracker.model.ticket import Act, TicketId, TicketState
from tracker.model.track import OverlayKind
from tracker.model.visit import VisitState

NOW = at(18, 12)
WORD = event(EventKind.REPLY, at(18, 11), text="We are on it.")
WORKING = TicketState.WORKING


def reply(delivery: Delivery, error: str | None = None) -> Pending:
    command = PostReply(new_command_id(), at(18, 11, 30), TicketId("7"), "Hello?")
    return Pending(command, delivery, error=error)


def test_the_question_itself_is_shown() -> None:
    asked = event(EventKind.QUESTION, at(18, 10), PRIYA, "Which room\n\nare you in?")
    drawn = seen(ticket(state=TicketState.WAITING_FOR_YOU, state_since=at(18, 10)), [asked], NOW)
    assert said(drawn.now, NOW) == "Priya asks: Which room are you in?"
    assert (drawn.now.since, drawn.now.actor) == (at(18, 10), "Priya Nair")
    assert said(drawn.next, NOW) == "It goes on when you answer"
    assert drawn.you_can[0] is Act.ANSWER


def test_a_question_without_a_name_is_asked_by_the_team_or_by_it() -> None:
    asked = event(EventKind.QUESTION, at(18, 10), SYSTEM, "Which room?")
    waiting = TicketState.WAITING_FOR_YOU
    assert said(seen(ticket(state=waiting), [asked], NOW).now, NOW) == "IT asks: Which room?"
    assert said(seen(ticket(state=waiting, team="Network"), [asked], NOW).now, NOW) == (
        "Network asks: Which room?"
    )


def test_an_old_question_is_not_asked_again() -> None:
    history = [
        event(EventKind.QUESTION, at(17, 10), PRIYA, "Which room?"),
        event(EventKind.ANSWER, at(17, 11), YOU, "The blue one."),
    ]
    subject = ticket(state=TicketState.WAITING_FOR_YOU, state_since=at(18, 9))
    assert said(seen(subject, history, NOW).now, NOW) == "Waiting for your answer"
    why = ticket(state=TicketState.WAITING_FOR_YOU, state_since=at(18, 9), state_reason="Your signature.")
    assert said(seen(why, history, NOW).now, NOW) == "Waiting for your answer: Your signature."
    assert seen(subject, history, NOW).now.since == at(18, 9)


def test_a_long_question_is_cut() -> None:
    asked = event(EventKind.QUESTION, at(18, 10), PRIYA, "word " * 100)
    told = said(seen(ticket(state=TicketState.WAITING_FOR_YOU), [asked], NOW).now, NOW)
    assert len(told) < 140
    assert told.endswith("word…")


# The others


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (TicketState.WAITING_FOR_APPROVAL, "Waiting for somebody to approve it"),
        (TicketState.WAITING_FOR_SUPPLIER, "Waiting for a supplier"),
        (TicketState.WAITING_FOR_PARTS, "Waiting for parts"),
        (TicketState.WAITING_FOR_CHANGE, "Waiting for a planned change"),
    ],
)
def test_what_blocks_it_is_said_now_with_the_reason(state: TicketState, words: str) -> None:
    bare = seen(ticket(state=state, state_since=at(18)), [WORD], NOW)
    reasoned = seen(ticket(state=state, state_reason="Back on Monday"), [WORD], NOW)
    assert (said(bare.now, NOW), bare.now.since) == (words, at(18))
    assert said(reasoned.now, NOW) == f"{words}: Back on Monday"


def test_a_failed_visit_says_why_and_ends_with_a_new_one() -> None:
    failed = event(EventKind.VISIT_FAILED, at(18, 10), text="Nobody was in.")
    drawn = seen(ticket(state=WORKING, visit=visit(VisitState.FAILED)), [failed], NOW)
    assert said(drawn.now, NOW) == "The visit did not happen: Nobody was in."
    silent = seen(ticket(state=WORKING, visit=visit(VisitState.FAILED)), [WORD], NOW)
    assert said(silent.now, NOW) == "The visit did not happen"
    assert overlay(silent, OverlayKind.VISIT_FAILED).since == silent.ticket.updated_at
    again = seen(ticket(state=TicketState.VISIT, visit=visit()), [failed], NOW)
    assert kinds(again) == []


def test_a_missed_call_ends_with_the_next_one() -> None:
    missed = event(EventKind.CALLBACK_MISSED, at(18, 10))
    booked = event(EventKind.CALLBACK_BOOKED, at(18, 11))
    assert OverlayKind.CALLBACK_MISSED in kinds(seen(ticket(state=WORKING), [missed], NOW))
    assert OverlayKind.CALLBACK_MISSED not in kinds(seen(ticket(state=WORKING), [missed, booked], NOW))


@pytest.mark.parametrize("state", [TicketState.RESOLVED, TicketState.CLOSED, TicketState.MERGED])
def test_what_is_over_has_no_open_exceptions(state: TicketState) -> None:
    history = [
        event(EventKind.VISIT_FAILED, at(18, 10)),
        event(EventKind.CALLBACK_MISSED, at(18, 10)),
        event(EventKind.OUTAGE_LINKED, at(18, 10)),
        event(EventKind.HANDED_OVER, at(18, 10)),
        WORD,
    ]
    drawn = seen(ticket(state=state, visit=visit(VisitState.FAILED)), history, NOW)
    assert set(kinds(drawn)) <= {OverlayKind.MERGED}


def test_a_hand_over_is_news_until_a_word_or_for_a_day() -> None:
    handed = event(EventKind.HANDED_OVER, at(18, 10), person="Ravi Menon")
    subject = ticket(state=WORKING, created_at=at(18))
    assert kinds(seen(subject, [handed], NOW)) == [OverlayKind.HANDED_OVER]
    assert kinds(seen(subject, [handed, WORD], NOW)) == []
    assert OverlayKind.HANDED_OVER not in kinds(seen(subject, [handed], at(19, 10)))
    assert seen(subject, [handed, WORD], NOW).next_due == at(19, 11)  # the usual cadence
    assert seen(subject, [handed], at(18, 23)).next_due == at(19, 10)


# Closed unheard


def test_closed_without_a_word_since_your_last_message_says_so_before_it_asks() -> None:
    history = [
        created(),
        event(EventKind.REPLY, at(17, 10), text="We look into it."),
        event(EventKind.REPLY, at(17, 11), YOU, "It is worse now."),
        event(EventKind.SOLVED, at(18, 10), PRIYA),
    ]
    asks = seen(ticket(state=TicketState.RESOLVED), history, NOW)
    assert (asks.stage, kinds(asks)) == (Stage.FIXED, [OverlayKind.CLOSED_UNHEARD])
    assert said(asks.now, NOW) == "Set to fixed with no answer to your last message. Does it work?"
    closed = seen(ticket(state=TicketState.CLOSED), history, NOW)
    assert said(closed.now, NOW) == "Closed with no answer to your last message"
    assert closed.you_can == (Act.NOT_FIXED, Act.RATE, Act.THANK, Act.REPLY)


@pytest.mark.parametrize(
    "history",
    [
        [],
        [created(), event(EventKind.SOLVED, at(18, 10), PRIYA, "Fixed it.")],
        [created(), event(EventKind.REPLY, at(17, 10), text="Restart."), event(EventKind.SOLVED, at(18, 10))],
        [created(), event(EventKind.CLOSED, at(18, 10), YOU)],
        [created(), event(EventKind.SOLVED, at(18, 10)), event(EventKind.CONFIRMED, at(18, 11), YOU)],
    ],
    ids=["no history", "with words", "answered before", "by you", "confirmed"],
)
def test_a_proper_ending_is_not_unheard(history: list[Event]) -> None:
    assert kinds(seen(ticket(state=TicketState.CLOSED), history, NOW)) == []


def test_a_confirmation_of_long_ago_does_not_excuse_silence() -> None:
    history = [
        created(),
        event(EventKind.SOLVED, at(17, 10), text="Fixed."),
        event(EventKind.CONFIRMED, at(17, 11), YOU),
        event(EventKind.NOT_FIXED, at(17, 15), YOU, "It came back."),
        event(EventKind.CLOSED, at(18, 10), SYSTEM),
    ]
    assert kinds(seen(ticket(state=TicketState.CLOSED), history, NOW)) == [OverlayKind.CLOSED_UNHEARD]


# What is not sent


def test_what_is_on_its_way_says_so_until_the_desk_has_it() -> None:
    for delivery in (Delivery.QUEUED, Delivery.UNSURE):
        assert kinds(seen(ticket(state=WORKING), [WORD], NOW, (reply(delivery),))) == [OverlayKind.NOT_SENT]
    assert kinds(seen(ticket(state=WORKING), [WORD], NOW, (reply(Delivery.DELIVERED),))) == []
    pending = (reply(Delivery.DELIVERED), reply(Delivery.QUEUED))
    waiting = overlay(seen(ticket(state=WORKING), [WORD], NOW, pending), OverlayKind.NOT_SENT)
    assert waiting.since == pending[1].command.at


def test_a_refusal_is_told_before_what_waits() -> None:
    pending = (reply(Delivery.QUEUED), reply(Delivery.REJECTED, "The request is closed."))
    drawn = seen(ticket(state=WORKING), [WORD], NOW, pending)
    assert kinds(drawn) == [OverlayKind.SENDING_FAILED]
    assert drawn.overlays[0].reason == "The request is closed."


def test_a_create_on_a_stored_ticket_is_no_concern() -> None:
    command = CreateTicket(new_command_id(), at(18), "it", "Sound", "None.")
    drawn = seen(ticket(state=WORKING), [WORD], NOW, (Pending(command, Delivery.DELIVERED),))
    assert kinds(drawn) == []
