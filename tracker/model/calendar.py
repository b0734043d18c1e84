"""The desk's working hours as a plain value, and time counted only inside them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

Hours = tuple[tuple[time, time], ...]
"""Opening spells of one weekday, in order and apart, in the desk's zone.

A spell that ends before it starts goes on into the next day; one that ends at its start lasts a whole day.
"""
Spell = tuple[datetime, datetime]
"""From when to when the desk is open, aware UTC; the end is not part of it."""

WORKING_DAY = timedelta(hours=8)

_OFFICE: Hours = ((time(9), time(17)),)
_WEEK: tuple[Hours, ...] = (_OFFICE, _OFFICE, _OFFICE, _OFFICE, _OFFICE, (), ())
_DAY = timedelta(days=1)
_SEARCH = 400
"""Days to look ahead: a calendar with no opening in over a year counts as always open."""
_REMEMBERED = 1000
"""Days whose spells are kept; working them out anew takes longer than everything else here."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Opening hours per weekday (Monday first), days off, and the zone they are meant in."""

    zone: tzinfo = UTC
    week: tuple[Hours, ...] = field(default=_WEEK)
    holidays: frozenset[date] = frozenset()
    _known: dict[int, tuple[Spell, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def is_open(self, at: datetime) -> bool:
        """Say whether somebody is there at that moment."""
        return self.next_opening(at) == at

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
        if end <= start:
            return timedelta()
        total, is_ever_open = timedelta(), False
        for opens, closes in self._from(start):
            is_ever_open = True
            if opens >= end:
                return total
            total += max(timedelta(), min(closes, end) - max(opens, start))
        return total if is_ever_open else end - start

    def _from(self, at: datetime) -> Iterator[Spell]:
        """Go through the spells that may end after a moment, in order."""
        first = at.astimezone(self.zone).toordinal() - 1  # a night shift goes on into the next day
        known = self._known
        for day in range(first, first + _SEARCH):
            yield from known[day] if day in known else self._learn(day)

    def _learn(self, day: int) -> tuple[Spell, ...]:
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        spells = self._known[day] = tuple(self._spells(date.fromordinal(day)))
        return spells

    def _spells(self, day: date) -> Iterator[Spell]:
        """Give the spells that start on a day in UTC, so that a clock change counts as it is."""
        if day in self.holidays or len(self.week) != 7:
            return
        for start, end in self.week[day.weekday()]:
            last = day if end > start else day + _DAY
            opens = datetime.combine(day, start, self.zone).astimezone(UTC)
            closes = datetime.combine(last, end, self.zone).astimezone(UTC)
            if closes > opens:  # else the clocks went over it
                yield opens, closes
