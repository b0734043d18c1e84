"""An icon of which each size is drawn when a desktop asks for it: most want one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ANY_MODE, ANY_STATE = QIcon.Mode.Normal, QIcon.State.Off


class DrawnIcon(QIconEngine):
    """Draws with `draw`, which is given the side in pixels. `sizes` are named to those who want them all."""

    def __init__(self, sizes: Sequence[int], draw: Callable[[int], QPixmap]) -> None:
        super().__init__()
        self._sizes, self._draw = sizes, draw

    def availableSizes(self, _mode: QIcon.Mode = ANY_MODE, _state: QIcon.State = ANY_STATE) -> list[QSize]:
        """Name the sizes."""
        return [QSize(side, side) for side in self._sizes]

    def pixmap(self, size: QSize, _mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        """Draw one size."""
        return self._draw(max(1, min(size.width(), size.height())))

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Paint it into a rectangle."""
        painter.drawPixmap(rect, self.pixmap(rect.size(), mode, state))

    def clone(self) -> QIconEngine:
        """Give another that draws the same."""
        return DrawnIcon(self._sizes, self._draw)
