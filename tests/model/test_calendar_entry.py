"""What a calendar has of a visit, and whether that is still so."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tracker.model.calendar_entry import CalendarEntry, InCalendar, in_calendar, next_entry
from tracker.model.site_time import zone_named
from tracker.model.visit import Visit, VisitState

NOW = datetime(2025, 11, 21, 9, tzinfo=UTC)
VISIT = Visit("v1", NOW + timedelta(hours=4), NOW + timedelta(hours=6), place="desk 4.112")
ENTRY = CalendarEntry("u1", "v1", VISIT.starts, NOW + timedelta(hours=6), "desk 4.112")
LATER = replace(VISIT, starts=NOW + timedelta(days=1), ends=NOW + timedelta(days=1, hours=2))


def test_what_was_never_put_there_is_absent() -> None:
    assert in_calendar(VISIT, None, NOW) is InCalendar.ABSENT
    assert in_calendar(VISIT, replace(ENTRY, cancelled=True), NOW) is InCalendar.ABSENT


def test_what_is_still_so_is_current() -> None:
    assert in_calendar(VISIT, ENTRY, NOW) is InCalendar.CURRENT


def test_a_moved_visit_has_the_old_time_there() -> None:
    assert in_calendar(LATER, ENTRY, NOW) is InCalendar.OLD_TIME
    another = replace(LATER, id="v2")
    assert in_calendar(another, ENTRY, NOW) is InCalendar.OLD_TIME


def test_another_visit_after_one_that_is_over_is_absent() -> None:
    assert in_calendar(replace(LATER, id="v2"), ENTRY, NOW + timedelta(hours=7)) is InCalendar.ABSENT


@pytest.mark.parametrize("change", [{"place": "desk 1"}, {"directions": "behind the lift"}])
def test_another_place_is_said(change: dict[str, str]) -> None:
    assert in_calendar(replace(VISIT, **change), ENTRY, NOW) is InCalendar.OLD_PLACE  # type: ignore[arg-type]


def test_a_visit_called_off_is_to_be_taken_out_while_it_would_still_come() -> None:
    off = replace(VISIT, state=VisitState.CANCELLED)
    assert in_calendar(off, ENTRY, NOW) is InCalendar.CALLED_OFF
    assert in_calendar(off, ENTRY, NOW + timedelta(days=1)) is InCalendar.CURRENT


def test_what_is_over_is_not_out_of_date() -> None:
    done = replace(LATER, state=VisitState.DONE)
    assert in_calendar(done, ENTRY, NOW) is InCalendar.CURRENT


def test_the_first_entry_starts_at_nought() -> None:
    entry = next_entry(VISIT, None, uid="u9", now=NOW)
    assert (entry.uid, entry.sequence, entry.starts, entry.ends) == ("u9", 0, VISIT.starts, VISIT.ends)


def test_the_same_again_is_no_step_on() -> None:
    first = next_entry(VISIT, None, uid="u9", now=NOW)
    assert next_entry(VISIT, first, uid="other", now=NOW) == first


def test_each_change_is_a_step_on_under_the_same_name() -> None:
    first = next_entry(VISIT, None, uid="u9", now=NOW)
    moved = next_entry(LATER, first, uid="other", now=NOW)
    off = next_entry(replace(LATER, state=VisitState.CANCELLED), moved, uid="other", now=NOW)
    assert [(e.uid, e.sequence, e.cancelled) for e in (first, moved, off)] == [
        ("u9", 0, False),
        ("u9", 1, False),
        ("u9", 2, True),
    ]


def test_a_visit_in_place_of_one_to_come_takes_its_entry_over() -> None:
    another = replace(LATER, id="v2")
    assert next_entry(another, ENTRY, uid="new", now=NOW).uid == "u1"
    assert next_entry(another, ENTRY, uid="new", now=NOW + timedelta(hours=7)).uid == "new"


def test_a_window_without_an_end_gets_one() -> None:
    entry = next_entry(replace(VISIT, ends=None), None, uid="u", now=NOW)
    assert entry.ends - entry.starts == timedelta(hours=1)


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "Europe", "../../etc/passwd", "\x00"])
def test_a_zone_that_does_not_exist_is_none(name: str) -> None:
    assert zone_named(name) is None


def test_a_zone_is_found_by_its_name() -> None:
    zone = zone_named("Europe/Lisbon")
    assert zone is not None
    assert datetime(2025, 7, 1, tzinfo=zone).utcoffset() == timedelta(hours=1)
