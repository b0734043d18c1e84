"""A visit elsewhere is told in the time of its place, where that is another time than the reader's."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.model.making import BERLIN, at, visit
from tracker.model.site_time import place_of, site_zone, zone_named
from tracker.model.visit import Visit

NEW_YORK = ZoneInfo("America/New_York")


def test_a_place_with_other_clocks_is_named() -> None:
    zone = site_zone(visit(zone="America/New_York"), BERLIN)
    assert zone == NEW_YORK
    assert place_of(NEW_YORK) == "New York"


@pytest.mark.parametrize("zone", ["", "Europe/Berlin", "Europe/Paris", "Mars/Base", "Europe", "../etc", "\0"])
def test_the_same_time_under_another_name_and_no_such_zone_say_nothing(zone: str) -> None:
    assert site_zone(visit(zone=zone), BERLIN) is None


def test_two_places_that_differ_only_for_some_weeks_are_told_apart_in_those() -> None:
    halifax, argentina = "America/Halifax", ZoneInfo("America/Argentina/Buenos_Aires")
    winter = Visit("v", datetime(2026, 1, 20, 15, tzinfo=UTC), zone=halifax)
    summer = Visit("v", datetime(2026, 7, 20, 15, tzinfo=UTC), zone=halifax)
    assert site_zone(winter, argentina) == ZoneInfo(halifax)
    assert site_zone(summer, argentina) is None


def test_a_visit_over_a_clock_change_counts_both_its_ends() -> None:
    over = Visit(
        "v",
        starts=datetime(2026, 3, 29, 0, 30, tzinfo=UTC),
        ends=datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
        zone="Africa/Lagos",
    )
    assert site_zone(over, BERLIN) == ZoneInfo("Africa/Lagos")


def test_a_zone_is_found_by_its_name_or_not_at_all() -> None:
    assert zone_named("Europe/Berlin") == BERLIN
    assert zone_named("Atlantis") is None


def test_a_window_that_ends_before_it_starts_has_no_end() -> None:
    backwards = visit(ends=at(20, 9))
    assert backwards.closes is None
    assert backwards.given_up_at == at(20, 11, 15)
