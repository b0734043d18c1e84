"""Times in the desk's zone: said, typed, and the two days a year on which clocks jump."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.frontdesk.clock import Clock
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.pages.desk_time import DeskTime, desk_time
from tracker.frontdesk.refusals import Refused

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BERLIN = DeskTime(NOW, ZoneInfo("Europe/Berlin"))


def test_times_are_said_in_the_zone_of_the_desk() -> None:
    assert BERLIN.say(NOW) == "10:00"
    assert BERLIN.say_window(NOW, NOW + timedelta(hours=2)) == "10:00 – 12:00"
    assert BERLIN.say_window(NOW, NOW + timedelta(days=1)) == "10:00 – tomorrow 10:00"
    assert BERLIN.exact(NOW) == "Monday 23 November 2026, 10:00 (Europe/Berlin)"
    assert BERLIN.distance(NOW + timedelta(hours=2, minutes=40)) == "in 2 h 40 min"
    assert BERLIN.distance(NOW - timedelta(minutes=110)) == "1 h 50 min late"
    assert DeskTime(NOW, ZoneInfo("Etc/UTC")).zone_name == "UTC"
    assert DeskTime(NOW, ZoneInfo("America/New_York")).zone_name == "America/New York"


def test_a_typed_time_is_in_the_zone_of_the_desk_in_summer_and_in_winter() -> None:
    assert BERLIN.read("2026-07-01T10:00", "By") == datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
    assert BERLIN.read("2026-12-01T10:00:59", "By") == datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


def test_a_time_that_the_clocks_skip_is_refused_and_one_struck_twice_is_the_first() -> None:
    with pytest.raises(Refused, match="02:30 does not exist"):
        BERLIN.read("2027-03-28T02:30", "By")
    assert BERLIN.read("2027-10-31T02:30", "By") == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["", "tomorrow", "2026-13-01T10:00", "0001-01-01T00:00"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="“By”"):
        BERLIN.read(typed, "By")


def test_fields_hold_whole_five_minutes() -> None:
    assert BERLIN.field(NOW + timedelta(minutes=1, seconds=30)) == "2026-11-23T10:05"
    assert BERLIN.field(NOW) == "2026-11-23T10:00"


def test_the_zone_is_that_of_the_business_hours_where_there_are_some(open_desk: Desk, clock: Clock) -> None:
    assert desk_time(open_desk) == DeskTime(clock.now, ZoneInfo("Europe/Berlin"))
    path = open_desk.folder / "desk.toml"
    path.write_text('[hours]\nzone = "Asia/Tokyo"\n', encoding="utf-8")
    with Desk(open_desk.folder, clock=clock) as desk:
        assert desk_time(desk).zone_name == "Asia/Tokyo"
