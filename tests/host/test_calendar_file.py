"""The file for calendars: read back by a calendar's own reader, it says what we meant."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from icalendar import Calendar, Event

from tracker.host.calendar_file import visit_file
from tracker.model.calendar_entry import CalendarEntry, CalendarWords
from tracker.model.site_time import zone_named

BERLIN = zone_named("Europe/Berlin")
NOW = datetime(2025, 11, 21, 9, tzinfo=UTC)
ENTRY = CalendarEntry(
    "u1@tracker",
    "v1",
    datetime(2025, 11, 25, 9, tzinfo=UTC),
    datetime(2025, 11, 25, 11, tzinfo=UTC),
    "desk 4, x",
)
WORDS = CalendarWords("IT visit: dock; two screens", "Priya Nair comes.\nBehind the lift.")
LINK = "tracker://ticket/INC-20417"


def read_back(entry: CalendarEntry = ENTRY, words: CalendarWords = WORDS) -> tuple[Calendar, Event]:
    assert BERLIN is not None
    raw = visit_file(entry, words, link=LINK, zone=BERLIN, now=NOW)
    calendar = Calendar.from_ical(raw)
    assert isinstance(calendar, Calendar)
    (event,) = calendar.walk("VEVENT")
    assert isinstance(event, Event)
    return calendar, event


def test_it_says_when_where_and_what_and_leads_back() -> None:
    calendar, event = read_back()
    assert str(calendar["method"]) == "PUBLISH"
    assert event.decoded("dtstart") == ENTRY.starts
    assert event.decoded("dtend") == ENTRY.ends
    assert str(event["summary"]) == WORDS.summary
    assert str(event["description"]) == WORDS.text
    assert str(event["location"]) == "desk 4, x"
    assert str(event["url"]) == LINK
    assert str(event["status"]) == "CONFIRMED"


def test_its_times_name_the_readers_zone_and_bring_its_rules_along() -> None:
    calendar, event = read_back()
    assert event["dtstart"].params["TZID"] == "Europe/Berlin"
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]


def test_its_times_are_the_sites_where_that_is_known() -> None:
    _, event = read_back(replace(ENTRY, zone="Europe/Lisbon"))
    assert event["dtstart"].params["TZID"] == "Europe/Lisbon"
    assert event.decoded("dtstart") == ENTRY.starts
    _, unknown = read_back(replace(ENTRY, zone="Mars/Olympus"))
    assert unknown["dtstart"].params["TZID"] == "Europe/Berlin"


@pytest.mark.parametrize("month", [3, 10])
def test_the_hour_that_is_skipped_or_comes_twice_stays_the_same_moment(month: int) -> None:
    at = datetime(2026, month, 29 if month == 3 else 25, 0, 30, tzinfo=UTC)
    _, event = read_back(replace(ENTRY, starts=at, ends=at + timedelta(hours=2)))
    assert event.decoded("dtstart").astimezone(UTC) == at


def test_a_zone_without_a_name_becomes_universal_time() -> None:
    raw = visit_file(ENTRY, WORDS, link=LINK, zone=timezone(timedelta(hours=1)), now=NOW)
    assert b"DTSTART:20251125T090000Z" in raw


def test_a_change_and_a_cancellation_are_for_the_same_entry() -> None:
    _, first = read_back()
    _, moved = read_back(replace(ENTRY, sequence=1, starts=ENTRY.starts + timedelta(hours=1)))
    calendar, off = read_back(replace(ENTRY, sequence=2, cancelled=True))
    assert {str(event["uid"]) for event in (first, moved, off)} == {"u1@tracker"}
    assert [int(str(event["sequence"])) for event in (first, moved, off)] == [0, 1, 2]
    assert str(calendar["method"]) == "CANCEL"
    assert str(off["status"]) == "CANCELLED"


def test_words_that_try_to_be_lines_of_their_own_stay_words() -> None:
    evil = CalendarWords("Dock\r\nATTACH:file:///etc/passwd", "a\x00b\r\nEND:VEVENT\r\n" + "x" * 9000)
    calendar, event = read_back(words=evil)
    assert "ATTACH" not in event
    assert len(calendar.walk("VEVENT")) == 1
    assert len(str(event["description"])) == 4000


def test_a_window_that_ends_before_it_starts_still_makes_an_entry() -> None:
    _, event = read_back(replace(ENTRY, ends=ENTRY.starts - timedelta(hours=1)))
    assert event.decoded("dtend") > event.decoded("dtstart")
