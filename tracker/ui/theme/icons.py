"""Line icons as vector drawings, tinted when painted and sharp at any scale."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

if TYPE_CHECKING:
    from collections.abc import Callable

_FOLDER = Path(__file__).with_name("icons")


class Icons:
    """Draws the SVG files beside this module; each file is read once, each size and colour drawn once.

    `colour_of` gives the colour that an ink has at the moment it is asked.
    """

    def __init__(self, colour_of: Callable[[str], str]) -> None:
        self._colour_of = colour_of
        self._sources: dict[str, bytes] = {}
        self._drawn: dict[tuple[str, str, int, float], QPixmap] = {}
        self.folder = _FOLDER

    def icon(self, name: str, ink: str) -> QIcon:
        """Return an icon that looks its colour up each time it is painted."""
        return QIcon(_Tinted(self, self._colour_of, name, ink))

    def pixmap(self, name: str, colour: str, size: int, ratio: float) -> QPixmap:
        """Return the drawing in one colour; an unknown name raises FileNotFoundError."""
        key = (name, colour, size, ratio)
        if key not in self._drawn:
            self._drawn[key] = self._draw(name, colour, size, ratio)
        return self._drawn[key]

    def _draw(self, name: str, colour: str, size: int, ratio: float) -> QPixmap:
        # QtSvg is loaded with the first icon that is really painted, not with this module.
        from PySide6.QtSvg import QSvgRenderer

        source = self._source(name).replace(b"currentColor", colour.encode())
        drawn = QPixmap(max(1, round(size * ratio)), max(1, round(size * ratio)))
        drawn.setDevicePixelRatio(ratio)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        QSvgRenderer(QByteArray(source)).render(painter, QRectF(0, 0, size, size))
        painter.end()
        return drawn

    def _source(self, name: str) -> bytes:
        if name not in self._sources:
            self._sources[name] = (_FOLDER / f"{name}.svg").read_bytes()
        return self._sources[name]


class _Tinted(QIconEngine):
    """Paints one drawing in the colour its ink has at that moment."""

    def __init__(self, icons: Icons, colour_of: Callable[[str], str], name: str, ink: str) -> None:
        super().__init__()
        self._icons, self._colour_of, self._name, self._ink = icons, colour_of, name, ink

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        drawn = self._icons.pixmap(self._name, self._colour(mode), side, painter.device().devicePixelRatioF())
        painter.drawPixmap(rect.center() - QPoint((side - 1) // 2, (side - 1) // 2), drawn)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        side = min(size.width(), size.height())
        drawn = self._icons.pixmap(self._name, self._colour(mode), side, 1.0)
        if size.width() == size.height():
            return drawn
        # Asked for wider than high, by a button that wants air beside the drawing.
        whole = QPixmap(size)
        whole.fill(Qt.GlobalColor.transparent)
        painter = QPainter(whole)
        painter.drawPixmap((size.width() - side) // 2, (size.height() - side) // 2, drawn)
        painter.end()
        return whole

    def clone(self) -> QIconEngine:
        return _Tinted(self._icons, self._colour_of, self._name, self._ink)

    def _colour(self, mode: QIcon.Mode) -> str:
        return self._colour_of("faint" if mode == QIcon.Mode.Disabled else self._ink)
