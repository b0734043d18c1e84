"""A snooze: for how long nothing but what happens now is shown."""

from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum


class Snooze(StrEnum):
    """How long a person wants to be left alone; `END` ends it."""

    HOUR = "hour"
    TOMORROW = "tomorrow"
    END = "end"


def snoozed_until(snooze: Snooze, now: datetime, zone: tzinfo, morning: time) -> datetime | None:
    """Give when it ends: in an hour, or on the reader's next day at `morning`; None for an end at once."""
    if snooze is Snooze.END:
        return None
    if snooze is Snooze.HOUR:
        return (now + timedelta(hours=1)).replace(second=0, microsecond=0)
    day = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(day, morning, zone).astimezone(now.tzinfo)
