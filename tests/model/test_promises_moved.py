"""A promise is moved, paused or taken back; a miss is made good."""

from datetime import datetime

import pytest

from tests.model.making import (
    RAISED,
    YOU,
    at,
    event,
    kinds,
    outcomes,
    overlay,
    promised,
    said,
    seen,
    settled,
    ticket,
)
from tracker.model.event import EventKind
from tracker.model.person import SYSTEM
from tracker.model.promise import PromiseKind, PromiseState
from tracker.model.ticket import TicketState
from tracker.model.track import OverlayKind

NOON = at(17, 12)
WORKING = TicketState.WORKING


@pytest.mark.parametrize(
    ("made_at", "state"),
    [
        (at(17, 11, 59), PromiseState.MOVED),
        (NOON, PromiseState.MOVED),
        (at(17, 12, 1), PromiseState.MISSED),
    ],
)
@pytest.mark.parametrize("told", [PromiseState.OPEN, PromiseState.MOVED, PromiseState.MISSED])
def test_moving_in_time_is_a_move_and_moving_late_is_a_miss(
    made_at: datetime, state: PromiseState, told: PromiseState
) -> None:
    subject = ticket(
        state=WORKING,
        promises=(
            promised(NOON, state=told),
            promised(at(19, 12), made_at, name="p2", supersedes="p1", reason="waiting for the part"),
        ),
    )
    drawn = seen(subject, [], at(17, 15))
    assert {p.id: p.state for p in drawn.promises} == {"p1": state, "p2": PromiseState.OPEN}
    delayed = overlay(drawn, OverlayKind.DELAYED)
    assert (delayed.since, delayed.reason) == (made_at, "waiting for the part")
    assert said(drawn.next, at(17, 15)) == "Next update promised by Wed 19 Nov, 12:00"


def test_a_promise_kept_before_it_was_moved_was_kept_and_what_follows_is_no_delay() -> None:
    subject = ticket(
        state=WORKING,
        promises=(
            promised(NOON, state=PromiseState.MISSED),
            promised(at(19, 12), at(17, 13), name="p2", supersedes="p1"),
        ),
    )
    drawn = seen(subject, [event(EventKind.REPLY, at(17, 11), text="News.")], at(17, 15))
    assert {p.id: p.state for p in drawn.promises} == {"p1": PromiseState.KEPT, "p2": PromiseState.OPEN}
    assert kinds(drawn) == []


def test_moving_a_date_forward_is_no_delay() -> None:
    promises = (promised(at(19, 12)), promised(at(18, 12), at(17, 10), name="p2", supersedes="p1"))
    assert kinds(seen(ticket(state=WORKING, promises=promises), [], at(17, 11))) == []


def test_a_date_put_off_from_one_that_nobody_told_is_a_delay() -> None:
    promises = (promised(at(19, 12), supersedes="unknown"),)
    assert kinds(seen(ticket(state=WORKING, promises=promises), [], at(17, 11))) == [OverlayKind.DELAYED]


def test_a_promise_moved_to_a_date_that_nobody_told_stays_moved() -> None:
    subject = ticket(state=WORKING, promises=(promised(NOON, state=PromiseState.MOVED),))
    assert outcomes(subject, [], at(18)) == {"p1": PromiseState.MOVED}


@pytest.mark.parametrize("state", [PromiseState.KEPT, PromiseState.MISSED, PromiseState.WITHDRAWN])
def test_what_the_desk_says_became_of_a_promise_stands(state: PromiseState) -> None:
    subject = ticket(state=WORKING, promises=(promised(NOON, state=state),))
    assert outcomes(subject, [event(EventKind.REPLY, at(17, 11), text="News.")]) == {"p1": state}


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (EventKind.PROMISE_KEPT, PromiseState.KEPT),
        (EventKind.PROMISE_MISSED, PromiseState.MISSED),
        (EventKind.PROMISE_WITHDRAWN, PromiseState.WITHDRAWN),
    ],
)
def test_events_alone_tell_of_promises_too(kind: EventKind, state: PromiseState) -> None:
    promise = promised(NOON)
    made = event(EventKind.PROMISE_MADE, RAISED, promise=promise)
    ended = event(kind, at(17, 11), promise=promise)
    assert outcomes(ticket(state=WORKING), [made], at(17, 10)) == {"p1": PromiseState.OPEN}
    assert outcomes(ticket(state=WORKING), [made, ended]) == {"p1": state}
    assert outcomes(ticket(state=WORKING, promises=(promise,)), [made, ended]) == {"p1": state}
    assert outcomes(ticket(state=WORKING), [event(kind, at(17, 11))]) == {}


def test_the_newest_word_on_a_date_counts() -> None:
    moved = event(EventKind.PROMISE_MOVED, at(17, 11), promise=promised(at(17, 14)))
    made = event(EventKind.PROMISE_MADE, RAISED, promise=promised(NOON))
    (promise,) = settled(ticket(state=WORKING), [made, moved], at(17, 12, 30))
    assert (promise.latest, promise.state) == (at(17, 14), PromiseState.OPEN)


def test_the_clock_stands_still_while_the_desk_waits_for_the_requester() -> None:
    promise = promised(at(18, 10), kind=PromiseKind.FIX)
    asked = event(EventKind.QUESTION, at(17, 15), text="Which room?")
    waiting = ticket(state=TicketState.WAITING_FOR_YOU, state_since=at(17, 15), promises=(promise,))
    drawn = seen(waiting, [asked], at(18, 12))
    assert drawn.promises[0].state is PromiseState.PAUSED
    assert drawn.promises[0].latest == at(18, 15)  # five working hours later
    assert said(drawn.next, at(18, 12)) == "It goes on when you answer"
    answered = event(EventKind.ANSWER, at(18, 12), YOU, "The blue one.")
    again = ticket(state=WORKING, state_since=at(18, 12), promises=(promise,))
    for now, state in [(at(18, 14), PromiseState.NEARING), (at(18, 15, 15), PromiseState.MISSED)]:
        (later,) = settled(again, [asked, answered], now)
        assert (later.latest, later.state) == (at(18, 15), state)


def test_waiting_for_anybody_else_does_not_stop_the_clock() -> None:
    promise = promised(NOON, kind=PromiseKind.FIX)
    for state in (TicketState.WAITING_FOR_SUPPLIER, TicketState.WAITING_FOR_APPROVAL):
        asked = event(EventKind.APPROVAL_ASKED, at(17, 10))
        subject = ticket(state=state, state_since=at(17, 10), promises=(promise,))
        assert outcomes(subject, [asked]) == {"p1": PromiseState.MISSED}


def test_an_appointment_is_not_moved_by_waiting() -> None:
    promise = promised(NOON, kind=PromiseKind.VISIT)
    asked = event(EventKind.QUESTION, at(17, 10), text="Which room?")
    subject = ticket(state=TicketState.WAITING_FOR_YOU, promises=(promise,))
    assert outcomes(subject, [asked], at(17, 11)) == {"p1": PromiseState.OPEN}
    assert outcomes(subject, [asked]) == {"p1": PromiseState.MISSED}


def test_a_wait_is_not_counted_twice_where_the_desk_moves_its_dates_itself() -> None:
    first, later = promised(at(17, 14), kind=PromiseKind.FIX), promised(at(17, 16), kind=PromiseKind.FIX)
    history = [
        event(EventKind.QUESTION, at(17, 10), text="Which room?"),
        event(EventKind.ANSWER, at(17, 12), YOU, "The blue one."),
        event(EventKind.PROMISE_MOVED, at(17, 12), SYSTEM, promise=later),
    ]
    (promise,) = settled(ticket(state=WORKING, promises=(later,)), history, at(17, 13))
    assert promise.latest == at(17, 16)
    (counted,) = settled(ticket(state=WORKING, promises=(first,)), history[:2], at(17, 13))
    assert counted.latest == at(17, 16)


def test_what_the_desk_calls_paused_is_paused() -> None:
    subject = ticket(state=TicketState.WAITING_FOR_YOU, promises=(promised(NOON, state=PromiseState.PAUSED),))
    assert outcomes(subject, [], at(18)) == {"p1": PromiseState.PAUSED}


def test_a_promise_missed_before_the_question_stays_missed() -> None:
    subject = ticket(
        state=TicketState.WAITING_FOR_YOU, promises=(promised(at(17, 10), kind=PromiseKind.FIX),)
    )
    asked = event(EventKind.QUESTION, at(17, 11), text="Which room?")
    assert outcomes(subject, [asked]) == {"p1": PromiseState.MISSED}


@pytest.mark.parametrize("state", [TicketState.RESOLVED, TicketState.CLOSED, TicketState.MERGED])
@pytest.mark.parametrize(
    ("ended_at", "expected"),
    [(at(17, 11), PromiseState.WITHDRAWN), (at(17, 12, 15), PromiseState.MISSED)],
)
def test_who_ends_a_request_misses_or_takes_back_what_is_open(
    state: TicketState, ended_at: datetime, expected: PromiseState
) -> None:
    promises = (promised(NOON, kind=PromiseKind.CALLBACK),)
    told = ticket(state=state, state_since=ended_at, updated_at=at(19), promises=promises)
    untold = ticket(state=state, updated_at=ended_at, promises=promises)
    assert outcomes(told, [], at(20)) == outcomes(untold, [], at(20)) == {"p1": expected}


@pytest.mark.parametrize("state", [TicketState.RESOLVED, TicketState.CLOSED, TicketState.CANCELLED])
def test_an_old_miss_does_not_colour_what_is_over(state: TicketState) -> None:
    subject = ticket(state=state, promises=(promised(NOON, state=PromiseState.MISSED),))
    assert OverlayKind.PROMISE_MISSED not in kinds(seen(subject, [], at(18)))


def test_a_new_promise_after_a_miss_takes_the_warning_away() -> None:
    promises = (
        promised(NOON, state=PromiseState.MISSED),
        promised(at(18, 12), at(17, 14), name="p2"),
    )
    assert kinds(seen(ticket(state=WORKING, promises=promises), [], at(17, 15))) == []


def test_a_reply_does_not_take_away_that_it_was_to_be_fixed() -> None:
    subject = ticket(state=WORKING, promises=(promised(NOON, kind=PromiseKind.FIX),))
    drawn = seen(subject, [event(EventKind.REPLY, at(17, 14), text="Not yet.")], at(17, 15))
    assert said(drawn.chip, at(17, 15)) == "Fix overdue"
    assert said(drawn.next, at(17, 15)) == "It was to be fixed by 12:00. It is late"
