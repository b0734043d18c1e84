"""The embedded desk's opening hours as the model's calendar; what cannot be is left out."""

import re
from datetime import date, time

from tracker.desks.frontdesk import wire_desk
from tracker.model.calendar import Calendar, Hours
from tracker.model.site_time import zone_named

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_MOST_SPELLS = 12
_MOST_HOLIDAYS = 2_000


def calendar_of(told: wire_desk.OpeningHours | None) -> Calendar | None:
    """Read the calendar; None where the desk tells none, or one in no zone or with no week that can be."""
    zone = zone_named(told.zone) if told is not None else None
    if told is None or zone is None or len(told.week) != 7:
        return None
    week = tuple(_spells(day) for day in told.week)
    if not any(week):
        return None
    holidays = (_day(text) for text in told.holidays[:_MOST_HOLIDAYS])
    return Calendar(zone, week, frozenset(day for day in holidays if day is not None))


def _spells(day: tuple[tuple[str, str], ...]) -> Hours:
    """Give a day's spells in order and apart; one that begins before the last has ended is left out."""
    read = (
        (time.fromisoformat(opens), time.fromisoformat(closes))
        for opens, closes in day[:_MOST_SPELLS]
        if _CLOCK.fullmatch(opens) and _CLOCK.fullmatch(closes)
    )
    kept: list[tuple[time, time]] = []
    for opens, closes in sorted(read):
        if not kept or kept[-1][0] < kept[-1][1] <= opens:
            kept.append((opens, closes))
    return tuple(kept)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
