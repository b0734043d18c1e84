"""SIGTERM and SIGINT end the program in order, as Quit does."""

from __future__ import annotations

import signal
import socket
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, Signal

if TYPE_CHECKING:
    from types import FrameType


class QuitSignals(QObject):
    """Emits `asked` when the system wants the program to end.

    Python alone would hear it only with Qt's next event.
    """

    asked = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._here, self._there = socket.socketpair()
        self._here.setblocking(False)
        self._there.setblocking(False)
        self._before = signal.set_wakeup_fd(self._there.fileno())
        self._handlers = {
            number: signal.signal(number, _ignored) for number in (signal.SIGTERM, signal.SIGINT)
        }
        self._notifier = QSocketNotifier(self._here.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._heard)

    def close(self) -> None:
        """Hand the signals back."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._here.close()
        self._there.close()

    def _heard(self) -> None:
        if set(self._here.recv(64)) & {signal.SIGTERM, signal.SIGINT}:
            self.asked.emit()


def _ignored(_number: int, _frame: FrameType | None) -> None:
    """The wake-up socket tells it to Qt."""
