"""Times at which somebody may be called: those worth proposing, and those a person types."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from PySide6.QtCore import QLocale

from tracker.model.calendar import Calendar
from tracker.model.window import Window
from tracker.ui.wording import Wording

MOST = 3
"""So many windows one can give for a call; the desk takes one."""

_LENGTH = timedelta(hours=2)
_LEAST = timedelta(hours=1)
_STEP = timedelta(minutes=30)
_TRIES = 200


def proposed(calendar: Calendar, now: datetime, *, count: int) -> tuple[Window, ...]:
    """Propose windows inside the desk's opening hours, soonest first, with room between two on one day."""
    found: list[Window] = []
    start = now + _STEP
    for _ in range(_TRIES):
        if len(found) == count:
            break
        start = _next_half_hour(calendar.next_opening(start))
        end = start
        while end - start < _LENGTH and calendar.is_open(end):
            end += _STEP
        if end - start >= _LEAST:
            found.append(Window(start, end))
            start = end + _LENGTH
        else:
            start = max(end, start + _STEP)
    return tuple(found)


def _next_half_hour(at: datetime) -> datetime:
    there = at.astimezone(UTC)
    whole = there.replace(minute=0 if there.minute < 30 else 30, second=0, microsecond=0)
    return whole if whole == there else whole + _STEP


def moment(day: date, clock: time, zone: tzinfo) -> datetime:
    """Give the moment at which clocks in a zone show this, in UTC.

    An hour that the clocks go over counts as the one after it; one that comes twice as the first.
    """
    return datetime.combine(day, clock, zone).astimezone(UTC)


def read_time(typed: str, locale: QLocale) -> time | None:
    """Read a time of day as people type it: "15:00", "3:30 pm", "15.30", "15"; None if it is none."""
    words = " ".join(typed.split())
    own = locale.timeFormat(QLocale.FormatType.ShortFormat)
    for pattern in (own, "H:mm", "h:mm ap", "h ap", "H.mm", "HHmm", "H"):
        read = locale.toTime(words, pattern)
        if not read.isValid():
            read = QLocale.c().toTime(words.upper(), pattern.replace("ap", "AP"))
        if read.isValid():
            return time(read.hour(), read.minute())
    return None


def window_words(window: Window, wording: Wording) -> str:
    """Say a window: "Today, 15:00–17:00", "Tue 25 Nov, 09:00–11:00"."""
    same = wording.local_day(window.starts) == wording.local_day(window.ends)
    end = wording.time(window.ends) if same else wording.when(window.ends)
    return f"{wording.heading(window.starts)}, {wording.time(window.starts)}–{end}"


def windows_words(windows: Sequence[Window], wording: Wording) -> str:
    """Say several windows in one line."""
    return " · ".join(window_words(window, wording) for window in windows)
