"""The doors at the tray icon: its menu, its panel and its clicks ask for the same few things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Signal

if TYPE_CHECKING:
    from tracker.app.panel_door import PanelDoor
    from tracker.ui.tray.tray import Tray


class TrayDoors(QObject):
    """`new_request_asked` and `chat_asked` carry what was typed, `opened` a request, `toggled` a place."""

    window_asked = Signal()
    new_request_asked = Signal(str)
    chat_asked = Signal(str)
    opened = Signal(str)
    toggled = Signal(QRect)

    def __init__(self, tray: Tray, panel: PanelDoor) -> None:
        super().__init__(tray)
        menu = tray.menu
        menu.open_asked.connect(self.window_asked)
        menu.new_request_asked.connect(lambda: self.new_request_asked.emit(""))
        menu.chat_asked.connect(lambda: self.chat_asked.emit(""))
        menu.ticket_asked.connect(self.opened)
        tray.new_request_asked.connect(lambda: self.new_request_asked.emit(""))
        tray.toggled.connect(self.toggled)
        panel.opened.connect(self.opened)
        panel.new_request_asked.connect(self.new_request_asked)
        panel.chat_asked.connect(self.chat_asked)
        panel.window_asked.connect(self.window_asked)
