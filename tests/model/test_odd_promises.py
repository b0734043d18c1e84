"""Promises that make no sense have a plain outcome each, and a clock change moves none of them."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest

from tests.model.making import (
    BERLIN,
    PRIYA,
    YOU,
    at,
    event,
    kinds,
    outcomes,
    promised,
    said,
    seen,
    settled,
    ticket,
)
from tests.model.watching import Screen
from tracker.model.cadence import Cadence
from tracker.model.calendar import Calendar
from tracker.model.event import EventKind
from tracker.model.ledger import Ledger, ledger
from tracker.model.promise import Promise, PromiseKind, PromiseState
from tracker.model.promises import Clock, nearing_at
from tracker.model.ticket import Ticket, TicketState
from tracker.model.timeline import track
from tracker.model.track import OverlayKind

WORKING = TicketState.WORKING
NEW_YORK = ZoneInfo("America/New_York")


def holding(*promises: Promise, state: TicketState = WORKING) -> Ticket:
    return ticket(state=state, promises=promises)


def test_a_promise_that_was_late_when_it_was_made_is_missed_at_once_and_told_once() -> None:
    stale = promised(at(18, 9), at(18, 10))
    told = seen(holding(stale), [], at(18, 10))
    assert [promise.state for promise in told.promises] == [PromiseState.MISSED]
    assert OverlayKind.PROMISE_MISSED in kinds(told)
    assert ledger(told.promises) == Ledger(made=1, missed=1)
    screen = Screen(at(18, 9, 50))
    assert screen.remind(at(18, 10), holding(stale)) == ["An update was promised by 09:00. It is late"]
    assert screen.remind(at(18, 10, 5), holding(stale)) == []


def test_a_promise_long_past_when_it_is_first_heard_of_is_not_announced() -> None:
    stale = promised(at(17, 9), at(17, 8))
    assert Screen(at(18, 9, 50)).remind(at(18, 10), holding(stale)) == []


def test_a_promise_of_no_time_at_all_nears_and_passes_without_harm() -> None:
    empty = promised(at(18, 10), at(18, 10))
    assert outcomes(holding(empty), [], at(18, 10)) == {"p1": PromiseState.OVERDUE}
    assert nearing_at(empty, Calendar(BERLIN)) == at(18, 10)
    backwards = promised(at(18, 9), at(18, 10))
    assert nearing_at(backwards, Calendar(BERLIN)) <= at(18, 10)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_moves_told_in_a_circle_end_in_the_one_made_last(order: tuple[int, ...]) -> None:
    circle = [
        promised(at(18, 15), at(18, 9), name="p1", supersedes="p3"),
        promised(at(18, 16), at(18, 10), name="p2", supersedes="p1"),
        promised(at(18, 17), at(18, 11), name="p3", supersedes="p2"),
    ]
    found = outcomes(holding(*[circle[place] for place in order]), [], at(18, 12))
    assert found == {"p1": PromiseState.MOVED, "p2": PromiseState.MOVED, "p3": PromiseState.OPEN}


def test_a_promise_that_takes_its_own_place_stands() -> None:
    own = promised(at(18, 17), at(18, 9), supersedes="p1")
    assert outcomes(holding(own), [], at(18, 12)) == {"p1": PromiseState.OPEN}


def test_a_chain_told_backwards_in_time_is_still_a_chain() -> None:
    first = promised(at(18, 15), at(18, 11), name="p1")
    heir = promised(at(18, 17), at(18, 10), name="p2", supersedes="p1")
    assert outcomes(holding(first, heir), [], at(18, 12))["p2"] is PromiseState.OPEN
    assert outcomes(holding(first, heir), [], at(18, 12))["p1"] is PromiseState.MOVED


def test_kept_late_counts_as_missed_whatever_the_desk_calls_it() -> None:
    promise = promised(at(18, 10), at(18, 9))
    made = event(EventKind.PROMISE_MADE, at(18, 9), promise=promise)
    for moment, state in ((at(18, 10, 15), PromiseState.KEPT), (at(18, 10, 16), PromiseState.MISSED)):
        kept = event(EventKind.PROMISE_KEPT, moment, promise=replace(promise, state=PromiseState.KEPT))
        found = settled(ticket(state=WORKING), [made, kept], at(18, 12))
        assert [known.state for known in found] == [state]
    assert ledger(found) == Ledger(made=1, missed=1)


def test_the_ledger_of_all_is_the_sum_of_each() -> None:
    one, two = Ledger(made=3, moved=1, kept=1, missed=1), Ledger(made=2, kept=1)
    assert one + two == Ledger(made=5, moved=1, kept=2, missed=1)


def test_waits_that_overlap_pause_a_promise_once() -> None:
    asked = event(EventKind.QUESTION, at(18, 10), text="Which room?")
    answered = event(EventKind.ANSWER, at(18, 11), YOU, "4.112")
    subject = ticket(
        state=TicketState.WAITING_FOR_YOU,
        state_since=at(18, 10),
        promises=(promised(at(18, 12), at(18, 9), kind=PromiseKind.FIX),),
    )
    (promise,) = settled(subject, [asked, answered], at(18, 11, 30))
    assert (promise.state, promise.latest) == (PromiseState.PAUSED, at(18, 13, 30))


def test_a_pause_outside_working_hours_costs_nobody_a_promise() -> None:
    evening = promised(at(18, 20), at(18, 16), kind=PromiseKind.FIX)
    asked = event(EventKind.QUESTION, at(18, 19), text="Which room?")
    waiting = holding(evening, state=TicketState.WAITING_FOR_YOU)
    assert outcomes(waiting, [asked], at(18, 23)) == {"p1": PromiseState.PAUSED}
    answered = event(EventKind.ANSWER, at(19, 7), YOU, "4.112")
    # It goes on when the desk opens again.
    assert outcomes(holding(evening), [asked, answered], at(19, 9)) == {"p1": PromiseState.OVERDUE}
    assert outcomes(holding(evening), [asked, answered], at(19, 9, 15)) == {"p1": PromiseState.MISSED}


def test_what_was_waited_for_after_a_move_does_not_change_the_date_it_was_moved_from() -> None:
    first = promised(at(18, 15), at(18, 9), name="p1", kind=PromiseKind.FIX)
    heir = promised(at(18, 17), at(18, 10), name="p2", supersedes="p1", kind=PromiseKind.FIX)
    asked = event(EventKind.QUESTION, at(18, 11), text="Which room?")
    subject = holding(first, heir, state=TicketState.WAITING_FOR_YOU)
    found = {promise.id: promise.latest for promise in settled(subject, [asked], at(18, 12))}
    assert found == {"p1": at(18, 15), "p2": at(19, 10)}


@pytest.mark.parametrize(
    ("zone", "friday", "monday"),
    [
        (BERLIN, (2025, 3, 28), (2025, 3, 31)),
        (BERLIN, (2025, 10, 24), (2025, 10, 27)),
        (NEW_YORK, (2025, 3, 7), (2025, 3, 10)),
        (NEW_YORK, (2025, 10, 31), (2025, 11, 3)),
    ],
)
def test_an_aim_over_a_clock_change_ends_by_the_clock_on_the_wall(
    zone: ZoneInfo, friday: tuple[int, int, int], monday: tuple[int, int, int]
) -> None:
    word = event(EventKind.REPLY, datetime(*friday, 16, tzinfo=zone).astimezone(UTC), PRIYA, "We look.")
    subject = ticket(state=WORKING, created_at=word.at, updated_at=word.at)
    told = track(subject, [word], Clock(word.at, Calendar(zone), Cadence()))
    assert told.expected == datetime(*monday, 16, tzinfo=zone)
    assert told.next_due == told.expected


def test_a_desk_with_no_opening_hours_counts_every_hour() -> None:
    word = event(EventKind.REPLY, at(22, 9), PRIYA, "We look.")
    closed = Calendar(BERLIN, ((),) * 7)
    told = track(ticket(state=WORKING), [word], Clock(at(22, 10), closed, Cadence()))
    assert told.expected == at(22, 17)
    assert said(told.next, at(22, 10)) == "We aim to write by 17:00"
