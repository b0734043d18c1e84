"""When how to be told last changed here, and what is taken over from another computer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from tracker.core.preferring import adopted, stamped
from tracker.host.settings import Settings, ThemeChoice
from tracker.model.telling import NotifySettings
from tracker.model.ticket import TicketId

NOW = datetime(2026, 11, 20, 9, 30, 15, 123456, UTC)
WHOLE = NOW.replace(microsecond=0)


def test_a_change_of_how_to_be_told_is_dated_in_whole_seconds() -> None:
    changed = stamped(Settings(quiet_hours=False), Settings(), NOW)
    assert changed.notify_changed_at == WHOLE
    assert not changed.quiet_hours


def test_another_change_keeps_the_date_that_is_known_here() -> None:
    """The window does not know of it: its copy is older."""
    before = Settings(notify_changed_at=WHOLE)
    changed = stamped(Settings(theme=ThemeChoice.DARK), before, NOW + timedelta(hours=1))
    assert changed.notify_changed_at == WHOLE
    assert changed.theme is ThemeChoice.DARK


def test_a_change_comes_after_the_last_one_whatever_the_clocks_say() -> None:
    ahead = WHOLE + timedelta(days=1)
    changed = stamped(Settings(quiet_hours=False), Settings(notify_changed_at=ahead), NOW)
    assert changed.notify_changed_at == ahead + timedelta(seconds=1)


def test_what_was_chosen_elsewhere_takes_its_place_and_nothing_else_does() -> None:
    here = Settings(theme=ThemeChoice.DARK, quiet_from=time(20), quiet_to=time(7))
    muted = frozenset({TicketId("REQ-1")})
    told = NotifySettings(quiet=None, muted=muted, snoozed_until=WHOLE, changed_at=WHOLE)
    taken = adopted(here, told)
    assert taken.notify == replace(told, progress_per_day=taken.notify.progress_per_day)
    assert (taken.theme, taken.quiet_from, taken.quiet_to) == (ThemeChoice.DARK, time(20), time(7))
    assert adopted(here, NotifySettings(quiet=(time(22), time(6)))).quiet_from == time(22)
