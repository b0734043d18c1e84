"""Makes the parts of the tray program for one profile."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from tracker.app.actions import ProgramActions
from tracker.app.late_view import LateView
from tracker.app.parts import Parts
from tracker.app.starting import Starting
from tracker.core.reading import hours_chooser, refused_acts
from tracker.host.policy.reading import read_policy
from tracker.host.settings_file import SettingsFile
from tracker.model.calendar import Calendar
from tracker.store.reader import Reader
from tracker.ui.bridge import Bridge
from tracker.ui.notify.here import session_bus_here
from tracker.ui.theme.theme import Look, Theme
from tracker.ui.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from PySide6.QtWidgets import QApplication

    from tracker.host.paths import ProfilePaths
    from tracker.host.policy.policy import Policy
    from tracker.host.redaction import Redactor
    from tracker.host.settings import Settings


def make_parts(application: QApplication, paths: ProfilePaths, redactor: Redactor) -> Parts:
    """Make everything that the shell is made of; `redactor` is the log's.

    Raises a host error when the settings cannot be read.
    """
    from tzlocal import get_localzone

    policy = read_policy()
    settings = SettingsFile(paths.settings, policy).load()
    zone = get_localzone()
    theme = Theme(application, Look(settings.theme.value), has_fusion=True)
    if policy.given:
        from tracker.app.branding import wear_brand

        wear_brand(policy, theme)
    theme.put_on()
    bridge = Bridge(application)
    starting = Starting(paths, bridge, redactor)

    def clock() -> datetime:
        return datetime.now(UTC) + starting.clock_offset

    def opener(settings: Settings, policy: Policy) -> Callable[[], Reader | None]:
        return partial(_opened, paths, settings, policy, zone)

    return Parts(
        paths=paths,
        settings=settings,
        theme=theme,
        wording=Wording(_locale(settings), zone, clock),
        clock=clock,
        view=LateView(opener(settings, policy)),
        actions=ProgramActions(starting, bridge),
        starting=starting,
        bridge=bridge,
        bus=cache(lambda: session_bus_here(bridge)),
        policy=policy,
        opener=opener,
    )


def _opened(paths: ProfilePaths, settings: Settings, policy: Policy, zone: tzinfo) -> Reader | None:
    if not paths.store.exists():
        return None
    return Reader(
        paths.store,
        Calendar(zone=zone),
        settings.cadence,
        choose_hours=hours_chooser(settings, zone),
        refused=refused_acts(policy),
    )


def _locale(settings: Settings) -> QLocale:
    """Give the language in which times and numbers are written, and let every field write them so."""
    if not settings.language:
        return QLocale.system()
    locale = QLocale(settings.language)
    QLocale.setDefault(locale)
    return locale
