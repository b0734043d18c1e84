"""An icon that decorates words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from tracker.ui.theme.theme import Theme


class Glyph(QWidget):
    """An icon that only decorates words beside it; assistive technology passes over it."""

    def __init__(
        self, theme: Theme, icon: str, parent: QWidget | None = None, *, ink: str = "text", size: int = 18
    ) -> None:
        super().__init__(parent)
        self._theme, self._icon, self._ink, self._side = theme, icon, ink, size
        self.setFixedSize(size, size)

    def show_icon(self, icon: str, ink: str) -> None:
        """Draw another icon."""
        self._icon, self._ink = icon, ink
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.drawPixmap(
            0, 0, self._theme.pixmap(self._icon, self._ink, self._side, self.devicePixelRatioF())
        )
        painter.end()
