"""A visit as a file for calendars (iCalendar, RFC 5545)."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from tracker.model.calendar_entry import CalendarEntry, CalendarWords
from tracker.model.site_time import zone_named

if TYPE_CHECKING:
    from icalendar import Event

_MOST_SUMMARY, _MOST_TEXT, _MOST_PLACE = 200, 4000, 300
_PRODUCT = "-//Tracker//Visits//EN"


def visit_file(
    entry: CalendarEntry, words: CalendarWords, *, link: str, zone: tzinfo, now: datetime
) -> bytes:
    """Give the file: to publish the visit, or to cancel it where `entry` says so (RFC 5546, 3.2).

    Its times are those of the site where its zone is known, else of the reader's `zone`. `link` leads back
    to the request.
    """
    # Only who asks for such a file pays for the library.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if entry.cancelled else "PUBLISH")
    calendar.add_component(_event(entry, words, link=link, zone=_named(entry, zone), now=now))
    year = entry.starts.year
    calendar.add_missing_timezones(date(year - 1, 1, 1), date(year + 2, 1, 1))
    data: bytes = calendar.to_ical()
    return data


def _event(entry: CalendarEntry, words: CalendarWords, *, link: str, zone: tzinfo, now: datetime) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", entry.starts.astimezone(zone))
    event.add("dtend", max(entry.ends, entry.starts + timedelta(minutes=1)).astimezone(zone))
    event.add("summary", _cut(words.summary, _MOST_SUMMARY))
    event.add("description", _cut(words.text, _MOST_TEXT))
    if entry.place:
        event.add("location", _cut(entry.place, _MOST_PLACE))
    event.add("url", link)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    return event


def _named(entry: CalendarEntry, zone: tzinfo) -> tzinfo:
    """Choose a zone that has a name, which a calendar needs to follow changes of the clock; else UTC."""
    return zone_named(entry.zone) or zone_named(str(getattr(zone, "key", ""))) or UTC


def _cut(text: str, most: int) -> str:
    """Keep it short, and free of control characters, which the format forbids (RFC 5545, 3.1)."""
    kept = "".join(sign for sign in text if sign == "\n" or sign.isprintable())
    return kept if len(kept) <= most else kept[: most - 1] + "…"
