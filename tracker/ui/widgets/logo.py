"""The logo: the company's where IT has set one, else the parcel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from tracker.ui.widgets.painting import paint_round_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from tracker.ui.theme.theme import Theme


class Logo(QWidget):
    """A square of `side` pixels at 100 %; it follows the theme's brand."""

    def __init__(self, theme: Theme, parent: QWidget, *, side: int = 24) -> None:
        super().__init__(parent)
        self._theme = theme
        self._side = theme.type.scaled(side)
        self.setFixedSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        picture = self._theme.logo(self._side, self.devicePixelRatioF())
        if picture is not None:
            painter.drawPixmap(0, 0, picture)
        else:
            middle = QPointF(self._side / 2, self._side / 2)
            paint_round_icon(painter, middle, self._theme, icon="package-check", size=self._side)
        painter.end()
