"""Whether a panel shows StatusNotifier icons now, as the bus tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jeepney import DBusAddress, MatchRule, Properties
from PySide6.QtCore import QObject, Signal

from tracker.ui.bus.bus_calls import Answer, BusError

if TYPE_CHECKING:
    from tracker.ui.bus.session_bus import Heard, SessionBus

WATCHER = "org.kde.StatusNotifierWatcher"
_ADDRESS = DBusAddress("/StatusNotifierWatcher", bus_name=WATCHER, interface=WATCHER)


class TrayHost(QObject):
    """Follows the StatusNotifierWatcher, and whether a panel (a "host") has registered with it.

    Some desktops start the watcher well before the panel: icons go to the first, people see the second.
    `watcher_came` is emitted when the bus tells of a watcher, `panel_changed` when icons begin or cease to
    be seen. https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierWatcher/
    """

    watcher_came = Signal()
    panel_changed = Signal(bool)

    def __init__(self, bus: SessionBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        self.watcher = ""
        self.has_panel = False

    def start(self) -> None:
        """Begin to follow."""
        path = _ADDRESS.object_path
        came = MatchRule(type="signal", interface=WATCHER, member="StatusNotifierHostRegistered", path=path)
        self._bus.listen(came, self._registered)
        self._bus.follow(WATCHER, self._owned)
        self._bus.open()

    def _owned(self, owner: str) -> None:
        self.watcher = owner
        # Another watcher has other panels.
        self._turn(False)
        if owner:
            self.watcher_came.emit()
            self._bus.call(Properties(_ADDRESS).get("IsStatusNotifierHostRegistered"), self._told)

    def _told(self, answer: Answer) -> None:
        # An answer is a variant: its signature and the value.
        if not isinstance(answer, BusError) and answer and answer[0] == ("b", True):
            self._turn(bool(self.watcher))

    def _registered(self, heard: Heard) -> None:
        if heard.sender == self.watcher:
            self._turn(True)

    def _turn(self, there: bool) -> None:
        if there != self.has_panel:
            self.has_panel = there
            self.panel_changed.emit(there)
