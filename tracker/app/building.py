"""Makes the parts of the tray program for one profile."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from tracker.app.actions import ProgramActions
from tracker.app.late_view import LateView
from tracker.app.parts import Parts
from tracker.app.starting import Starting
from tracker.core.reading import hours_chooser
from tracker.host.policy.reading import read_policy
from tracker.host.settings_file import SettingsFile
from tracker.model.calendar import Calendar
from tracker.store.reader import Reader
from tracker.ui.bridge import Bridge
from tracker.ui.notify.here import session_bus_here
from tracker.ui.theme.theme import Look, Theme
from tracker.ui.wording import Wording

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from tracker.host.paths import ProfilePaths
    from tracker.host.redaction import Redactor

HEADING = "IT Help"
"""What the window is called where nobody has named it."""


def make_parts(application: QApplication, paths: ProfilePaths, redactor: Redactor) -> Parts:
    """Make everything that the shell is made of; `redactor` is the log's.

    Raises a host error when the settings cannot be read.
    """
    from tzlocal import get_localzone

    settings = SettingsFile(paths.settings, read_policy()).load()
    zone = get_localzone()
    theme = Theme(application, Look(settings.theme.value), has_fusion=True)
    theme.put_on()
    bridge = Bridge(application)
    starting = Starting(paths, bridge, redactor)

    def clock() -> datetime:
        return datetime.now(UTC) + starting.clock_offset

    usual, chosen = Calendar(zone=zone), hours_chooser(settings, zone)

    def open_file() -> Reader | None:
        if not paths.store.exists():
            return None
        return Reader(paths.store, usual, settings.cadence, choose_hours=chosen)

    return Parts(
        paths=paths,
        settings=settings,
        theme=theme,
        wording=Wording(QLocale.system(), zone, clock),
        clock=clock,
        view=LateView(open_file),
        actions=ProgramActions(starting, bridge),
        starting=starting,
        bridge=bridge,
        bus=cache(lambda: session_bus_here(bridge)),
        heading=HEADING,
    )
