"""When a desk works and how often it writes, as chosen here: it overrides what the desk tells of itself."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, fields
from datetime import date, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from tracker.host.setting_values import clock, minutes, text
from tracker.model.cadence import Cadence
from tracker.model.calendar import Calendar, Hours
from tracker.model.site_time import zone_named

if TYPE_CHECKING:
    from collections.abc import Iterable

_log = logging.getLogger(__name__)

_MOST_SPELLS = 6
_MOST_DAYS_OFF = 400
LONGEST_CADENCE = 60 * 8 * 60
"""Sixty working days, in minutes."""
_YEARS = (-1, 0, 1, 2)
"""The years around this one whose public holidays count: promises reach no farther."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskHours:
    """Hours chosen for a desk; what is empty is left to the desk, else to office hours here.

    `zone`: an IANA name. `week`: spells per weekday, Monday first; none at all, or seven. `country` (two
    letters) and `region` name whose public holidays are kept, by their codes in ISO 3166; `days_off` are
    free besides. A country or days off replace the desk's own holidays.
    """

    zone: str = ""
    week: tuple[Hours, ...] = ()
    country: str = ""
    region: str = ""
    days_off: frozenset[date] = frozenset()


def calendar_for(chosen: DeskHours | None, told: Calendar | None, *, here: tzinfo, today: date) -> Calendar:
    """Make the calendar to count with: what was chosen, else what the desk tells, else office hours `here`.

    Part by part: a country alone changes only the holidays. A country or region that nobody knows has no
    holidays, and the log says so. Naming a country costs a tenth of a second: not for the first paint.
    """
    base = told or Calendar(zone=here)
    if chosen is None:
        return base
    holidays = base.holidays
    if chosen.country or chosen.days_off:
        holidays = chosen.days_off | public_holidays(chosen.country, chosen.region, today.year)
    return Calendar(
        zone=(zone_named(chosen.zone) if chosen.zone else None) or base.zone,
        week=chosen.week or base.week,
        holidays=holidays,
    )


def public_holidays(country: str, region: str, year: int) -> frozenset[date]:
    """List the public holidays around a year; none for no country, or one that is not known."""
    if not country:
        return frozenset()
    from holidays import country_holidays

    years = [year + away for away in _YEARS]
    try:
        return frozenset(country_holidays(country, subdiv=region or None, years=years))
    except NotImplementedError:
        _log.warning("No public holidays are known for country %r, region %r", country, region)
        return frozenset()


def read_hours(value: object) -> DeskHours | None:
    """Take the setting `hours`; raises ValueError with the end of a sentence on what must be."""
    if value is None:
        return None
    if not isinstance(value, dict):
        raise ValueError("must say zone, week, country, region and days_off, as far as they are known")
    country, region = text(value.get("country", ""), 2), text(value.get("region", ""), 10)
    if not re.fullmatch(r"|[A-Z]{2}", country) or not re.fullmatch(r"[A-Za-z0-9-]*", region):
        raise ValueError("must name the country by two letters such as DE, and the region by its code")
    if region and not country:
        raise ValueError("must name the country of the region")
    return DeskHours(
        zone=_zone(value.get("zone", "")),
        week=_week(value.get("week", [])),
        country=country,
        region=region,
        days_off=_days(value.get("days_off", [])),
    )


def write_hours(hours: DeskHours) -> dict[str, object]:
    """Give the JSON object that read_hours() reads back as the same value."""
    return {
        "zone": hours.zone,
        "week": [[[f"{start:%H:%M}", f"{end:%H:%M}"] for start, end in day] for day in hours.week],
        "country": hours.country,
        "region": hours.region,
        "days_off": sorted(day.isoformat() for day in hours.days_off),
    }


def read_cadence(value: object) -> Cadence:
    """Take the setting `cadence`: minutes of working time between words, per priority; the rest as usual."""
    if not isinstance(value, dict):
        raise ValueError("must say after how many minutes of working time the desk writes, per priority")
    chosen = {
        name: minutes(value[name], LONGEST_CADENCE) if name in value else getattr(_USUAL, name)
        for name in _PRIORITIES
    }
    return Cadence(**chosen)


def write_cadence(cadence: Cadence) -> dict[str, object]:
    """Give the JSON object that read_cadence() reads back as the same value."""
    return {name: getattr(cadence, name) // timedelta(minutes=1) for name in _PRIORITIES}


_USUAL = Cadence()
_PRIORITIES = tuple([field.name for field in fields(Cadence)])


def _zone(value: object) -> str:
    name = text(value, 60)
    if name and zone_named(name) is None:
        raise ValueError("must have a time zone such as Europe/Berlin")
    return name


def _week(value: object) -> tuple[Hours, ...]:
    if not isinstance(value, list) or len(value) not in (0, 7):
        raise ValueError("must have seven days in its week, Monday first, or none")
    return tuple(_day(day) for day in value)


def _day(value: object) -> Hours:
    if not isinstance(value, list) or len(value) > _MOST_SPELLS:
        raise ValueError(f"may have at most {_MOST_SPELLS} times from and to on one day")
    spells = tuple(_spell(spell) for spell in value)
    if not _are_apart(spells):
        raise ValueError("must have the times of a day in order and apart")
    return spells


def _spell(value: object) -> tuple[time, time]:
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError("must have two times for each opening, such as 09:00 and 17:00")
    return clock(value[0]), clock(value[1])


def _are_apart(spells: Hours) -> bool:
    """Say whether each spell ends before the next begins; only the last may go on into the next day."""
    times = [moment for spell in spells for moment in spell]
    if spells and spells[-1][1] <= spells[-1][0]:
        times.pop()
    return times == sorted(set(times))


def _days(value: object) -> frozenset[date]:
    if not isinstance(value, list) or len(value) > _MOST_DAYS_OFF:
        raise ValueError(f"may have at most {_MOST_DAYS_OFF} days off such as 2026-12-24")
    return frozenset(_dates(value))


def _dates(values: Iterable[object]) -> Iterable[date]:
    for value in values:
        try:
            yield date.fromisoformat(text(value, 10))
        except ValueError:
            raise ValueError("must have days off such as 2026-12-24") from None
