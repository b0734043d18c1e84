"""What the clock alone makes worth telling: each reminder once, in its own time."""

from dataclasses import replace
from datetime import datetime

import pytest

from tests.model.making import PRIYA, RAISED, at, event, promised, ticket, visit
from tests.model.watching import Screen, next_moment
from tracker.model.event import Event, EventKind
from tracker.model.notice import Button, NoticeClass
from tracker.model.person import SYSTEM
from tracker.model.promise import PromiseKind, PromiseState
from tracker.model.telling import NotifySettings
from tracker.model.ticket import Ticket, TicketState
from tracker.model.visit import VisitState

WORKING = TicketState.WORKING
NOON = at(18, 12)
PROMISED = ticket(state=WORKING, promises=(promised(NOON, RAISED),))
BOOKED = ticket(state=TicketState.VISIT, visit=visit())  # Thursday the 20th, ten to twelve
SOLVED = ticket(state=TicketState.RESOLVED, auto_close_at=at(20, 17))
WORD = event(EventKind.REPLY, RAISED, text="We look into it.")


@pytest.fixture
def screen() -> Screen:
    """Give the screen of somebody connected."""
    return Screen(NOON)


def test_a_missed_promise_is_told_once_a_quarter_of_an_hour_after_its_time(screen: Screen) -> None:
    assert next_moment(PROMISED, [], at(18, 12)) == at(18, 12, 15)
    assert screen.remind(at(18, 12, 14), PROMISED) == []
    assert screen.remind(at(18, 12, 15), PROMISED) == ["An update was promised by 12:00. It is late"]
    (notice,) = screen.notices
    assert (notice.notice_class, notice.buttons) == (
        NoticeClass.PROMISE,
        (Button.ASK_FOR_NEWS, Button.CALL_ME),
    )
    assert screen.remind(at(18, 12, 20), PROMISED) == []
    assert next_moment(PROMISED, [], at(18, 12, 15)) is None


def test_the_desk_and_the_clock_tell_a_miss_together_once(screen: Screen) -> None:
    told = event(EventKind.PROMISE_MISSED, at(18, 12, 15), SYSTEM, promise=PROMISED.promises[0])
    missed = replace(PROMISED, promises=(promised(NOON, RAISED, state=PromiseState.MISSED),))
    assert screen.hear(at(18, 12, 15), missed, told) == ["Promised by 12:00, and missed"]
    assert screen.remind(at(18, 12, 16), missed, told) == []
    other = Screen(NOON)
    assert other.remind(at(18, 12, 15), PROMISED)
    assert other.hear(at(18, 12, 16), missed, told) == []
    assert other.notices == ()


@pytest.mark.parametrize(
    ("history", "now"),
    [
        ([event(EventKind.REPLY, at(18, 12, 16), PRIYA, "Here is the news.")], at(18, 12, 20)),
        ([], at(19, 0, 15)),
        ([], at(20, 12)),
    ],
    ids=["answered late", "half a day ago", "days ago"],
)
def test_a_miss_that_was_made_good_or_is_old_is_not_announced(
    screen: Screen, history: list[Event], now: datetime
) -> None:
    assert screen.remind(now, PROMISED, *history) == []


def test_a_miss_on_a_request_that_is_over_is_not_announced(screen: Screen) -> None:
    missed = (promised(NOON, RAISED, kind=PromiseKind.FIX, state=PromiseState.MISSED),)
    over = ticket(state=TicketState.CLOSED, promises=missed)
    assert screen.remind(at(18, 12, 30), over) == []


def test_a_miss_in_quiet_hours_is_told_in_the_morning() -> None:
    screen = Screen(at(18, 18))
    late = ticket(state=WORKING, promises=(promised(at(18, 18), RAISED),))
    assert screen.remind(at(18, 18, 15), late) == []
    assert screen.tick(at(19, 8)) == ["An update was promised by yesterday 18:00. It is late"]


def test_a_visit_is_told_on_the_evening_before_and_a_quarter_of_an_hour_before(screen: Screen) -> None:
    moments = []
    now: datetime | None = at(19, 12)
    while now is not None and now <= at(20, 10):
        now = next_moment(BOOKED, [WORD], now)
        if now is not None:
            moments.append(now)
    assert moments[:5] == [at(19, 17), at(19, 21), at(20, 8), at(20, 9, 45), at(20, 10)]
    assert screen.remind(at(19, 16, 59), BOOKED, WORD) == []
    assert screen.remind(at(19, 17), BOOKED, WORD) == ["Priya Nair comes tomorrow 10:00"]
    assert screen.remind(at(19, 18), BOOKED, WORD) == []
    assert screen.remind(at(20, 8), BOOKED, WORD) == []
    assert screen.remind(at(20, 9, 45), BOOKED, WORD) == ["Priya Nair comes 10:00"]
    assert [notice.notice_class for notice in screen.notices] == [NoticeClass.NOW]
    assert screen.remind(at(20, 9, 50), BOOKED, WORD) == []
    assert screen.remind(at(20, 10), BOOKED, WORD) == []


def test_whose_computer_was_off_in_the_evening_is_told_in_the_morning(screen: Screen) -> None:
    assert screen.remind(at(19, 23), BOOKED, WORD) == []
    assert screen.remind(at(20, 7, 59), BOOKED, WORD) == []
    assert screen.remind(at(20, 8), BOOKED, WORD) == ["Priya Nair comes 10:00"]


def test_a_reminder_of_now_comes_through_quiet_hours() -> None:
    screen = Screen(NOON, NotifySettings())
    early = ticket(state=TicketState.VISIT, visit=visit(starts=at(20, 7), ends=at(20, 8)))
    assert screen.remind(at(20, 6, 45), early, WORD) == ["Priya Nair comes 07:00"]
    assert screen.remind(at(19, 20, 30), early, WORD) == ["Priya Nair comes tomorrow 07:00"]


def test_a_visit_booked_on_the_same_evening_needs_no_reminder_then(screen: Screen) -> None:
    booked = event(EventKind.VISIT_BOOKED, at(19, 18), visit=BOOKED.visit)
    assert screen.remind(at(19, 18, 1), BOOKED, booked) == []
    assert screen.remind(at(20, 8), BOOKED, booked) == []
    assert screen.remind(at(20, 9, 45), BOOKED, booked) == ["Priya Nair comes 10:00"]


def test_a_visit_that_was_moved_is_told_again(screen: Screen) -> None:
    assert screen.remind(at(19, 17), BOOKED, WORD)
    moved = replace(BOOKED, visit=visit(starts=at(21, 10), ends=at(21, 12)))
    assert screen.remind(at(20, 17), moved, WORD) == ["Priya Nair comes tomorrow 10:00"]


@pytest.mark.parametrize(
    "state", [VisitState.ON_THE_WAY, VisitState.ON_SITE, VisitState.CANCELLED, VisitState.FAILED]
)
def test_only_a_visit_that_is_booked_is_told_beforehand(screen: Screen, state: VisitState) -> None:
    assert screen.remind(at(20, 9, 50), ticket(state=WORKING, visit=visit(state)), WORD) == []
    assert screen.remind(at(20, 9, 50), ticket(state=WORKING), WORD) == []


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        (ticket(visit=visit(agent=""), owner=PRIYA), "Priya Nair comes 10:00"),
        (ticket(visit=visit(agent="")), "A technician comes 10:00"),
    ],
)
def test_who_comes_is_named_as_far_as_known(screen: Screen, subject: Ticket, words: str) -> None:
    assert screen.remind(at(20, 9, 50), subject, WORD) == [words]


def test_a_request_that_closes_within_a_day_asks_once(screen: Screen) -> None:
    solved = event(EventKind.SOLVED, at(18, 9), PRIYA, "Try it.")
    assert next_moment(SOLVED, [solved], at(18, 12)) == at(19, 17)
    assert screen.remind(at(19, 16, 59), SOLVED, solved) == []
    # Quiet begins at six, so this is told at five.
    assert screen.remind(at(19, 17), SOLVED, solved) == ["Closes tomorrow 17:00 unless you say no"]
    (notice,) = screen.notices
    assert (notice.notice_class, notice.buttons) == (
        NoticeClass.NEEDS_YOU,
        (Button.WORKS, Button.NOT_YET),
    )
    assert screen.remind(at(20, 9), SOLVED, solved) == []
    assert screen.remind(at(20, 17), SOLVED, solved) == []


@pytest.mark.parametrize("kind", [EventKind.CONFIRMED, EventKind.NOT_FIXED])
def test_who_has_said_whether_it_works_is_not_asked_again(screen: Screen, kind: EventKind) -> None:
    solved = event(EventKind.SOLVED, at(18, 9), PRIYA, "Try it.")
    assert screen.remind(at(20, 9), SOLVED, solved, event(kind, at(18, 10))) == []


def test_a_request_that_never_closes_by_itself_does_not_ask(screen: Screen) -> None:
    assert screen.remind(at(20, 9), ticket(state=TicketState.RESOLVED), WORD) == []
