"""When the desk waited for the requester."""

from datetime import datetime

import pytest

from tests.model.making import PRIYA, YOU, at, event, ticket
from tracker.model.event import Event, EventKind
from tracker.model.history import is_waiting, waits_for_you
from tracker.model.ticket import Ticket, TicketState

NOW = at(19, 12)
ASKED = event(EventKind.QUESTION, at(17, 10), PRIYA, "Which room?")
ASKED_AGAIN = event(EventKind.QUESTION, at(17, 11), PRIYA, "And which table?")
WAITS = TicketState.WAITING_FOR_YOU


def waits(subject: Ticket, *history: Event, now: datetime = NOW) -> list[tuple[datetime, datetime]]:
    return list(waits_for_you(subject, history, now))


@pytest.mark.parametrize(
    "answer",
    [
        event(EventKind.ANSWER, at(18, 9), YOU, "Blue."),
        event(EventKind.REPLY, at(18, 9), YOU, "Blue."),
        event(EventKind.ATTACHMENT, at(18, 9), YOU),
        event(EventKind.RESUMED, at(18, 9)),
        event(EventKind.WORK_STARTED, at(18, 9)),
        event(EventKind.SOLVED, at(18, 9)),
        event(EventKind.CLOSED, at(18, 9)),
    ],
    ids=lambda e: f"{e.kind}-{e.actor.kind}",
)
def test_a_wait_ends_with_an_answer_or_when_the_desk_goes_on(answer: Event) -> None:
    subject = ticket(state=TicketState.WORKING)
    assert waits(subject, ASKED, ASKED_AGAIN, answer) == [(at(17, 10), at(18, 9))]


@pytest.mark.parametrize(
    "other",
    [
        event(EventKind.REPLY, at(18, 9), PRIYA, "By the way."),
        event(EventKind.STATUS, at(18, 9), PRIYA, status_word="stalled"),
        event(EventKind.ASSIGNED, at(18, 9), YOU),
    ],
    ids=lambda e: e.kind,
)
def test_nothing_else_ends_it(other: Event) -> None:
    found = waits(ticket(state=WAITS), ASKED, other)
    assert found == [(at(17, 10), NOW)]
    assert is_waiting(tuple(found), NOW)


def test_a_desk_that_waits_says_since_when_without_a_question() -> None:
    assert waits(ticket(state=WAITS, state_since=at(18))) == [(at(18), NOW)]
    assert waits(ticket(state=WAITS, updated_at=at(18, 1))) == [(at(18, 1), NOW)]
    assert waits(ticket(state=WAITS, updated_at=at(20))) == [(NOW, NOW)]


def test_a_question_left_open_is_waited_for_until_the_state_says_otherwise() -> None:
    working = TicketState.WORKING
    assert waits(ticket(state=working), ASKED) == [(at(17, 10), NOW)]
    assert waits(ticket(state=working, state_since=at(17, 10)), ASKED) == [(at(17, 10), NOW)]
    assert waits(ticket(state=working, state_since=at(18)), ASKED) == [(at(17, 10), at(18))]
    assert waits(ticket(state=TicketState.CLOSED, updated_at=at(18, 2)), ASKED) == [(at(17, 10), at(18, 2))]
    assert waits(ticket(state=working), ASKED, now=at(17, 9)) == []


def test_who_asks_for_approval_does_not_wait_for_the_requester() -> None:
    assert (
        waits(ticket(state=TicketState.WAITING_FOR_APPROVAL), event(EventKind.APPROVAL_ASKED, at(17))) == []
    )
    assert not is_waiting((), NOW)
    assert not is_waiting(((at(17), at(18)),), NOW)
