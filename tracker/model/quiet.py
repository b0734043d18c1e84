"""Quiet hours: whether it is quiet now, and when it ends."""

from datetime import datetime, time, timedelta, tzinfo

from tracker.model.telling import NotifySettings


def is_quiet(at: datetime, settings: NotifySettings, zone: tzinfo) -> bool:
    """Say whether a person in `zone` wants quiet at that moment."""
    if settings.quiet is None:
        return False
    here = at.astimezone(zone)
    if settings.quiet_weekend and here.weekday() >= 5:
        return True
    start, end = settings.quiet
    clock = here.time()
    return start <= clock < end if start <= end else clock >= start or clock < end


def quiet_ends(at: datetime, settings: NotifySettings, zone: tzinfo) -> datetime:
    """Give the moment from which it is no longer quiet (the moment itself if it is not)."""
    if not is_quiet(at, settings, zone) or settings.quiet is None:
        return at
    here = at.astimezone(zone)
    for day in range(8):
        date = here.date() + timedelta(days=day)
        for clock in (settings.quiet[1], time(0)):
            candidate = datetime.combine(date, clock, zone)
            if candidate > here and not is_quiet(candidate, settings, zone):
                return candidate.astimezone(at.tzinfo)
    return at + timedelta(days=1)


def next_of(at: datetime, clocks: tuple[time, ...], zone: tzinfo) -> datetime | None:
    """Give the next moment after `at` at which the reader's clock shows one of these times."""
    here = at.astimezone(zone)
    candidates = [
        datetime.combine(here.date() + timedelta(days=day), clock, zone) for day in (0, 1) for clock in clocks
    ]
    return min((c.astimezone(at.tzinfo) for c in candidates if c > here), default=None)
