"""How a person wants to be told, as it is left at the embedded desk and read back with doubt."""

from datetime import datetime, time

import msgspec
from msgspec import Raw, Struct

from tracker.desks.frontdesk import wire_wish
from tracker.desks.frontdesk.safe_values import optional_moment
from tracker.model.notice import NoticeClass
from tracker.model.telling import NotifySettings, Telling
from tracker.model.ticket import TicketId

MOST_MUTED = 500
"""Muted requests that travel, so that the object stays under the desk's 16 KiB; the newest numbers go."""
_MOST_TIMES = 24
_LONGEST_ID = 100
_MOST_A_DAY = 1_000


class Told(Struct, frozen=True):
    """The object's shape. Names of classes and ways stay strings: a newer program may know more."""

    telling: dict[str, str] = {}
    quiet: tuple[time, time] | None = None
    quiet_weekend: bool = True
    digest_at: tuple[time, ...] = ()
    muted: tuple[str, ...] = ()
    progress_per_day: int = 6
    snoozed_until: datetime | None = None


def settings_of(kept: wire_wish.Kept) -> NotifySettings | None:
    """Read what the desk keeps; None where it keeps nothing, nothing with a date, or nothing readable."""
    changed_at = optional_moment(kept.changed_at)
    if changed_at is None:
        return None
    try:
        told = msgspec.json.decode(kept.preferences, type=Told | None)
    except (msgspec.DecodeError, RecursionError):
        return None
    return _settings(told, changed_at) if told is not None else None


def to_keep(settings: NotifySettings, changed_at: datetime) -> wire_wish.Keep:
    """Write what the desk shall keep."""
    told = Told(
        telling={notice_class.value: how.value for notice_class, how in settings.telling},
        quiet=settings.quiet,
        quiet_weekend=settings.quiet_weekend,
        digest_at=settings.digest_at,
        muted=tuple(sorted(settings.muted, key=_by_number)[-MOST_MUTED:]),
        progress_per_day=settings.progress_per_day,
        snoozed_until=settings.snoozed_until,
    )
    return wire_wish.Keep(Raw(msgspec.json.encode(told)), changed_at)


def _settings(told: Told, changed_at: datetime) -> NotifySettings:
    usual = NotifySettings()
    known = {
        NoticeClass(name): Telling(how)
        for name, how in told.telling.items()
        if name in list(NoticeClass) and how in list(Telling)
    }
    snoozed = told.snoozed_until if told.snoozed_until and told.snoozed_until.tzinfo else None
    return NotifySettings(
        telling=tuple((dict(usual.telling) | known).items()),
        quiet=_local(told.quiet) if told.quiet else None,
        quiet_weekend=told.quiet_weekend,
        digest_at=tuple(sorted({each.replace(tzinfo=None) for each in told.digest_at[:_MOST_TIMES]})),
        muted=frozenset(TicketId(each) for each in told.muted[:MOST_MUTED] if len(each) <= _LONGEST_ID),
        progress_per_day=min(max(told.progress_per_day, 0), _MOST_A_DAY),
        snoozed_until=optional_moment(snoozed),
        changed_at=changed_at,
    )


def _local(spell: tuple[time, time]) -> tuple[time, time]:
    return spell[0].replace(tzinfo=None), spell[1].replace(tzinfo=None)


def _by_number(ticket: TicketId) -> tuple[int, str]:
    return len(ticket), ticket
