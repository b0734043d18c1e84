"""The hours of a desk that tells none are chosen here; what makes no sense is said and harms nothing else."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tracker.host.desk_hours import DeskHours, calendar_for
from tracker.host.settings import Settings, read_settings, write_settings
from tracker.model.cadence import Cadence
from tracker.model.calendar import Calendar

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
TODAY = date(2026, 3, 2)
EARLY = ((time(7), time(12)), (time(13), time(15)))
TOLD = Calendar(NEW_YORK, (EARLY,) * 7, frozenset({date(2026, 7, 4)}))
BAVARIA = DeskHours(
    zone="Europe/Berlin",
    week=((EARLY,) * 5) + ((), ((time(22), time(6)),)),
    country="DE",
    region="BY",
    days_off=frozenset({date(2026, 12, 24)}),
)


def test_hours_and_cadence_are_read_back_as_they_were_chosen() -> None:
    chosen = Settings(
        hours=BAVARIA,
        cadence=Cadence(urgent=timedelta(minutes=30), low=timedelta(hours=40)),
        snoozed_until=datetime(2026, 3, 2, 9, tzinfo=UTC),
        notify_changed_at=datetime(2026, 3, 1, 9, tzinfo=UTC),
    )
    assert read_settings(write_settings(chosen)) == (chosen, ())
    assert read_settings({"hours": None}) == (Settings(), ())
    assert read_settings({"cadence": {"high": 90}})[0].cadence == Cadence(high=timedelta(minutes=90))
    assert chosen.notify.snoozed_until == chosen.snoozed_until
    assert chosen.notify.changed_at == chosen.notify_changed_at


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [
        ("nine to five", "must say zone, week, country, region and days_off"),
        ({"zone": "Europe/Atlantis"}, "must have a time zone such as Europe/Berlin"),
        ({"zone": "Europe"}, "must have a time zone such as Europe/Berlin"),
        ({"zone": "../../etc/passwd"}, "must have a time zone such as Europe/Berlin"),
        ({"zone": 7}, "must be a text of at most 60 characters"),
        ({"week": [[["09:00", "17:00"]]]}, "must have seven days in its week"),
        ({"week": "always"}, "must have seven days in its week"),
        ({"week": ["always"] * 7}, "may have at most 6 times"),
        ({"week": [[["09:00"]]] * 7}, "must have two times for each opening"),
        ({"week": [["09:00"]] * 7}, "must have two times for each opening"),
        ({"week": [[["09:00", "25:00"]]] * 7}, "must be a time such as 18:00"),
        ({"week": [[["09:00", "12:00"], ["11:00", "15:00"]]] * 7}, "in order and apart"),
        ({"week": [[["22:00", "06:00"], ["07:00", "15:00"]]] * 7}, "in order and apart"),
        ({"country": "Germany"}, "must be a text of at most 2 characters"),
        ({"country": "de"}, "must name the country by two letters such as DE"),
        ({"country": "DE", "region": "B Y"}, "must name the country by two letters such as DE"),
        ({"region": "BY"}, "must name the country of the region"),
        ({"days_off": ["24.12.2026"]}, "must have days off such as 2026-12-24"),
        ({"days_off": "Christmas"}, "may have at most 400 days off"),
        ({"days_off": ["2026-12-24"] * 401}, "may have at most 400 days off"),
    ],
)
def test_hours_that_cannot_be_are_said_and_left_out(hours: object, sentence: str) -> None:
    settings, (complaint,) = read_settings({"hours": hours, "language": "de"})
    assert sentence in complaint
    assert complaint.startswith("The setting “hours”")
    assert (settings.hours, settings.language) == (None, "de")


@pytest.mark.parametrize(
    "cadence", ["daily", {"high": 0}, {"high": True}, {"high": "4 h"}, {"low": 10**9}, {"urgent": 1.5}]
)
def test_a_cadence_that_cannot_be_is_said_and_left_out(cadence: object) -> None:
    settings, (complaint,) = read_settings({"cadence": cadence})
    assert "minutes" in complaint
    assert settings.cadence == Cadence()


@pytest.mark.parametrize("until", ["tomorrow", "2026-03-02T09:00:00", "0001-01-01T00:00:00+12:00", 7])
def test_a_snooze_without_a_clear_moment_is_none(until: object) -> None:
    settings, complaints = read_settings({"snoozed_until": until})
    assert (settings.snoozed_until, len(complaints)) == (None, 1)


def test_where_nothing_is_chosen_the_desk_counts_else_office_hours_here() -> None:
    assert calendar_for(None, TOLD, here=BERLIN, today=TODAY) is TOLD
    assert calendar_for(None, None, here=BERLIN, today=TODAY) == Calendar(BERLIN)
    assert calendar_for(DeskHours(), TOLD, here=BERLIN, today=TODAY) == TOLD


def test_what_is_chosen_overrides_the_desk_part_by_part() -> None:
    assert calendar_for(DeskHours(zone="Europe/Berlin"), TOLD, here=BERLIN, today=TODAY) == Calendar(
        BERLIN, TOLD.week, TOLD.holidays
    )
    christmas = frozenset({date(2026, 12, 24)})
    assert calendar_for(DeskHours(days_off=christmas), TOLD, here=BERLIN, today=TODAY) == Calendar(
        NEW_YORK, TOLD.week, christmas
    )


def test_a_country_and_its_region_have_their_public_holidays() -> None:
    calendar = calendar_for(BAVARIA, TOLD, here=NEW_YORK, today=TODAY)
    assert (calendar.zone, calendar.week) == (BERLIN, BAVARIA.week)
    for year in (2025, 2026, 2027, 2028):
        assert date(year, 1, 6) in calendar.holidays  # Epiphany, in Bavaria and not in Berlin
    assert {date(2026, 12, 24), date(2026, 10, 3)} <= calendar.holidays
    assert date(2026, 7, 4) not in calendar.holidays
    # From Maundy Thursday at two, the next working hour and a half end on Tuesday after Easter.
    thursday = datetime(2026, 4, 2, 14, tzinfo=BERLIN)
    without_sunday = Calendar(BERLIN, (*BAVARIA.week[:6], ()), calendar.holidays)
    assert without_sunday.add(thursday, timedelta(minutes=90)) == datetime(2026, 4, 7, 7, 30, tzinfo=BERLIN)


@pytest.mark.expected_logs("No public holidays are known")
@pytest.mark.parametrize(("country", "region"), [("XX", ""), ("DE", "ZZ")])
def test_a_country_nobody_knows_has_no_holidays_and_the_log_says_so(country: str, region: str) -> None:
    chosen = DeskHours(country=country, region=region)
    calendar = calendar_for(chosen, TOLD, here=BERLIN, today=TODAY)
    assert calendar == Calendar(NEW_YORK, TOLD.week, frozenset())


def test_a_zone_that_is_not_known_on_this_computer_leaves_the_one_of_the_desk() -> None:
    assert calendar_for(DeskHours(zone="Mars/Base"), TOLD, here=BERLIN, today=TODAY).zone == NEW_YORK
