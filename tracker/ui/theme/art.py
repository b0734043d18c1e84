"""The program's own drawings: its icon, and the tray icon in each of its states."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from tracker.ui.theme.drawn_icon import DrawnIcon

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer

_FOLDER = Path(__file__).with_name("icons")
_APP_SIZES = (16, 24, 32, 48, 64, 128, 256)


class TrayMark(StrEnum):
    """What the tray icon says; each has a shape of its own, so no state is told by colour alone."""

    QUIET = "quiet"
    NEWS = "news"
    NEEDS_YOU = "needs-you"
    OFFLINE = "offline"
    SIGN_IN = "sign-in"


def tray_drawing(mark: TrayMark, side: int, *, dark_panel: bool) -> QPixmap:
    """Return the drawing of a state, `side` pixels high, made to stand out on a light or a dark panel."""
    from PySide6.QtSvg import QSvgRenderer

    name = f"tray-{mark.value}-{'dark' if dark_panel else 'light'}"
    return _drawn(QSvgRenderer(str(_FOLDER / f"{name}.svg")), side)


def app_icon() -> QIcon:
    """Return the program's icon in the sizes desktops ask for."""
    from PySide6.QtSvg import QSvgRenderer

    return QIcon(DrawnIcon(_APP_SIZES, lambda side: _drawn(QSvgRenderer(app_icon_file()), side)))


def app_icon_file() -> str:
    """Return the path of the program's icon, for those who draw it themselves."""
    return str(_FOLDER / "app.svg")


def _drawn(renderer: QSvgRenderer, side: int) -> QPixmap:
    drawn = QPixmap(side, side)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return drawn
