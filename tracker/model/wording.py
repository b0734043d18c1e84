"""Lines in plain English: for the command line, for logs and for tests; the interface translates instead."""

from datetime import date, datetime, timedelta, tzinfo

from tracker.model.line import Line, Value

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def plain(line: Line, *, now: datetime, zone: tzinfo) -> str:
    """Say a line in English, its times as a reader in `zone` says them at `now`."""

    said: set[date] = set()

    def show(value: Value) -> str:
        if isinstance(value, datetime):
            there = value.astimezone(zone)
            if there.date() in said:  # the day is said once: "tomorrow 14:00 – 16:00"
                return f"{there:%H:%M}"
            said.add(there.date())
            return moment(value, now=now, zone=zone)
        if isinstance(value, timedelta):
            return span(value)
        return str(value)

    return line.fill(line.template, show)


def moment(at: datetime, *, now: datetime, zone: tzinfo) -> str:
    """Say a time: "14:20" today, "tomorrow 09:00", else "Tue 25 Nov, 17:00" (with the year if it differs)."""
    there, here = at.astimezone(zone), now.astimezone(zone)
    clock = f"{there:%H:%M}"
    days = (there.date() - here.date()).days
    if days == 0:
        return clock
    if days in (1, -1):
        return f"{'tomorrow' if days == 1 else 'yesterday'} {clock}"
    year = f" {there.year}" if there.year != here.year else ""
    return f"{_DAYS[there.weekday()]} {there.day} {_MONTHS[there.month - 1]}{year}, {clock}"


def span(length: timedelta) -> str:
    """Say a length roughly: "less than a minute", "12 min", "2 h 40 min", "3 days"."""
    minutes = int(abs(length).total_seconds() // 60)
    if minutes < 1:
        return "less than a minute"
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    if hours < 24:
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    days = round(hours / 24)
    return "1 day" if days == 1 else f"{days} days"
