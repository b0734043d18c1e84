"""What each event is worth: its class and its buttons; the table of docs/tracking.md row by row."""

import pytest

from tests.model.making import WAYS_OUT, YOU, at, event, promised, said, ticket, visit
from tracker.model.event import EventKind
from tracker.model.news import buttons_of, class_of, lead_of
from tracker.model.notice import Button, NoticeClass
from tracker.model.notice_words import body_of, detail_of
from tracker.model.person import SYSTEM
from tracker.model.ticket import Ticket, TicketState
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
    EventKind.OPTIONS_OFFERED: ticket(state=TicketState.WORKING, options=WAYS_OUT),
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
        EventKind.OPTIONS_OFFERED,
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
        EventKind.CALLBACK_CANCELLED,
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


@pytest.mark.parametrize("kind", EventKind)
def test_every_kind_has_its_class(kind: EventKind) -> None:
    expected = next((cls for cls, members in TABLE.items() if kind in members), NoticeClass.DIGEST)
    subject = STATES.get(kind, WORKING)
    assert class_of(event(kind, at(18, 11, 50)), subject, NOW) is expected
    assert class_of(event(kind, at(18, 11, 50), YOU), subject, NOW) is None


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        (EventKind.QUESTION, ticket(state=TicketState.WORKING, state_since=at(18, 11, 55))),
        (EventKind.QUESTION, ticket(state=TicketState.RESOLVED)),
        (EventKind.APPROVAL_ASKED, ticket(state=TicketState.CLOSED)),
        (EventKind.SOLVED, ticket(state=TicketState.WORKING)),
        (EventKind.SOLVED, ticket(state=TicketState.CLOSED)),
        (EventKind.VISIT_ON_THE_WAY, ticket(state=TicketState.VISIT, visit=visit(VisitState.ON_SITE))),
        (EventKind.VISIT_ETA, ticket(state=TicketState.WORKING, visit=visit(VisitState.CANCELLED))),
        (EventKind.VISIT_ARRIVED, ticket(state=TicketState.WORKING, visit=visit(VisitState.DONE))),
        (EventKind.VISIT_FAILED, ticket(state=TicketState.VISIT, visit=visit())),
        (EventKind.OUTAGE_LINKED, ticket(state=TicketState.CLOSED)),
    ],
)
def test_what_is_over_needs_nobody_and_is_only_progress(kind: EventKind, subject: Ticket) -> None:
    happened = event(kind, at(18, 11, 50))
    assert class_of(happened, subject, NOW) is NoticeClass.PROGRESS
    assert buttons_of(happened, NoticeClass.PROGRESS) == (Button.OPEN,)


def test_a_question_at_a_desk_with_no_state_for_it_needs_you_all_the_same() -> None:
    asked = event(EventKind.QUESTION, at(18, 11, 50))
    assert class_of(asked, WORKING, NOW) is NoticeClass.NEEDS_YOU
    earlier = ticket(state=TicketState.WORKING, state_since=at(18, 11))
    assert class_of(asked, earlier, NOW) is NoticeClass.NEEDS_YOU


def test_a_visit_the_desk_keeps_no_book_of_is_believed() -> None:
    assert class_of(event(EventKind.VISIT_ARRIVED, NOW), WORKING, NOW) is NoticeClass.NOW


def test_a_call_that_was_tried_is_news_for_half_an_hour() -> None:
    tried = event(EventKind.CALLBACK_TRIED, at(18, 11))
    assert class_of(tried, WORKING, at(18, 11, 29)) is NoticeClass.NOW
    assert class_of(tried, WORKING, at(18, 11, 30)) is NoticeClass.PROGRESS


def test_a_promise_kept_late_is_told_and_one_kept_in_time_is_not() -> None:
    late = event(EventKind.PROMISE_KEPT, at(18, 11), SYSTEM, promise=promised(at(18, 9)))
    in_time = event(EventKind.PROMISE_KEPT, at(18, 8), SYSTEM, promise=promised(at(18, 9)))
    assert class_of(late, WORKING, NOW) is NoticeClass.PROMISE
    assert class_of(in_time, WORKING, NOW) is None


@pytest.mark.parametrize("kind", [EventKind.PROMISE_WITHDRAWN, EventKind.PROMISE_KEPT])
@pytest.mark.parametrize("state", [TicketState.RESOLVED, TicketState.CLOSED, TicketState.CANCELLED])
def test_what_becomes_of_promises_when_a_request_ends_is_no_news(kind: EventKind, state: TicketState) -> None:
    happened = event(kind, at(18, 11), SYSTEM, promise=promised(at(18, 9)))
    assert class_of(happened, ticket(state=state), NOW) is None


def test_a_request_the_desk_cancels_is_progress_and_says_so() -> None:
    cancelled = ticket(state=TicketState.CANCELLED)
    status = event(EventKind.STATUS, at(18, 11), status_word="cancelled", reason="No longer offered")
    assert class_of(status, cancelled, NOW) is NoticeClass.PROGRESS
    assert said(body_of(status, cancelled), NOW) == "Cancelled"
    assert said(detail_of(status, cancelled, NOW), NOW) == "Why: No longer offered · INC-7"
    assert said(body_of(event(EventKind.CLOSED, NOW), cancelled), NOW) == "Cancelled"


def test_the_weightiest_speaks_then_an_ending_then_a_word_then_the_newest() -> None:
    asked = event(EventKind.QUESTION, at(18, 11), text="Which?")
    closed = event(EventKind.CLOSED, at(18, 11, 10))
    word = event(EventKind.REPLY, at(18, 11, 20), text="Hello.")
    assigned = event(EventKind.ASSIGNED, at(18, 11, 30))
    started = event(EventKind.WORK_STARTED, at(18, 11, 40))
    waiting = ticket(state=TicketState.WAITING_FOR_YOU)
    assert lead_of(waiting, [asked, closed, word, assigned], NOW) is asked
    assert lead_of(WORKING, [assigned, closed, word, started], NOW) is closed
    assert lead_of(WORKING, [assigned, word, started], NOW) is word
    assert lead_of(WORKING, [started, assigned], NOW) is started
    same = event(EventKind.RESUMED, at(18, 11, 40))
    assert lead_of(WORKING, [started, same], NOW) is same


@pytest.mark.parametrize(
    ("kind", "notice_class", "buttons"),
    [
        (EventKind.QUESTION, NoticeClass.NEEDS_YOU, (Button.ANSWER,)),
        (EventKind.APPROVAL_ASKED, NoticeClass.NEEDS_YOU, (Button.ANSWER,)),
        (EventKind.VISIT_FAILED, NoticeClass.NEEDS_YOU, (Button.ANSWER,)),
        (EventKind.SOLVED, NoticeClass.NEEDS_YOU, (Button.WORKS, Button.NOT_YET)),
        (EventKind.PROMISE_MISSED, NoticeClass.PROMISE, (Button.ASK_FOR_NEWS, Button.CALL_ME)),
        (EventKind.CALLBACK_MISSED, NoticeClass.PROMISE, (Button.CALL_ME, Button.ASK_FOR_NEWS)),
        (EventKind.OPTIONS_OFFERED, NoticeClass.NEEDS_YOU, (Button.CHOOSE,)),
        (EventKind.PROMISE_MADE, NoticeClass.PROMISE, (Button.OPEN,)),
        (EventKind.VISIT_ARRIVED, NoticeClass.NOW, (Button.OPEN,)),
        (EventKind.REPLY, NoticeClass.PROGRESS, (Button.OPEN,)),
    ],
)
def test_every_toast_has_the_buttons_of_its_event(
    kind: EventKind, notice_class: NoticeClass, buttons: tuple[Button, ...]
) -> None:
    assert buttons_of(event(kind, NOW), notice_class) == buttons
