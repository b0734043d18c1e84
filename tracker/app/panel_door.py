"""The panel at the tray icon: made with the first click on the icon, told what changes from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.model.change import Change
    from tracker.model.health import Health
    from tracker.ui.tray_panel.panel import TrayPanel


class PanelDoor(QObject):
    """Opens and shuts the panel; its signals are those of the panel."""

    opened = Signal(str)
    new_request_asked = Signal(str)
    chat_asked = Signal(str)
    window_asked = Signal()

    def __init__(self, make: Callable[[], TrayPanel], parent: QObject) -> None:
        super().__init__(parent)
        self._make = make
        self._panel: TrayPanel | None = None

    def toggle(self, place: QRect, health: Health) -> None:
        """Open it at this place of the screen, or shut it."""
        if self._panel is None:
            self._panel = self._make()
            self._panel.opened.connect(self.opened)
            self._panel.new_request_asked.connect(self.new_request_asked)
            self._panel.chat_asked.connect(self.chat_asked)
            self._panel.window_asked.connect(self.window_asked)
            self._panel.show_health(health)
        if self._panel.isVisible():
            self._panel.close()
        else:
            self._panel.open_at(place)

    def refresh(self, change: Change) -> None:
        """Tell it what was written."""
        if self._panel is not None:
            self._panel.refresh(change)

    def show_health(self, health: Health) -> None:
        """Tell it how the connection is."""
        if self._panel is not None:
            self._panel.show_health(health)
