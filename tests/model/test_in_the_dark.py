"""Never in the dark: what it waits for, who has it and why, what can be chosen, when a call would help."""

import pytest

from tests.model.making import (
    PRIYA,
    WAYS_OUT,
    YOU,
    DetailFields,
    at,
    call,
    event,
    kinds,
    overlay,
    said,
    seen,
    ticket,
    waiting,
    wish,
)
from tracker.model.event import EventKind
from tracker.model.ticket import Act, TicketState
from tracker.model.track import OverlayKind
from tracker.model.wish import WishKind

NOW = at(18, 12)
WORD = event(EventKind.REPLY, at(18, 11), text="We are on it.")
PARTS = TicketState.WAITING_FOR_PARTS


def test_waiting_says_since_when_why_who_ends_it_until_when_and_what_to_do_meanwhile() -> None:
    subject = ticket(
        state=PARTS,
        state_since=at(18, 10),
        state_reason="A fan is on order",
        state_until=at(20, 16),
        waiting_for="The supplier, Fans and Sons",
        meanwhile="Use the laptop flat on the table.",
    )
    told = seen(subject, [WORD], NOW)
    found = overlay(told, OverlayKind.WAITING_FOR_PARTS)
    assert (found.since, found.reason, found.until) == (at(18, 10), "A fan is on order", at(20, 16))
    assert said(found.who_ends, NOW) == "The supplier, Fans and Sons"
    assert found.meanwhile == "Use the laptop flat on the table."
    assert said(told.next, NOW) == "It should go on about Thu 20 Nov, 16:00"
    assert told.next_due is not None
    assert said(seen(subject, [WORD], at(20, 16)).next, at(20, 16)) != "It should go on about 16:00"


def test_a_wait_that_ends_later_says_so_in_its_row() -> None:
    held = event(EventKind.ON_HOLD, at(18, 10), until=at(20, 16))
    row = seen(ticket(state=PARTS), [held], NOW).entries[0]
    assert said(row.note, NOW) == "Until about Thu 20 Nov, 16:00"


def test_news_asked_for_while_it_waits_is_shown_there() -> None:
    asked = waiting(wish(WishKind.NEWS, at(18, 11, 30)))
    found = overlay(seen(ticket(state=PARTS), [WORD], NOW, (asked,)), OverlayKind.WAITING_FOR_PARTS)
    assert said(found.detail, NOW) == "You asked for news 11:30"
    assert found.you_can == ()


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"previous": "Ana", "team": "Apps", "reason": "It is an app"}, "From Ana to Apps"),
        ({"previous": "Ana", "person": "Ravi"}, "From Ana to Ravi. No reason was given"),
        ({"person": "Ravi", "team": "Apps"}, "To Ravi. No reason was given"),
        ({"team": "Apps", "reason": "It is an app"}, "To Apps"),
        ({"previous": "Ana"}, "From Ana. No reason was given"),
        ({"previous": "Ana", "reason": "On leave"}, "From Ana"),
        ({"reason": "On leave"}, "Handed over"),
        ({}, "No reason was given"),
    ],
)
def test_a_hand_over_says_from_whom_to_whom_and_why_or_that_nobody_said(
    details: DetailFields, words: str
) -> None:
    handed = event(EventKind.HANDED_OVER, at(18, 11, 30), **details)
    told = seen(ticket(state=TicketState.ASSIGNED), [WORD, handed], NOW)
    found = overlay(told, OverlayKind.HANDED_OVER)
    assert said(found.detail, NOW) == words
    assert found.reason == details.get("reason")


def test_where_the_desk_can_do_nothing_the_ways_out_are_laid_out() -> None:
    offered = event(EventKind.OPTIONS_OFFERED, at(18, 11, 30), text="The part comes in two weeks.")
    told = seen(ticket(state=PARTS, options=WAYS_OUT, state_since=at(18, 9)), [WORD, offered], NOW)
    found = overlay(told, OverlayKind.POWERLESS)
    assert kinds(told)[0] is OverlayKind.POWERLESS
    assert (found.since, found.reason) == (at(18, 11, 30), "The part comes in two weeks.")
    assert said(told.now, NOW) == "Nothing can be done right now: The part comes in two weeks."
    assert told.you_can[0] is Act.CHOOSE
    bare = seen(ticket(state=TicketState.WORKING, options=WAYS_OUT), [WORD], NOW)
    assert said(bare.now, NOW) == "Nothing can be done right now. You can choose what suits you"


def test_what_was_chosen_is_said_and_urges_no_longer() -> None:
    chosen = waiting(wish(WishKind.OPTION, NOW, about="w1"))
    told = seen(ticket(state=TicketState.WORKING, options=WAYS_OUT), [WORD], NOW, (chosen,))
    found = overlay(told, OverlayKind.POWERLESS)
    assert said(found.detail, NOW) == "You chose: A loan laptop"
    assert (found.calm, Act.CHOOSE in told.you_can) == (True, False)


def test_what_goes_in_circles_offers_a_call_until_one_is_coming() -> None:
    words = [
        event(EventKind.REPLY, at(18, 9, minute), PRIYA if minute % 2 else YOU, "Again.", name=f"w{minute}")
        for minute in range(6)
    ]
    subject = ticket(state=TicketState.WORKING, created_at=at(17), may=frozenset({Act.REPLY}))
    told = seen(subject, words, NOW)
    assert told.in_circles
    assert said(told.hint, NOW) == "Many messages and no step further: a call may be quicker"
    assert Act.ASK_FOR_CALL in told.you_can
    asked = seen(ticket(state=TicketState.WORKING, call=call()), words, NOW)
    assert (asked.in_circles, asked.hint) == (False, None)


def test_a_desk_that_books_calls_can_always_be_asked_for_one() -> None:
    calm = ticket(state=TicketState.WORKING, may=frozenset({Act.REPLY, Act.ASK_FOR_CALL}))
    assert seen(calm, [WORD], NOW).you_can[-1] is Act.ASK_FOR_CALL
    wordless = ticket(state=TicketState.WORKING, may=frozenset({Act.REPLY}))
    assert Act.ASK_FOR_CALL not in seen(wordless, [WORD], NOW).you_can
