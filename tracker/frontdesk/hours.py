"""The desk's business time: when it is open, on which days it is not, and when promised hours are over."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from tracker.model.site_time import zone_named

Weekday = int
"""0 is Monday, as in `datetime.date.weekday`."""

LONGEST_SEARCH = timedelta(days=366)


YEARS_TOLD = 3


class BusinessHours(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When the desk works, in its own time zone.

    It does not on the public holidays of `country` (ISO code) and its `region`, where they are given, nor on
    the desk's own days off, `holidays`.
    """

    zone: str = "UTC"
    opens: time = time(8)
    closes: time = time(17)
    days: tuple[Weekday, ...] = (0, 1, 2, 3, 4)
    holidays: tuple[date, ...] = ()
    country: str | None = None
    region: str | None = None

    def __post_init__(self) -> None:
        if self.opens >= self.closes or not self.days or not set(self.days) <= set(range(7)):
            raise ValueError("hours: the desk must open before it closes, on days from 0 (Monday) to 6")
        if self.opens.tzinfo or self.closes.tzinfo:
            raise ValueError("hours: opens and closes are local times, without an offset")
        if zone_named(self.zone) is None:
            raise ValueError(f"hours: there is no time zone called {self.zone}")
        self.days_off()

    def days_off(self) -> Container[date]:
        """Give the days on which the desk does not work though it is their weekday."""
        return _DaysOff(frozenset(self.holidays), _public_holidays(self, ()))

    def told_days_off(self, today: date) -> tuple[date, ...]:
        """List the days off of this year and the next two, in order."""
        years = range(today.year, today.year + YEARS_TOLD)
        own = {day for day in self.holidays if day.year in years}
        return tuple(sorted(own | set(_public_holidays(self, years))))


@dataclass(frozen=True, slots=True)
class _DaysOff:
    own: frozenset[date]
    public: Mapping[date, str]

    def __contains__(self, day: object) -> bool:
        return day in self.own or day in self.public


def _public_holidays(hours: BusinessHours, years: Iterable[int]) -> Mapping[date, str]:
    """Work out a country's public holidays; without years, each as it is asked for."""
    if hours.country is None:
        if hours.region is not None:
            raise ValueError('hours: a region needs its country, such as country = "DE"')
        return {}
    from holidays import country_holidays  # takes 100 ms, and many desks do without

    try:
        found: Mapping[date, str] = country_holidays(hours.country, subdiv=hours.region, years=years or None)
    except NotImplementedError:
        where = " ".join(filter(None, (hours.country, hours.region)))
        raise ValueError(f"hours: the public holidays of {where} are not known") from None
    return found


def opening_spells(
    business: BusinessHours, start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """Go through the desk's openings that touch a range of time, each from opening to closing, in UTC."""
    zone = ZoneInfo(business.zone)
    days_off = business.days_off()
    day = start.astimezone(zone).date()
    while True:
        opens = datetime.combine(day, business.opens, zone).astimezone(UTC)
        closes = datetime.combine(day, business.closes, zone).astimezone(UTC)
        if opens >= end:
            return
        if day.weekday() in business.days and day not in days_off and closes > start:
            yield opens, closes
        day += timedelta(days=1)


def due(start: datetime, hours: float, *, business: BusinessHours | None) -> datetime:
    """Tell when `hours` of business time after `start` have passed (plain hours without a calendar).

    A calendar that has no working day within a year counts as none.
    """
    left = timedelta(hours=hours)
    if business is None:
        return start + left
    for opens, closes in opening_spells(business, start, start + LONGEST_SEARCH):
        begins = max(start, opens)
        if begins + left <= closes:
            return begins + left
        left -= max(closes - begins, timedelta())
    return start + timedelta(hours=hours)


def worked(start: datetime, end: datetime, *, business: BusinessHours | None) -> timedelta:
    """Tell how much business time lies between two moments (plain time without a calendar)."""
    if business is None:
        return max(end - start, timedelta())
    spells = opening_spells(business, start, end)
    return sum((min(closes, end) - max(opens, start) for opens, closes in spells), timedelta())


def postponed(
    latest: datetime, *, stood_since: datetime, now: datetime, business: BusinessHours | None
) -> datetime:
    """Tell when something falls due whose clock stood still from a moment until now.

    What was left of the business time is left still; where none was, the time by the clock counts.
    """
    left = worked(stood_since, latest, business=business)
    if not left:
        return latest + (now - stood_since)
    return due(now, left / timedelta(hours=1), business=business)
