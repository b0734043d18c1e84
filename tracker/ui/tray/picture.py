"""The tray icon as a picture: its state by shape, the count of unread notices, visible on any panel."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPixmap

from tracker.ui.theme.art import TrayMark, tray_drawing
from tracker.ui.theme.drawn_icon import DrawnIcon
from tracker.ui.theme.tokens import DARK, LIGHT

SIZES = (16, 22, 24, 32, 44, 48, 64)
COUNT_FROM = 22
"""Pixels under which no digit could be read: there the dot stays a dot."""

# The badge on the drawing's grid of 24: it covers the dot of "news".
_BADGE = QRectF(12.4, 12.4, 11.6, 11.6)
_GRID = 24.0


def badged_icon(mark: TrayMark, unread: int, *, dark_panel: bool) -> QIcon:
    """Return the icon for a state; `unread` is written on it while there is news and nothing weightier.

    Where the guess about the panel is wrong, a thin line in the opposite colour keeps the icon visible.
    """

    def draw(side: int) -> QPixmap:
        picture = _outlined(mark, side, dark_panel=dark_panel)
        if mark is TrayMark.NEWS and unread > 0 and side >= COUNT_FROM:
            _write_count(picture, unread, dark_panel=dark_panel)
        return picture

    return QIcon(DrawnIcon(SIZES, draw))


def _outlined(mark: TrayMark, size: int, *, dark_panel: bool) -> QPixmap:
    plain = tray_drawing(mark, size, dark_panel=dark_panel)
    around = tray_drawing(mark, size, dark_panel=not dark_panel)
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setOpacity(0.8)
    step = size / _GRID
    for left, top in ((-step, 0.0), (step, 0.0), (0.0, -step), (0.0, step)):
        painter.drawPixmap(QPointF(left, top), around)
    painter.setOpacity(1.0)
    painter.drawPixmap(0, 0, plain)
    painter.end()
    return picture


def _write_count(picture: QPixmap, unread: int, *, dark_panel: bool) -> None:
    tokens = DARK if dark_panel else LIGHT
    scale = picture.width() / _GRID
    place = QRectF(_BADGE.topLeft() * scale, _BADGE.size() * scale)
    text = str(unread) if unread < 10 else "9+"
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.accent.strong))
    painter.drawEllipse(place)
    font = QFont(painter.font())
    font.setBold(True)
    font.setPixelSize(max(7, round(place.height() * (0.85 if len(text) == 1 else 0.62))))
    painter.setFont(font)
    painter.setPen(QColor(tokens.on_accent))
    painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)
    painter.end()
