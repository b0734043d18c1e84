"""Quiet hours and snoozing: whether a notice may be shown now, and when it may."""

from __future__ import annotations

from datetime import datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from tracker.model.notice import NoticeClass

if TYPE_CHECKING:
    from tracker.model.telling import NotifySettings

_THROUGH_QUIET = frozenset({NoticeClass.NOW, NoticeClass.OUTAGE})


def free_at(kind: NoticeClass, at: datetime, settings: NotifySettings, zone: tzinfo) -> datetime:
    """Give the moment from which a notice of that class may be shown: `at` itself, if it may at once.

    Snoozing holds everything but what is happening now; quiet hours let outages through, too.
    """
    if kind is NoticeClass.NOW:
        return at
    if settings.snoozed_until is not None and settings.snoozed_until > at:
        at = settings.snoozed_until.astimezone(at.tzinfo)
    return at if kind in _THROUGH_QUIET else quiet_ends(at, settings, zone)


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
    if settings.quiet is None or not is_quiet(at, settings, zone):
        return at
    ends = sorted({settings.quiet[1], time(0)})  # the weekend ends at midnight
    day = at.astimezone(zone).date()
    candidates = (
        datetime.combine(day + timedelta(days=offset), clock, zone).astimezone(at.tzinfo)
        for offset in range(8)
        for clock in ends
    )
    # The end of the spell itself is never quiet on a weekday, so there is one.
    return next(moment for moment in candidates if moment > at and not is_quiet(moment, settings, zone))


def next_of(at: datetime, clocks: tuple[time, ...], zone: tzinfo) -> datetime | None:
    """Give the next moment after `at` at which the reader's clock shows one of these times."""
    day = at.astimezone(zone).date()
    candidates = (
        datetime.combine(day + timedelta(days=offset), clock, zone).astimezone(at.tzinfo)
        for offset in (0, 1, 2)
        for clock in clocks
    )
    return min((moment for moment in candidates if moment > at), default=None)
