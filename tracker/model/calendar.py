"""The desk's working hours as a plain value, and time counted only inside them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

Hours = tuple[tuple[time, time], ...]
"""Opening spells of one weekday, in order, in the desk's zone."""

_OFFICE: Hours = ((time(9), time(17)),)
_WEEK: tuple[Hours, ...] = (_OFFICE, _OFFICE, _OFFICE, _OFFICE, _OFFICE, (), ())
_SEARCH = 400
"""Days to look ahead: a calendar with no opening in over a year counts as always open."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Opening hours per weekday (Monday first), days off, and the zone they are meant in."""

    zone: tzinfo = UTC
    week: tuple[Hours, ...] = field(default=_WEEK)
    holidays: frozenset[date] = frozenset()

    def spells(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """Give the opening spells of a day as aware UTC times (so a clock change counts as it passes)."""
        if day in self.holidays or len(self.week) != 7:
            return
        for start, end in self.week[day.weekday()]:
            opens = datetime.combine(day, start, self.zone).astimezone(UTC)
            closes = datetime.combine(day, end, self.zone).astimezone(UTC)
            if closes > opens:
                yield opens, closes

    def is_open(self, at: datetime) -> bool:
        """Say whether somebody is there at that moment."""
        return any(a <= at < b for a, b in self.spells(at.astimezone(self.zone).date()))

    def next_opening(self, at: datetime) -> datetime:
        """Give the moment itself if open, else when the desk opens next."""
        for opens, closes in self._from(at):
            if at < closes:
                return max(at, opens)
        return at

    def add(self, start: datetime, working: timedelta) -> datetime:
        """Give the moment when that much working time has passed since `start`."""
        left = working
        for opens, closes in self._from(start):
            begin = max(opens, start)
            if begin >= closes:
                continue
            if closes - begin >= left:
                return begin + left
            left -= closes - begin
        return start + working

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Count the working time from `start` to `end` (zero if `end` is not later)."""
        total = timedelta()
        for opens, closes in self._from(start):
            if opens >= end:
                break
            total += max(timedelta(), min(closes, end) - max(opens, start))
        return total

    def _from(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        first = at.astimezone(self.zone).date()
        for offset in range(_SEARCH):
            try:
                day = first + timedelta(days=offset)
            except OverflowError:
                return
            yield from self.spells(day)


WORKING_DAY = timedelta(hours=8)
