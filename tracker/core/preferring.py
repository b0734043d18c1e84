"""How a person wants to be told: when that last changed here, and what is taken over from the desk."""

from dataclasses import replace
from datetime import datetime, timedelta

from tracker.host.settings import Settings
from tracker.model.telling import NotifySettings

_STEP = timedelta(seconds=1)


def stamped(settings: Settings, before: Settings, now: datetime) -> Settings:
    """Note on new settings when the person last changed how to be told: now, if these differ in that.

    Never before the last change: another computer's clock may have been ahead. In whole seconds, which
    every desk keeps.
    """
    was = before.notify_changed_at
    unchanged = replace(settings, notify_changed_at=was)
    if unchanged.notify == before.notify:
        return unchanged
    at = now.replace(microsecond=0)
    return replace(settings, notify_changed_at=at if was is None else max(at, was + _STEP))


def adopted(settings: Settings, told: NotifySettings) -> Settings:
    """Put what the person chose elsewhere in place of what was chosen here."""
    start, end = told.quiet or (settings.quiet_from, settings.quiet_to)
    return replace(
        settings,
        telling=told.telling,
        quiet_hours=told.quiet is not None,
        quiet_from=start,
        quiet_to=end,
        quiet_weekend=told.quiet_weekend,
        digest_at=told.digest_at,
        muted=told.muted,
        snoozed_until=told.snoozed_until,
        notify_changed_at=told.changed_at,
    )
