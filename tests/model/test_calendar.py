"""Working time is counted in the desk's own hours, through clock changes, holidays and nights."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tracker.model.cadence import Cadence
from tracker.model.calendar import WORKING_DAY, Calendar, Hours
from tracker.model.ticket import Priority

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
HOUR = timedelta(hours=1)
ALWAYS: Hours = ((time(0), time(0)),)
NIGHT: Hours = ((time(22), time(6)),)


def local(zone: ZoneInfo, *parts: int) -> datetime:
    year, month, day, hour, minute = parts
    return datetime(year, month, day, hour, minute, tzinfo=zone).astimezone(UTC)


def test_a_day_at_the_office_has_eight_hours() -> None:
    office = Calendar(BERLIN)
    assert office.between(local(BERLIN, 2025, 11, 17, 0, 0), local(BERLIN, 2025, 11, 18, 0, 0)) == WORKING_DAY


def test_time_runs_only_while_the_desk_is_open() -> None:
    office = Calendar(BERLIN)
    friday = local(BERLIN, 2025, 11, 14, 16, 0)
    assert office.add(friday, 2 * HOUR) == local(BERLIN, 2025, 11, 17, 10, 0)
    assert office.between(friday, local(BERLIN, 2025, 11, 17, 10, 0)) == 2 * HOUR
    assert (
        office.between(local(BERLIN, 2025, 11, 15, 8, 0), local(BERLIN, 2025, 11, 16, 20, 0)) == timedelta()
    )


def test_what_ends_at_closing_time_ends_that_day() -> None:
    office = Calendar(BERLIN)
    assert office.add(local(BERLIN, 2025, 11, 17, 9, 0), WORKING_DAY) == local(BERLIN, 2025, 11, 17, 17, 0)


def test_it_says_whether_and_when_somebody_is_there() -> None:
    office = Calendar(BERLIN)
    assert office.is_open(local(BERLIN, 2025, 11, 17, 9, 0))
    assert not office.is_open(local(BERLIN, 2025, 11, 17, 17, 0))
    assert not office.is_open(local(BERLIN, 2025, 11, 16, 12, 0))
    evening = local(BERLIN, 2025, 11, 14, 18, 0)
    assert office.next_opening(evening) == local(BERLIN, 2025, 11, 17, 9, 0)


def test_holidays_do_not_count() -> None:
    christmas = frozenset({date(2025, 12, 25), date(2025, 12, 26)})
    office = Calendar(BERLIN, holidays=christmas)
    eve = local(BERLIN, 2025, 12, 24, 16, 0)
    assert office.add(eve, 2 * HOUR) == local(BERLIN, 2025, 12, 29, 10, 0)


def test_a_lunch_break_does_not_count() -> None:
    day: Hours = ((time(9), time(12)), (time(13), time(17)))
    desk = Calendar(BERLIN, week=(day,) * 7)
    morning = local(BERLIN, 2025, 11, 17, 11, 0)
    assert desk.add(morning, 2 * HOUR) == local(BERLIN, 2025, 11, 17, 14, 0)


@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK], ids=str)
@pytest.mark.parametrize(
    ("day", "hours"),
    [((2025, 3, 30), 23), ((2025, 10, 26), 25), ((2025, 3, 9), 23), ((2025, 11, 2), 25)],
)
def test_a_desk_that_never_closes_has_the_hours_the_day_really_has(
    zone: ZoneInfo, day: tuple[int, int, int], hours: int
) -> None:
    in_berlin = day[1] in (3, 10) and day[2] > 20
    begins = datetime(*day, tzinfo=zone)
    ends = datetime.combine(begins.date() + timedelta(days=1), time(0), zone)
    desk = Calendar(zone, week=(ALWAYS,) * 7)
    expected = hours if in_berlin == (zone is BERLIN) else 24
    assert desk.between(begins.astimezone(UTC), ends.astimezone(UTC)) == expected * HOUR


@pytest.mark.parametrize(
    ("zone", "friday", "monday"),
    [
        (BERLIN, (2025, 3, 28), (2025, 3, 31)),
        (BERLIN, (2025, 10, 24), (2025, 10, 27)),
        (NEW_YORK, (2025, 3, 7), (2025, 3, 10)),
        (NEW_YORK, (2025, 10, 31), (2025, 11, 3)),
    ],
)
def test_the_office_opens_by_the_clock_on_the_wall_after_a_clock_change(
    zone: ZoneInfo, friday: tuple[int, int, int], monday: tuple[int, int, int]
) -> None:
    start = local(zone, *friday, 16, 0)
    assert Calendar(zone).add(start, 2 * HOUR) == local(zone, *monday, 10, 0)


def test_a_night_shift_goes_on_into_the_next_day_and_a_clock_change_makes_it_shorter() -> None:
    desk = Calendar(BERLIN, week=(NIGHT,) * 7)
    assert desk.is_open(local(BERLIN, 2025, 11, 17, 3, 0))
    assert not desk.is_open(local(BERLIN, 2025, 11, 17, 12, 0))
    usual = desk.between(local(BERLIN, 2025, 11, 17, 12, 0), local(BERLIN, 2025, 11, 18, 12, 0))
    spring = desk.between(local(BERLIN, 2025, 3, 29, 12, 0), local(BERLIN, 2025, 3, 30, 12, 0))
    autumn = desk.between(local(BERLIN, 2025, 10, 25, 12, 0), local(BERLIN, 2025, 10, 26, 12, 0))
    assert (usual, spring, autumn) == (8 * HOUR, 7 * HOUR, 9 * HOUR)


def test_a_spell_that_the_clocks_go_over_does_not_exist() -> None:
    gone: Hours = ((time(2), time(2, 30)),)
    desk = Calendar(BERLIN, week=(gone,) * 7)
    day = local(BERLIN, 2025, 3, 30, 0, 0)
    assert desk.between(day, day + timedelta(days=1)) <= HOUR / 2
    backwards: Hours = ((time(2, 30), time(3)),)
    desk = Calendar(BERLIN, week=(backwards,) * 7)
    assert desk.between(day, day + timedelta(hours=20)) == timedelta()


@pytest.mark.parametrize("week", [((),) * 7, (), (ALWAYS,) * 3], ids=["closed", "none", "too short"])
def test_a_desk_that_never_opens_counts_as_always_open(week: tuple[Hours, ...]) -> None:
    desk, start = Calendar(BERLIN, week=week), local(BERLIN, 2025, 11, 15, 3, 0)
    assert desk.add(start, 5 * HOUR) == start + 5 * HOUR
    assert desk.between(start, start + 5 * HOUR) == 5 * HOUR
    assert desk.next_opening(start) == start


def test_a_desk_that_has_no_such_time_in_over_a_year_does_not_wait_for_ever() -> None:
    desk = Calendar(BERLIN, week=(((time(9), time(9, 1)),), (), (), (), (), (), ()))
    start = local(BERLIN, 2025, 11, 17, 9, 0)
    assert desk.add(start, WORKING_DAY) == start + WORKING_DAY


def test_no_time_passes_backwards() -> None:
    now = local(BERLIN, 2025, 11, 17, 12, 0)
    assert Calendar(BERLIN).between(now, now) == Calendar(BERLIN).between(now, now - HOUR) == timedelta()


def test_a_calendar_asked_about_many_years_gives_the_same_answers() -> None:
    office = Calendar(BERLIN)
    monday = local(BERLIN, 2025, 11, 17, 9, 0)
    for step in range(600):  # more days than it remembers
        start = local(BERLIN, 2000 + step // 12, 1 + step % 12, 1, 9, 0)
        assert office.between(start, office.add(start, 5 * HOUR)) == 5 * HOUR
    assert office.add(monday, HOUR) == monday + HOUR
    assert office == Calendar(BERLIN)
    assert hash(office) == hash(Calendar(BERLIN))


_MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))
_TIMES = st.times().map(lambda t: t.replace(minute=t.minute // 15 * 15, second=0, microsecond=0, fold=0))
_DAYS = st.lists(_TIMES, min_size=2, max_size=4, unique=True).map(
    lambda found: tuple(zip(*[iter(sorted(found))] * 2, strict=False))
)
_CALENDARS = st.builds(
    Calendar,
    st.sampled_from([UTC, BERLIN, NEW_YORK, ZoneInfo("Asia/Kolkata")]),
    st.tuples(_DAYS, *[st.one_of(_DAYS, st.just(()))] * 6),
    st.frozensets(st.dates(date(2024, 1, 1), date(2027, 1, 1)), max_size=5),
)


@settings(max_examples=60)
@given(_CALENDARS, _MOMENTS, st.timedeltas(timedelta(0), timedelta(hours=8)))
def test_adding_working_time_and_counting_it_agree(
    desk: Calendar, start: datetime, working: timedelta
) -> None:
    end = desk.add(start, working)
    assume(end - start < timedelta(days=390))
    assert end >= start
    assert desk.between(start, end) == working


@settings(max_examples=60)
@given(_CALENDARS, _MOMENTS, _MOMENTS, _MOMENTS)
def test_working_time_adds_up_and_is_never_longer_than_time(
    desk: Calendar, one: datetime, two: datetime, three: datetime
) -> None:
    first, second, third = sorted((one, two, three))
    assume(third - first < timedelta(days=390))
    whole = desk.between(first, third)
    assert timedelta() <= whole <= third - first
    assert desk.between(first, second) + desk.between(second, third) == whole


def test_the_cadence_follows_the_priority() -> None:
    cadence = Cadence()
    assert [cadence.of(p) for p in (Priority.URGENT, Priority.HIGH, Priority.NORMAL, Priority.LOW)] == [
        HOUR,
        4 * HOUR,
        WORKING_DAY,
        3 * WORKING_DAY,
    ]
