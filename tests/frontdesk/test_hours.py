"""The desk's business time: country holidays, days of its own, summer time, and what clients are told."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

from tests.frontdesk.house import Caller
from tracker.frontdesk.hours import BusinessHours, due, opening_spells, postponed, worked
from tracker.frontdesk.server import ServeConfig, serving
from tracker.frontdesk.settings import DeskSettings

BAVARIA = BusinessHours(zone="Europe/Berlin", country="DE", region="BY", holidays=(date(2026, 12, 24),))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_public_holidays_of_the_country_and_its_region_are_no_business_time() -> None:
    # 6 January is a holiday in Bavaria, not in Berlin; 2026 it is a Tuesday.
    start = at("2026-01-05T16:00+01:00")
    assert due(start, 2, business=BAVARIA) == at("2026-01-07T09:00+01:00")
    berlin = BusinessHours(zone="Europe/Berlin", country="DE", region="BE")
    assert due(start, 2, business=berlin) == at("2026-01-06T09:00+01:00")


def test_own_days_off_come_besides_the_public_ones() -> None:
    assert due(at("2026-12-23T16:00+01:00"), 2, business=BAVARIA) == at("2026-12-28T09:00+01:00")


def test_holidays_are_known_for_whatever_year_is_asked_for() -> None:
    assert due(at("2031-12-24T16:30+01:00"), 1, business=BAVARIA) == at("2031-12-29T08:30+01:00")


@pytest.mark.parametrize(
    ("latest", "since", "now", "expected"),
    [
        # Fridays and Mondays of November 2026; one hour was left, and is left still.
        ("2026-11-20T17:00", "2026-11-20T16:00", "2026-11-23T08:00", "2026-11-23T09:00"),
        ("2026-11-20T17:00", "2026-11-20T16:00", "2026-11-23T16:30", "2026-11-24T08:30"),
        # Asked on Friday, answered on Saturday: nothing of Monday is given away.
        ("2026-11-23T10:00", "2026-11-20T16:00", "2026-11-21T12:00", "2026-11-23T11:00"),
        # No business time was left: the time by the clock counts.
        ("2026-11-21T12:00", "2026-11-20T18:00", "2026-11-20T19:00", "2026-11-21T13:00"),
        # It was late already when the clock stopped, and is as late when it goes on.
        ("2026-11-20T10:00", "2026-11-20T10:10", "2026-11-20T12:10", "2026-11-20T12:00"),
    ],
)
def test_a_clock_that_stood_still_leaves_the_business_time_that_was_left(
    latest: str, since: str, now: str, expected: str
) -> None:
    moments = [at(f"{text}+01:00") for text in (latest, since, now)]
    told = postponed(moments[0], stood_since=moments[1], now=moments[2], business=BAVARIA)
    assert told == at(f"{expected}+01:00")
    assert postponed(moments[0], stood_since=moments[1], now=moments[2], business=None) == moments[0] + (
        moments[2] - moments[1]
    )


def test_business_time_is_counted_only_while_the_desk_is_open() -> None:
    friday, monday = at("2026-11-20T16:00+01:00"), at("2026-11-23T09:00+01:00")
    assert worked(friday, monday, business=BAVARIA) == timedelta(hours=2)
    assert worked(monday, friday, business=BAVARIA) == timedelta()
    assert worked(friday, monday, business=None) == monday - friday


def test_openings_keep_their_local_hours_over_both_changes_of_the_clock() -> None:
    for start, days in (("2026-03-27T00:00+00:00", 5), ("2026-10-23T00:00+00:00", 5)):
        begin = at(start)
        for opens, closes in opening_spells(BAVARIA, begin, begin + timedelta(days=days)):
            assert closes - opens == timedelta(hours=9)
            assert opens.astimezone(ZoneInfo("Europe/Berlin")).time() == time(8)


@pytest.mark.parametrize(
    ("line", "mistake"),
    [
        ('country = "XX"', "public holidays of XX are not known"),
        ('country = "DE"\nregion = "ZZ"', "public holidays of DE ZZ are not known"),
        ('region = "BY"', "a region needs its country"),
        ('zone = "Europe/Atlantis"', "no time zone called Europe/Atlantis"),
        ('zone = "Europe"', "no time zone called Europe"),
        ('zone = "../x"', "no time zone called ../x"),
    ],
)
def test_a_mistake_in_the_hours_is_named(line: str, mistake: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=mistake):
        msgspec.toml.decode(f"[hours]\n{line}\n", type=DeskSettings)


@pytest.mark.parametrize(
    "line", ["window_hours = 0", "window_hours = 25", "days_ahead = 0", "notice_hours = -1"]
)
def test_windows_for_visits_that_cannot_be_are_a_mistake(line: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.toml.decode(f"[visits]\n{line}\n", type=DeskSettings)


def test_clients_are_told_the_week_and_the_days_off_of_three_years() -> None:
    told = BAVARIA.told_days_off(date(2026, 11, 23))
    assert list(told) == sorted(set(told))
    assert {day.year for day in told} == {2026, 2027, 2028}
    assert {date(2026, 12, 24), date(2026, 12, 25), date(2027, 1, 6), date(2028, 12, 26)} <= set(told)
    assert BusinessHours(holidays=(date(2020, 1, 1), date(2027, 5, 5))).told_days_off(date(2026, 1, 1)) == (
        date(2027, 5, 5),
    )


def test_the_desks_card_tells_its_hours(folder: Path) -> None:
    with (folder / "desk.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[hours]\nzone = "Europe/Berlin"\ncountry = "DE"\ndays = [0, 1, 2, 3]\n')
    with serving(ServeConfig(folder)) as url:
        caller = Caller(url)
        card = caller.get("/desk")
        caller.close()
    hours = card["hours"]
    assert hours["zone"] == "Europe/Berlin"
    assert hours["week"] == [[["08:00", "17:00"]]] * 4 + [[]] * 3
    assert f"{datetime.now(UTC).year}-12-25" in hours["holidays"]
    assert {"calls", "slots", "visit_answers", "thanks", "check_ins", "options", "preferences"} <= set(
        card["capabilities"]
    )


def test_a_desk_without_business_time_tells_none(folder: Path) -> None:
    with serving(ServeConfig(folder)) as url:
        caller = Caller(url)
        assert caller.get("/desk")["hours"] is None
        caller.close()
