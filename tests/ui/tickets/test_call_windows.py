"""Times for a call: proposed from the opening hours, read as people type them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from tests.ui.samples import NOW, ZONE, at
from tracker.model.calendar import Calendar
from tracker.model.window import Window
from tracker.ui.tickets.call_windows import moment, proposed, read_time

OFFICE = Calendar(ZONE)
BRITISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
AMERICAN = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)


def test_the_next_ones_are_proposed_while_the_desk_is_open() -> None:
    assert proposed(OFFICE, NOW, count=3) == (
        Window(at(21, 14, 30), at(21, 16, 30)),
        Window(at(24, 9), at(24, 11)),
        Window(at(24, 13), at(24, 15)),
    )


def test_a_day_off_is_passed_over() -> None:
    closed = Calendar(ZONE, holidays=frozenset({date(2025, 11, 24)}))
    assert proposed(closed, at(21, 18), count=1) == (Window(at(25, 9), at(25, 11)),)


def test_too_little_of_the_day_is_not_proposed() -> None:
    assert proposed(OFFICE, at(21, 16, 10), count=1) == (Window(at(24, 9), at(24, 11)),)


def test_a_desk_that_is_never_open_is_taken_for_one_that_always_is() -> None:
    never = Calendar(ZONE, week=((),) * 7)
    assert len(proposed(never, NOW, count=2)) == 2


@settings(max_examples=40, deadline=None)
@given(st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)))
def test_what_is_proposed_is_sound_ahead_and_inside_the_hours(now: datetime) -> None:
    windows = proposed(OFFICE, now, count=4)
    assert len(windows) == 4
    assert all(window.is_sound and window.starts > now for window in windows)
    assert all(
        OFFICE.between(window.starts, window.ends) == window.ends - window.starts for window in windows
    )


@pytest.mark.parametrize(
    ("typed", "locale", "read"),
    [
        ("15:00", BRITISH, time(15)),
        ("9:05", BRITISH, time(9, 5)),
        (" 15 ", BRITISH, time(15)),
        ("15.30", BRITISH, time(15, 30)),
        ("3:30 pm", AMERICAN, time(15, 30)),
        ("3 PM", AMERICAN, time(15)),
        ("15:00", AMERICAN, time(15)),
        ("", BRITISH, None),
        ("25:00", BRITISH, None),
        ("soon", BRITISH, None),
    ],
)
def test_times_are_read_as_people_type_them(typed: str, locale: QLocale, read: time | None) -> None:
    assert read_time(typed, locale) == read


def test_an_hour_that_the_clocks_go_over_counts_as_the_one_after() -> None:
    spring = date(2026, 3, 29)
    assert moment(spring, time(2, 30), ZoneInfo("Europe/Berlin")) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert moment(spring, time(3, 30), ZoneInfo("Europe/Berlin")) - moment(
        spring, time(1, 30), ZoneInfo("Europe/Berlin")
    ) == timedelta(hours=1)
