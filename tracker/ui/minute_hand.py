"""A signal at each full minute while a widget is on the screen, so that "in 2 h" stays true."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget


class MinuteHand(QObject):
    """Emits `moved` each minute, and when `watched` is shown in another minute than it was last told.

    A hidden widget costs no wake-ups.
    """

    moved = Signal()

    def __init__(self, watched: QWidget, clock: Callable[[], datetime]) -> None:
        super().__init__(watched)
        self._clock = clock
        self._told = self._minute()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self._move)
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Start with the first look, stop when nobody looks."""
        if event.type() == QEvent.Type.Show:
            self._wait()
            if self._minute() != self._told:
                self._tell()
        elif event.type() == QEvent.Type.Hide:
            self._timer.stop()
        return False

    def _move(self) -> None:
        self._wait()
        self._tell()

    def _tell(self) -> None:
        self._told = self._minute()
        self.moved.emit()

    def _minute(self) -> datetime:
        return self._clock().replace(second=0, microsecond=0)

    def _wait(self) -> None:
        self._timer.start((60 - self._clock().second) * 1000)
