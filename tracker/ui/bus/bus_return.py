"""Notices that a lost session bus is back, without asking again and again."""

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

# A bus that has just made its socket may not listen yet, so one change in the folder is followed by these.
TRIES_MS = (50, 200, 1_000)


class BusReturn(QObject):
    """Emits `maybe` when something happened in the folder of the bus's socket, which the kernel watches."""

    maybe = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._tries: list[int] = []
        self._socket: Path | None = None
        self._watcher: QFileSystemWatcher | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._try)

    def wait(self, socket: Path | None) -> None:
        """Wait for this socket; called again after each try that failed. None: nothing can be watched."""
        self._socket = socket
        if socket is not None and self._watcher is None and socket.parent.is_dir():
            self._watcher = QFileSystemWatcher([str(socket.parent)], self)
            self._watcher.directoryChanged.connect(self._changed)
        if self._tries:
            self._timer.start(self._tries.pop(0))

    def rest(self) -> None:
        """Stop waiting: the bus is there, or nobody wants it any more."""
        self._timer.stop()
        self._tries.clear()
        if self._watcher is not None:
            self._watcher.deleteLater()
            self._watcher = None

    def _changed(self) -> None:
        self._tries[:] = TRIES_MS
        self._try()

    def _try(self) -> None:
        if self._socket is not None and self._socket.exists():
            self.maybe.emit()
