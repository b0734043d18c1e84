"""Quiet hours in the reader's zone: over midnight, at weekends, through clock changes; and digest times."""

from datetime import UTC, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.model.making import BERLIN, at
from tracker.model.quiet import is_quiet, next_of, quiet_ends
from tracker.model.telling import NotifySettings

USUAL = NotifySettings()
EVERY_DAY = NotifySettings(quiet_weekend=False)
LUNCH = NotifySettings(quiet=(time(12), time(13)))
NONE = NotifySettings(quiet=None)
WEEKEND_ONLY = NotifySettings(quiet=(time(0), time(0)))


@pytest.mark.parametrize(
    ("settings", "when", "ends"),
    [
        (USUAL, at(17, 8), None),
        (USUAL, at(17, 17, 59), None),
        (USUAL, at(17, 18), at(18, 8)),
        (USUAL, at(18, 2), at(18, 8)),
        (USUAL, at(21, 18), at(24, 8)),
        (USUAL, at(22, 12), at(24, 8)),
        (USUAL, at(23, 23, 59), at(24, 8)),
        (EVERY_DAY, at(21, 18), at(22, 8)),
        (EVERY_DAY, at(22, 12), None),
        (LUNCH, at(17, 12, 30), at(17, 13)),
        (LUNCH, at(17, 13), None),
        (LUNCH, at(22, 9), at(24, 0)),
        (NONE, at(22, 3), None),
        (WEEKEND_ONLY, at(17, 3), None),
        (WEEKEND_ONLY, at(22, 3), at(24, 0)),
    ],
)
def test_quiet_begins_and_ends_as_the_person_wants(
    settings: NotifySettings, when: datetime, ends: datetime | None
) -> None:
    assert is_quiet(when, settings, BERLIN) == (ends is not None)
    assert quiet_ends(when, settings, BERLIN) == (ends or when)


def test_quiet_is_counted_where_the_reader_is() -> None:
    when = at(17, 17)
    assert is_quiet(when, USUAL, ZoneInfo("Asia/Kolkata"))
    assert not is_quiet(when, USUAL, ZoneInfo("America/New_York"))


@pytest.mark.parametrize(
    ("night", "ends"),
    [
        (datetime(2025, 3, 30, 0, 30, tzinfo=BERLIN), datetime(2025, 3, 30, 8, tzinfo=BERLIN)),
        (datetime(2025, 10, 26, 0, 30, tzinfo=BERLIN), datetime(2025, 10, 26, 8, tzinfo=BERLIN)),
    ],
)
def test_a_night_with_a_clock_change_ends_by_the_clock_on_the_wall(night: datetime, ends: datetime) -> None:
    assert quiet_ends(night.astimezone(UTC), EVERY_DAY, BERLIN) == ends.astimezone(UTC)


def test_quiet_that_ends_at_an_hour_that_is_left_out_ends_after_it() -> None:
    until_half_past_two = NotifySettings(quiet=(time(22), time(2, 30)), quiet_weekend=False)
    night = datetime(2025, 3, 30, 1, tzinfo=BERLIN).astimezone(UTC)
    ends = quiet_ends(night, until_half_past_two, BERLIN)
    assert timedelta() < ends - night <= timedelta(hours=2)
    assert not is_quiet(ends, until_half_past_two, BERLIN)


def test_who_wants_quiet_nearly_always_is_still_told() -> None:
    nearly = NotifySettings(quiet=(time(9), time(8, 59)))
    assert quiet_ends(at(17, 9), nearly, BERLIN) == at(18, 8, 59)


def test_the_next_digest_is_at_the_readers_next_time() -> None:
    times = (time(9), time(13), time(16, 30))
    assert next_of(at(17, 8), times, BERLIN) == at(17, 9)
    assert next_of(at(17, 9), times, BERLIN) == at(17, 13)
    assert next_of(at(17, 17), times, BERLIN) == at(18, 9)
    assert next_of(at(17, 9), (), BERLIN) is None


_ZONES: st.SearchStrategy[tzinfo] = st.sampled_from([BERLIN, ZoneInfo("America/New_York"), UTC])
_CLOCKS = st.times().map(lambda t: t.replace(second=0, microsecond=0, fold=0))
_MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC))
_WISHES = st.builds(
    NotifySettings, quiet=st.none() | st.tuples(_CLOCKS, _CLOCKS), quiet_weekend=st.booleans()
)


@settings(max_examples=100)
@given(_MOMENTS, _WISHES, _ZONES)
def test_quiet_ends_when_it_is_quiet_no_longer(when: datetime, wishes: NotifySettings, zone: tzinfo) -> None:
    ends = quiet_ends(when, wishes, zone)
    if is_quiet(when, wishes, zone):
        assert ends > when
        assert not is_quiet(ends, wishes, zone)
        assert ends - when <= timedelta(days=4)
    else:
        assert ends == when


@settings(max_examples=100)
@given(_MOMENTS, st.lists(_CLOCKS, min_size=1, max_size=3), _ZONES)
def test_the_next_time_lies_within_two_days(when: datetime, clocks: list[time], zone: tzinfo) -> None:
    due = next_of(when, tuple(clocks), zone)
    assert due is not None
    assert timedelta() < due - when <= timedelta(hours=26)
