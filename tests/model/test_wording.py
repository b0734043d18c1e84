"""Lines in plain English: times as a reader says them, lengths in round figures, no holes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.model.making import BERLIN, at
from tracker.model.line import line
from tracker.model.wording import moment, plain, span

NOW = at(19, 14, 20)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (at(19, 9, 5), "09:05"),
        (at(19, 0), "00:00"),
        (at(19, 23, 59), "23:59"),
        (at(20, 0), "tomorrow 00:00"),
        (at(20, 9), "tomorrow 09:00"),
        (at(18, 23, 59), "yesterday 23:59"),
        (at(25, 17), "Tue 25 Nov, 17:00"),
        (at(10, 8), "Mon 10 Nov, 08:00"),
        (datetime(2026, 1, 3, 8, tzinfo=UTC), "Sat 3 Jan 2026, 09:00"),
    ],
)
def test_a_moment_is_said_as_a_reader_says_it(when: datetime, words: str) -> None:
    assert moment(when, now=NOW, zone=BERLIN) == words


def test_a_moment_is_said_in_the_readers_zone() -> None:
    late = datetime(2025, 11, 19, 23, 30, tzinfo=UTC)
    assert moment(late, now=NOW, zone=BERLIN) == "tomorrow 00:30"
    assert moment(late, now=NOW, zone=ZoneInfo("America/New_York")) == "18:30"


def test_tomorrow_is_tomorrow_also_when_the_night_has_an_hour_more() -> None:
    now = datetime(2025, 10, 25, 22, tzinfo=BERLIN)
    assert moment(datetime(2025, 10, 26, 2, 30, tzinfo=BERLIN, fold=1), now=now, zone=BERLIN) == (
        "tomorrow 02:30"
    )


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(), "less than a minute"),
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(minutes=1), "1 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=1), "1 h"),
        (timedelta(hours=2, minutes=40), "2 h 40 min"),
        (timedelta(hours=23, minutes=59), "23 h 59 min"),
        (timedelta(hours=24), "1 day"),
        (timedelta(hours=35), "1 day"),
        (timedelta(hours=37), "2 days"),
        (timedelta(days=-3), "3 days"),
    ],
)
def test_a_length_is_said_in_round_figures(length: timedelta, words: str) -> None:
    assert span(length) == words


def test_a_line_says_its_values() -> None:
    told = line("{who}, {count} of {span} by {time}", who="Ana", count=3, span=timedelta(days=2), time=NOW)
    assert plain(told, now=NOW, zone=BERLIN) == "Ana, 3 of 2 days by 14:20"


def test_the_day_is_said_once_in_a_line() -> None:
    told = line("Visit {start} – {end}", start=at(20, 14), end=at(20, 16))
    assert plain(told, now=NOW, zone=BERLIN) == "Visit tomorrow 14:00 – 16:00"
    over_night = line("Visit {start} – {end}", start=at(19, 22), end=at(20, 1))
    assert plain(over_night, now=NOW, zone=BERLIN) == "Visit 22:00 – tomorrow 01:00"


def test_what_people_write_is_never_read_as_a_template() -> None:
    hostile = "{who.__class__} {0} {nobody} }{ {{"
    assert plain(line("{text}", text=hostile), now=NOW, zone=BERLIN) == hostile


def test_a_line_says_what_it_rests_on() -> None:
    told = line("With {who}", who="Ana").resting_on(since=NOW, actor="Ana")
    assert (told.since, told.by, told.actor, told.promise_id) == (NOW, None, "Ana", None)
    assert told.values == (("who", "Ana"),)
    assert line("Closed").resting_on(actor="").actor is None
