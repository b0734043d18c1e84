"""Tells when the files of IT's policy change: the folder is watched, and nothing is asked again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

if TYPE_CHECKING:
    from pathlib import Path

_SETTLED_MS = 300
"""A file is written in several steps, and configuration tools write several files."""


class PolicyWatch(QObject):
    """`changed` once things have settled. A folder that does not exist yet is waited for at its parent."""

    changed = Signal()

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._folder = folder
        self._watcher = QFileSystemWatcher(self)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLED_MS)
        self._settling.timeout.connect(self._tell)
        self._watcher.directoryChanged.connect(self._note)
        self._watcher.fileChanged.connect(self._note)
        self._there = folder.is_dir()
        self._watch()

    def _note(self, _path: str) -> None:
        self._settling.start()

    def _tell(self) -> None:
        self._watch()
        there = self._folder.is_dir()
        if there or self._there:  # not for what else happens in the parent
            self.changed.emit()
        self._there = there

    def _watch(self) -> None:
        """Watch what is there now: a replaced file is another one, a folder may have come or gone."""
        wanted = {str(self._folder), *map(str, self._folder.glob("*.toml"))}
        if not self._folder.is_dir():
            wanted = {str(next(parent for parent in self._folder.parents if parent.is_dir()))}
        known = {*self._watcher.directories(), *self._watcher.files()}
        if known - wanted:
            self._watcher.removePaths(sorted(known - wanted))
        if wanted - known:
            self._watcher.addPaths(sorted(wanted - known))
