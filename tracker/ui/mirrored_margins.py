"""Margins told as start and end of the line of reading: Qt mirrors places, but not margins."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLayout, QWidget


class MirroredMargins(QObject):
    """Keeps the margins of a layout on the right sides of `watched`, whichever way it is read."""

    def __init__(self, watched: QWidget, layout: QLayout, margins: tuple[int, int, int, int]) -> None:
        """Take margins as (start, top, end, bottom), in pixels."""
        super().__init__(watched)
        self._watched, self._layout, self._margins = watched, layout, margins
        self._set()
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow a change of direction."""
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._set()
        return False

    def _set(self) -> None:
        start, top, end, bottom = self._margins
        if self._watched.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            start, end = end, start
        self._layout.setContentsMargins(start, top, end, bottom)
