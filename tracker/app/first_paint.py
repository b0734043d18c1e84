"""Waits for a window's first paint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


class FirstPaint(QObject):
    """Calls once, after the window has been painted for the first time; at once for one that is not shown."""

    def __init__(self, window: QWidget, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._window = window
        self._then = then
        if window.isVisible():
            window.installEventFilter(self)
        else:
            QTimer.singleShot(0, self, then)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice the paint; nothing is kept from the window."""
        if event.type() is QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self, self._then)
        return super().eventFilter(watched, event)
