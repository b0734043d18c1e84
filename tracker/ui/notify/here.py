"""Puts together what this system has: its bus, its tray icon and its ways to show a toast, best first."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.ui.tray.tray import Tray

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from tracker.ui.bus.session_bus import SessionBus
    from tracker.ui.notify.by_native import RunOnLoop
    from tracker.ui.notify.in_app import InApp
    from tracker.ui.notify.ways import Sender, Way
    from tracker.ui.wording import Wording

HAS_BUS = sys.platform not in ("win32", "darwin")


def session_bus_here(parent: QObject) -> SessionBus | None:
    """Give the session bus, not opened yet; None on systems that have none."""
    if not HAS_BUS:
        return None
    from tracker.ui.bus.session_bus import SessionBus

    return SessionBus(parent)


def tray_here(bus: SessionBus | None, wording: Wording, *, program: str, parent: QObject) -> Tray:
    """Give the tray icon, not shown yet."""
    if bus is None:
        return Tray(None, wording, program=program, parent=parent)
    from tracker.ui.tray.host import TrayHost

    return Tray(TrayHost(bus, parent), wording, program=program, parent=parent)


def ways_here(
    bus: SessionBus | None, run: RunOnLoop, sender: Sender, *, tray: Tray, window: InApp
) -> tuple[Way, ...]:
    """Give the ways for a Notifier: the desktop's or the system's own, plyer, the tray icon, the window."""
    from tracker.ui.notify.by_plyer import ByPlyer
    from tracker.ui.notify.by_tray import ByTray

    if bus is None:
        from tracker.ui.notify.by_native import ByNative, open_native

        native = ByNative(
            run, open_native(sender.name, Path(sender.icon) if sender.icon else None), parent=tray
        )
        return native, ByPlyer(sender.name, parent=tray), ByTray(tray, parent=tray), window
    from tracker.ui.notify.by_dbus import ByDbus

    daemon = ByDbus(bus, sender, parent=tray)

    def hopeless() -> bool:
        return daemon.daemon_is_missing

    plyer = ByPlyer(sender.name, hopeless=hopeless, parent=tray)
    return daemon, plyer, ByTray(tray, hopeless=hopeless, parent=tray), window
