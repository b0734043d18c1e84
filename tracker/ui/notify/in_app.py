"""Toasts inside our own window: the last way, which always works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tracker.ui.notify.ways import OPEN_ID, Capabilities, Closed

if TYPE_CHECKING:
    from tracker.ui.notify.ways import Reports, Toast


class InApp(QObject):
    """Hands toasts to whoever draws the banner, and takes its clicks.

    `arrived` carries a Toast (in place of the one with the same key), `gone` the key of one to take away.
    The list of notices and the badge on the tray icon have it in any case.
    """

    name = "in the window"
    capabilities = Capabilities(replace=True, buttons=True, click=True, withdraw=True)
    available = True

    arrived = Signal(object)
    gone = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reports: Reports | None = None
        self._live: dict[str, Toast] = {}

    @property
    def live(self) -> tuple[Toast, ...]:
        """What a window that opens now should show, oldest first."""
        return tuple(self._live.values())

    def start(self, reports: Reports) -> None:
        """There is nothing to find out."""
        self._reports = reports

    def show(self, toast: Toast) -> None:
        """Hand it on."""
        self._live[toast.key] = toast
        self.arrived.emit(toast)
        if self._reports is not None:
            self._reports.shown(toast.key)

    def withdraw(self, key: str) -> None:
        """Take it away."""
        if self._live.pop(key, None) is not None:
            self.gone.emit(key)

    def press(self, key: str, button: str = OPEN_ID) -> None:
        """Say that the banner, or the button with this id on it, was pressed."""
        if key in self._live and self._reports is not None:
            self.withdraw(key)
            self._reports.pressed(key, button)

    def dismiss(self, key: str) -> None:
        """Say that the person closed the banner."""
        if key in self._live and self._reports is not None:
            self.withdraw(key)
            self._reports.closed(key, Closed.DISMISSED)

    def stop(self) -> None:
        """Take everything away."""
        self._reports = None
        for key in list(self._live):
            self.withdraw(key)
