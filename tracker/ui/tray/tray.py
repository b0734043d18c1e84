"""The icon beside the clock: shows the state, offers the menu, says what its clicks ask for."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSystemTrayIcon

from tracker.ui.tray.menu import TrayMenu
from tracker.ui.tray.picture import badged_icon
from tracker.ui.tray.words import TrayState, mark_of, tooltip

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QIcon

    from tracker.ui.tray.host import TrayHost
    from tracker.ui.wording import Wording

_log = logging.getLogger(__name__)

MESSAGE_MS = 10_000
_Reason = QSystemTrayIcon.ActivationReason


class Tray(QObject):
    """One tray icon for the whole program; `menu` has the signals of its entries.

    `toggled` (a left click) carries where the icon is on the screen, empty where the desktop does not tell;
    `new_request_asked` is a middle click. An icon made before there was a watcher for it never appears, so
    it is made anew when one comes, or is there already when `follow` begins. Without any panel the window
    has to stay reachable: see `is_there`, which may be asked at any time, and `there_changed`, which old
    panels (XEmbed) do not trigger.
    """

    toggled = Signal(QRect)
    new_request_asked = Signal()
    there_changed = Signal(bool)

    def __init__(self, wording: Wording, *, program: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._program = program
        self._state = TrayState()
        self._drawn: tuple[object, ...] = ()
        self._picture: QIcon | None = None
        self._icon: QSystemTrayIcon | None = None
        self._made_in_vain = False
        self._clicked: Callable[[], None] | None = None
        self.menu = TrayMenu(program)
        self._host: TrayHost | None = None
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._redraw)

    @property
    def is_there(self) -> bool:
        """True while a desktop shows the icon."""
        if self._icon is None:
            return False
        if self._host is not None and self._host.watcher:
            return self._host.has_panel
        return QSystemTrayIcon.isSystemTrayAvailable()

    @property
    def draws_messages(self) -> bool:
        """True where messages need no notification daemon: everywhere but at a StatusNotifier panel."""
        return self._host is None or not self._host.watcher

    @property
    def place(self) -> QRect:
        """Where the icon is on the screen; empty where the desktop does not tell (StatusNotifier)."""
        return self._icon.geometry() if self._icon is not None else QRect()

    def start(self) -> None:
        """Show the icon."""
        self._make()

    def follow(self, host: TrayHost) -> None:
        """Follow the panels that come and go, where there is a session bus that tells of them."""
        self._host = host
        host.watcher_came.connect(self._follow_watcher)
        host.panel_changed.connect(lambda: self.there_changed.emit(self.is_there))
        host.start()

    def stop(self) -> None:
        """Take the icon away."""
        if self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = None
        self.menu.deleteLater()

    def show_state(self, state: TrayState) -> None:
        """Draw a new state; what has not changed is left alone."""
        self._state = state
        self.menu.show_requests(state.requests, self._wording)
        self._redraw()

    def set_wording(self, wording: Wording) -> None:
        """Speak another language, or about another time."""
        self._wording = wording
        self.show_state(self._state)

    def call_program(self, name: str) -> None:
        """Say another name at the icon: what the company calls its IT desk."""
        self._program = name
        self._redraw()

    def show_message(self, title: str, body: str, clicked: Callable[[], None]) -> None:
        """Show a message at the icon in place of the last one; `clicked` is called when it is clicked."""
        self._clicked = clicked
        if self._icon is not None and self._picture is not None:
            self._icon.showMessage(title, body, self._picture, MESSAGE_MS)

    def _make(self) -> None:
        before, self._icon = self._icon, QSystemTrayIcon(self)
        # Qt decides now, for good, whether this icon goes to a watcher.
        self._made_in_vain = not QSystemTrayIcon.isSystemTrayAvailable()
        self._icon.setContextMenu(self.menu)
        self._icon.activated.connect(self._activated)
        self._icon.messageClicked.connect(self._message_clicked)
        if before is not None:
            before.hide()
            before.deleteLater()
        self._drawn = ()
        self._redraw()
        self._icon.show()

    def _follow_watcher(self) -> None:
        if self._made_in_vain:
            _log.info("A panel for tray icons has appeared.")
            self._make()

    def _redraw(self) -> None:
        if self._icon is None:
            return
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        mark, unread = mark_of(self._state), min(self._state.unread, 10)
        wanted = (mark, unread, dark)
        if wanted != self._drawn:
            self._drawn = wanted
            self._picture = badged_icon(mark, unread, dark_panel=dark)
            self._icon.setIcon(self._picture)
        self._icon.setToolTip(tooltip(self._state, self._wording, program=self._program))

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == _Reason.Trigger:
            self.toggled.emit(self.place)
        elif reason == _Reason.MiddleClick:
            self.new_request_asked.emit()

    def _message_clicked(self) -> None:
        clicked, self._clicked = self._clicked, None
        if clicked is not None:
            clicked()
