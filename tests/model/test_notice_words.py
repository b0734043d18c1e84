"""The words of a notice: the subject, what changed, what happens next."""

import pytest

from tests.model.making import PRIYA, RAVI, at, event, promised, said, ticket, visit
from tracker.model.event import Event, EventKind
from tracker.model.news import ids_of, is_under_way, needs_you
from tracker.model.notice import NoticeClass
from tracker.model.notice_words import body_of, counts, detail_of, subject_of
from tracker.model.person import SYSTEM, ActorKind, Person
from tracker.model.promise import PromiseKind, PromiseSource
from tracker.model.ticket import Ticket, TicketId, TicketState
from tracker.model.visit import VisitState

NOW = at(18, 12)
WORKING = ticket(state=TicketState.WORKING)
STATES = {
    EventKind.QUESTION: ticket(state=TicketState.WAITING_FOR_YOU),
    EventKind.APPROVAL_ASKED: ticket(state=TicketState.WAITING_FOR_APPROVAL),
    EventKind.SOLVED: ticket(state=TicketState.RESOLVED),
    EventKind.VISIT_ON_THE_WAY: ticket(state=TicketState.VISIT, visit=visit(VisitState.ON_THE_WAY)),
    EventKind.VISIT_ETA: ticket(state=TicketState.VISIT, visit=visit(VisitState.ON_THE_WAY)),
    EventKind.VISIT_ARRIVED: ticket(state=TicketState.VISIT, visit=visit(VisitState.ON_SITE)),
    EventKind.VISIT_FAILED: ticket(state=TicketState.WORKING, visit=visit(VisitState.FAILED)),
}
TABLE = {
    NoticeClass.NOW: {
        EventKind.VISIT_ON_THE_WAY,
        EventKind.VISIT_ARRIVED,
        EventKind.VISIT_ETA,
        EventKind.CHAT_STARTED,
        EventKind.CHAT_JOINED,
        EventKind.CHAT_LEFT,
        EventKind.CHAT_HANDED_OVER,
        EventKind.CHAT_MESSAGE,
        EventKind.CHAT_IDLE,
        EventKind.CHAT_ENDED,
        EventKind.CALLBACK_TRIED,
    },
    NoticeClass.NEEDS_YOU: {
        EventKind.QUESTION,
        EventKind.APPROVAL_ASKED,
        EventKind.SOLVED,
        EventKind.VISIT_FAILED,
    },
    NoticeClass.PROMISE: {
        EventKind.PROMISE_MADE,
        EventKind.PROMISE_MOVED,
        EventKind.PROMISE_MISSED,
        EventKind.PROMISE_WITHDRAWN,
        EventKind.CALLBACK_MISSED,
    },
    NoticeClass.PROGRESS: {
        EventKind.RECEIVED,
        EventKind.ASSIGNED,
        EventKind.WORK_STARTED,
        EventKind.HANDED_OVER,
        EventKind.REPLY,
        EventKind.ATTACHMENT,
        EventKind.VISIT_BOOKED,
        EventKind.VISIT_MOVED,
        EventKind.VISIT_CANCELLED,
        EventKind.VISIT_DONE,
        EventKind.CALLBACK_BOOKED,
        EventKind.CALLBACK_DONE,
        EventKind.ON_HOLD,
        EventKind.RESUMED,
        EventKind.APPROVAL_GIVEN,
        EventKind.APPROVAL_REFUSED,
        EventKind.MERGED,
        EventKind.REOPENED,
        EventKind.CONFIRMED,
        EventKind.NOT_FIXED,
        EventKind.CLOSED,
    },
    NoticeClass.OUTAGE: {EventKind.OUTAGE_LINKED},
    None: {
        EventKind.CREATED,
        EventKind.AUTO_CLOSE_SET,
        EventKind.CATEGORISED,
        EventKind.CHAT_QUEUED,
        EventKind.PROMISE_KEPT,
    },
}


@pytest.mark.parametrize(
    ("happened", "words"),
    [
        (event(EventKind.REPLY, NOW, RAVI, "Try\n it now."), "Ravi Menon replied: Try it now."),
        (event(EventKind.REPLY, NOW, Person(""), "Try it."), "IT replied: Try it."),
        (event(EventKind.REPLY, NOW, RAVI), "Ravi Menon replied"),
        (event(EventKind.QUESTION, NOW, PRIYA, "Which room?"), "Priya asks: Which room?"),
        (event(EventKind.QUESTION, NOW, SYSTEM, "Which room?"), "IT asks: Which room?"),
        (event(EventKind.QUESTION, NOW, PRIYA), "Priya Nair asks you"),
        (
            event(EventKind.APPROVAL_ASKED, NOW, PRIYA, "A laptop"),
            "Priya Nair asked for approval: A laptop",
        ),
        (
            event(EventKind.RECEIVED, NOW, SYSTEM),
            "Received. You see here who has it and what comes next",
        ),
        (
            event(EventKind.ASSIGNED, NOW, person="Ravi Menon"),
            "Assigned to Ravi Menon",
        ),
        (event(EventKind.CLOSED, NOW), "Closed"),
    ],
)
def test_the_body_says_what_changed(happened: Event, words: str) -> None:
    assert said(body_of(happened, WORKING), NOW) == words


def test_a_long_word_is_cut() -> None:
    words = said(body_of(event(EventKind.REPLY, NOW, RAVI, "word " * 100), WORKING), NOW)
    assert len(words) < 170
    assert words.endswith("word…")


NEXT = promised(at(18, 16), kind=PromiseKind.NEXT_UPDATE)
LATER = promised(at(20, 16), kind=PromiseKind.FIX, name="p2")
PAST = promised(at(18, 9), name="p3")
AIM = promised(at(18, 13), name="p4", source=PromiseSource.DESK_RULE)


@pytest.mark.parametrize(
    ("happened", "subject", "words"),
    [
        (event(EventKind.REPLY, NOW), WORKING, "INC-7"),
        (event(EventKind.REPLY, NOW), ticket(number="", id=TicketId("42")), "42"),
        (
            event(EventKind.REPLY, NOW),
            ticket(state=TicketState.WORKING, promises=(LATER, PAST, NEXT, AIM)),
            "Next update promised by 16:00 · INC-7",
        ),
        (
            event(EventKind.REPLY, NOW),
            ticket(state=TicketState.CLOSED, promises=(NEXT,)),
            "INC-7",
        ),
        (event(EventKind.PROMISE_MADE, NOW), ticket(promises=(NEXT,)), "INC-7"),
        (event(EventKind.ON_HOLD, NOW, reason="A part"), WORKING, "Why: A part · INC-7"),
        (event(EventKind.HANDED_OVER, NOW), WORKING, "No reason was given · INC-7"),
        (
            event(EventKind.SOLVED, NOW),
            ticket(state=TicketState.RESOLVED, auto_close_at=at(25, 17)),
            "Closes Tue 25 Nov, 17:00 unless you say no · INC-7",
        ),
        (event(EventKind.SOLVED, NOW), ticket(state=TicketState.RESOLVED), "INC-7"),
    ],
)
def test_the_second_line_says_why_or_what_happens_next_and_the_number_last(
    happened: Event, subject: Ticket, words: str
) -> None:
    assert said(detail_of(happened, subject, NOW), NOW) == words


def test_the_title_is_the_subject() -> None:
    assert said(subject_of(WORKING), NOW) == "No sound in meetings"
    assert said(subject_of(ticket(subject="  ")), NOW) == "Request INC-7"


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ((4, 2, 1), "4 updates on 2 requests, 1 needs you"),
        ((4, 2, 2), "4 updates on 2 requests, 2 need you"),
        ((4, 2, 0), "4 updates on 2 requests"),
        ((2, 1, 0), "2 updates on 1 request"),
        ((2, 1, 1), "2 updates on 1 request, it needs you"),
        ((1, 1, 0), "1 update on 1 request"),
        ((1, 1, 1), "1 update on 1 request, it needs you"),
    ],
)
def test_counts_read_well(figures: tuple[int, int, int], words: str) -> None:
    assert said(counts(*figures), NOW) == words


def test_a_missed_promise_has_one_name_for_the_desk_and_for_the_clock() -> None:
    missed = event(EventKind.PROMISE_MISSED, NOW, SYSTEM, name="e1", promise=promised(at(18, 9)))
    assert ids_of(missed) == ("e1", "7:missed:p1")
    assert ids_of(event(EventKind.PROMISE_MISSED, NOW, name="e1")) == ("e1",)
    assert ids_of(event(EventKind.REPLY, NOW, name="e1")) == ("e1",)


def test_who_is_waited_for_and_who_is_coming() -> None:
    for state in (TicketState.WAITING_FOR_YOU, TicketState.WAITING_FOR_APPROVAL, TicketState.RESOLVED):
        assert needs_you(ticket(state=state))
    assert needs_you(ticket(state=TicketState.WORKING, visit=visit(VisitState.FAILED)))
    assert not needs_you(ticket(state=TicketState.CLOSED, visit=visit(VisitState.FAILED)))
    assert not needs_you(ticket(state=TicketState.WORKING, visit=visit()))
    assert not needs_you(WORKING)
    assert is_under_way(ticket(visit=visit(VisitState.ON_SITE)))
    assert not is_under_way(ticket(visit=visit()))
    assert not is_under_way(WORKING)
    assert Person("Kim", ActorKind.COLLEAGUE).first_name == "Kim"
