"""Puts together what this system has: its bus, its panels and its ways to show a toast, best first."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from tracker.ui.bus.session_bus import SessionBus
    from tracker.ui.notify.by_native import RunOnLoop
    from tracker.ui.notify.in_app import InApp
    from tracker.ui.notify.ways import Sender, Way
    from tracker.ui.tray.tray import Tray

HAS_BUS = sys.platform not in ("win32", "darwin")


def session_bus_here(parent: QObject) -> SessionBus | None:
    """Give the session bus, not opened yet; None on systems that have none."""
    if not HAS_BUS:
        return None
    from tracker.ui.bus.session_bus import SessionBus

    return SessionBus(parent)


def follow_panels(bus: SessionBus | None, tray: Tray) -> None:
    """Let the tray icon, which is shown, know of the panels that the bus tells of."""
    if bus is None:
        return
    from tracker.ui.tray.host import TrayHost

    tray.follow(TrayHost(bus, tray))


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
