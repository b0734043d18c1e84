"""The desk's business time: when a promise of some hours falls due."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

Weekday = int
"""0 is Monday, as in `datetime.date.weekday`."""

LONGEST_SEARCH = timedelta(days=366)


class BusinessHours(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When the desk works, in its own time zone. `holidays` are days on which it does not."""

    zone: str = "UTC"
    opens: time = time(8)
    closes: time = time(17)
    days: tuple[Weekday, ...] = (0, 1, 2, 3, 4)
    holidays: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        if self.opens >= self.closes or not self.days or not set(self.days) <= set(range(7)):
            raise ValueError("hours: the desk must open before it closes, on days from 0 (Monday) to 6")
        if self.opens.tzinfo or self.closes.tzinfo:
            raise ValueError("hours: opens and closes are local times, without an offset")
        try:
            ZoneInfo(self.zone)
        except (KeyError, OSError) as error:
            raise ValueError(f"hours: there is no time zone called {self.zone}") from error


def due(start: datetime, hours: float, *, business: BusinessHours | None) -> datetime:
    """Tell when `hours` of business time after `start` have passed (plain hours without a calendar).

    A calendar that has no working day within a year counts as none.
    """
    left = timedelta(hours=hours)
    if business is None:
        return start + left
    zone = ZoneInfo(business.zone)
    day = start.astimezone(zone).date()
    while (day - start.date()) < LONGEST_SEARCH:
        if day.weekday() in business.days and day not in business.holidays:
            opens = max(start, datetime.combine(day, business.opens, zone).astimezone(UTC))
            closes = datetime.combine(day, business.closes, zone).astimezone(UTC)
            if opens + left <= closes:
                return opens + left
            left -= max(closes - opens, timedelta())
        day += timedelta(days=1)
    return start + timedelta(hours=hours)
