"""The white ground under the field of a chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

if TYPE_CHECKING:
    from tracker.ui.theme.theme import Theme


class ComposerGround(QWidget):
    """A sheet with a line above, as wide as the page."""

    def __init__(self, theme: Theme, composer: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 0)
        column.addWidget(composer)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.drawLine(0, 0, self.width(), 0)
        painter.end()
