"""A signal at each full minute while a widget is on the screen, so that "in 2 h" stays true."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget


class MinuteHand(QObject):
    """Emits `moved` when `watched` is shown and then each minute; a hidden widget costs no wake-ups."""

    moved = Signal()

    def __init__(self, watched: QWidget, clock: Callable[[], datetime]) -> None:
        super().__init__(watched)
        self._clock = clock
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self._move)
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Start with the first look, stop when nobody looks."""
        if event.type() == QEvent.Type.Show:
            self._wait()
            self.moved.emit()
        elif event.type() == QEvent.Type.Hide:
            self._timer.stop()
        return False

    def _move(self) -> None:
        self._wait()
        self.moved.emit()

    def _wait(self) -> None:
        self._timer.start((60 - self._clock().second) * 1000)
