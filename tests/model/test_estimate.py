"""The shown arrival is calm: it moves only when that matters, and each move is a notice."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.model.making import PRIYA, at, event, minutes, said, seen, ticket, visit
from tests.model.watching import Screen
from tracker.model.estimate import Estimate, as_shown, estimate_of, follow, is_moved
from tracker.model.event import Event, EventKind
from tracker.model.ticket import Ticket, TicketState
from tracker.model.visit import Visit, VisitState

SET_OFF = at(20, 9)


def coming(latest: datetime, earliest: datetime | None = None, name: str = "v1") -> Visit:
    return replace(visit(VisitState.ON_THE_WAY, eta_latest=latest, eta_earliest=earliest), id=name)


def told(when: datetime, known: Visit, kind: EventKind = EventKind.VISIT_ETA) -> Event:
    return event(kind, when, PRIYA, visit=known, name=f"eta-{when.isoformat()}")


def on_the_way(known: Visit, when: datetime) -> Ticket:
    return ticket(state=TicketState.VISIT, visit=known, updated_at=when)


@pytest.mark.parametrize(
    ("later", "moves"),
    [(minutes(12), False), (minutes(13), True), (minutes(-12), False), (minutes(-13), True)],
)
def test_a_change_of_more_than_a_fifth_of_the_time_left_moves_it(later: timedelta, moves: bool) -> None:
    shown = Estimate("v1", at(20, 10), at(20, 9, 50))
    assert is_moved(shown, Estimate("v1", at(20, 10) + later), SET_OFF) is moves
    both = Estimate("v1", at(20, 10), at(20, 9, 50) + later)
    assert is_moved(shown, both, SET_OFF) is moves


def test_a_change_of_more_than_half_an_hour_always_moves_it() -> None:
    shown = Estimate("v1", at(20, 15))
    assert not is_moved(shown, Estimate("v1", at(20, 15, 30)), SET_OFF)
    assert is_moved(shown, Estimate("v1", at(20, 15, 31)), SET_OFF)


def test_any_change_of_what_is_over_moves_it_and_so_does_another_visit() -> None:
    shown = Estimate("v1", at(20, 10))
    assert is_moved(shown, Estimate("v1", at(20, 10, 1)), at(20, 10, 0, 30))
    assert is_moved(shown, Estimate("v2", at(20, 10)), SET_OFF)


def test_a_range_that_ends_before_it_starts_has_only_its_end() -> None:
    assert estimate_of(coming(at(20, 10), at(20, 11))) == Estimate("v1", at(20, 10))
    assert estimate_of(coming(at(20, 10), at(20, 9, 45))) == Estimate("v1", at(20, 10), at(20, 9, 45))
    assert estimate_of(visit()) is None
    assert estimate_of(None) is None


def test_the_card_keeps_the_range_through_small_changes() -> None:
    first = told(SET_OFF, coming(at(20, 10), at(20, 9, 50)), EventKind.VISIT_ON_THE_WAY)
    small = told(at(20, 9, 1), coming(at(20, 10, 5), at(20, 9, 55)))
    subject = on_the_way(coming(at(20, 10, 5), at(20, 9, 55)), at(20, 9, 1))
    drawn = seen(subject, [first, small], at(20, 9, 2))
    assert drawn.visit is not None
    assert (drawn.visit.eta_earliest, drawn.visit.eta_latest) == (at(20, 9, 50), at(20, 10))
    assert said(drawn.next, at(20, 9, 2)) == "The technician arrives by 10:00"
    # When the shown time is over, the newest one is better than none.
    after = seen(subject, [first, small], at(20, 10))
    assert after.visit is not None
    assert after.visit.eta_latest == at(20, 10, 5)


def test_a_desk_that_tells_no_events_shows_what_it_tells() -> None:
    known = coming(at(20, 10))
    assert as_shown(known, [], SET_OFF, SET_OFF) == known
    booked = visit()
    assert as_shown(booked, [], SET_OFF, SET_OFF) is booked
    untimed = visit(VisitState.ON_THE_WAY)
    assert as_shown(untimed, [], SET_OFF, SET_OFF) is untimed


def test_what_ends_the_way_ends_the_estimate() -> None:
    here = told(at(20, 9, 30), visit(VisitState.ON_SITE), EventKind.VISIT_ARRIVED)
    shown, small = follow(Estimate("v1", at(20, 10)), [here])
    assert (shown, small) == (None, frozenset())


def test_only_a_move_is_a_notice() -> None:
    screen = Screen(at(20, 8))
    way = told(SET_OFF, coming(at(20, 10)), EventKind.VISIT_ON_THE_WAY)
    assert screen.hear(SET_OFF, on_the_way(coming(at(20, 10)), SET_OFF), way) == [
        "Priya Nair set off to you, here by 10:00"
    ]
    little = told(at(20, 9, 1), coming(at(20, 10, 5)))
    assert screen.hear(at(20, 9, 1), on_the_way(coming(at(20, 10, 5)), at(20, 9, 1)), little) == []
    assert screen.notices == ()
    # Little by little it has become much: what counts is what was told last.
    more = told(at(20, 9, 2), coming(at(20, 10, 15)))
    assert screen.hear(at(20, 9, 2), on_the_way(coming(at(20, 10, 15)), at(20, 9, 2)), more) == [
        "= Priya Nair now arrives by 10:15"
    ]
    (known,) = screen.state.estimates
    assert known[1].latest == at(20, 10, 15)
    arrived = told(at(20, 10), visit(VisitState.ON_SITE), EventKind.VISIT_ARRIVED)
    subject = ticket(state=TicketState.VISIT, visit=visit(VisitState.ON_SITE))
    assert screen.hear(at(20, 10), subject, arrived) == ["Priya Nair is with you"]
    assert screen.state.estimates == ()


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 120), st.integers(-40, 300)), min_size=1, max_size=12))
def test_what_is_shown_is_never_far_from_what_was_told(steps: list[tuple[int, int]]) -> None:
    events, now = [], SET_OFF
    for wait, ahead in steps:
        now += minutes(wait)
        events.append(told(now, coming(now + minutes(ahead))))
    unique = list({each.id: each for each in events}.values())
    shown, small = follow(None, unique)
    last = estimate_of(unique[-1].details.visit)
    assert shown is not None
    assert last is not None
    assert abs(shown.latest - last.latest) <= minutes(30)
    assert (shown == last) or unique[-1].id in small
    assert unique[0].id not in small
    # Piece by piece gives the same as all at once: what is remembered is enough.
    half, _ = follow(None, unique[: len(unique) // 2])
    assert follow(half, unique[len(unique) // 2 :])[0] == shown
