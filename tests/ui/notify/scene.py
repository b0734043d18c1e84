"""A private desktop, our way to its notification daemon, and what that way reports, as one scene."""

import subprocess
from collections.abc import Callable
from functools import cached_property
from typing import Literal

from pytestqt.qtbot import QtBot

from tests.rigs.desktop import Desktop
from tests.rigs.toasts import write_toast_settings
from tests.ui.notify.listener import Listener
from tracker.host.bus_watch import BusWatch, SeenNotification
from tracker.ui.bus.session_bus import SessionBus
from tracker.ui.notify.by_dbus import ByDbus
from tracker.ui.notify.ways import Sender

Kind = Literal["dunst", "xfce4-notifyd"]


class Scene:
    """One desktop with a bus; daemons come and go as the test says."""

    def __init__(self, desktop: Desktop, qtbot: QtBot) -> None:
        self.desktop = desktop
        self.qtbot = qtbot
        self.heard = Listener()
        self.bus = SessionBus(address=lambda: desktop.env["DBUS_SESSION_BUS_ADDRESS"])
        self.way = ByDbus(self.bus, Sender("Tracker", "tracker"))
        write_toast_settings(desktop)

    @cached_property
    def watch(self) -> BusWatch:
        """What the bus has seen since this was first asked for."""
        return self.desktop.watch()

    def start_daemon(self, kind: Kind = "dunst") -> "subprocess.Popen[bytes]":
        assert self.watch.notifications is not None  # recording begins before there is anything to record
        return self.desktop.start_notifier(kind)

    def start_way(self, *, ready: bool = True) -> ByDbus:
        self.way.start(self.heard)
        if ready:
            self.until(lambda: self.way.available and self.way.capabilities.buttons)
        return self.way

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=15_000)

    def seen(self, predicate: Callable[[SeenNotification], bool], *, after: int = 0) -> SeenNotification:
        """Give the first such notification that the daemon has answered; the Qt loop runs meanwhile."""
        found: list[SeenNotification] = []

        def look() -> bool:
            fitting = (seen for seen in self.watch.notifications[after:] if seen.id and predicate(seen))
            found[:] = list(fitting)[:1]
            return bool(found)

        self.until(look)
        return found[0]

    def saying(self, body: str) -> SeenNotification:
        """Give the first notification with this body that the daemon has answered."""
        return self.seen(lambda seen: seen.body == body)

    def close(self) -> None:
        self.way.stop()
        self.bus.close()
