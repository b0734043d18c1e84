"""The program's own drawings: its icon, and the tray icon in each of its states."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

_FOLDER = Path(__file__).with_name("icons")
_TRAY_SIZES = (16, 22, 24, 32, 44, 48, 64)
_APP_SIZES = (16, 24, 32, 48, 64, 128, 256)


class TrayMark(StrEnum):
    """What the tray icon says; each has a shape of its own, so no state is told by colour alone."""

    QUIET = "quiet"
    NEWS = "news"
    NEEDS_YOU = "needs-you"
    OFFLINE = "offline"
    SIGN_IN = "sign-in"


def tray_icon(mark: TrayMark, *, dark_panel: bool) -> QIcon:
    """Return the tray icon for a state, drawn to stand out on a light or a dark panel."""
    return _icon(f"tray-{mark.value}-{'dark' if dark_panel else 'light'}", _TRAY_SIZES)


def app_icon() -> QIcon:
    """Return the program's icon in the sizes desktops ask for."""
    return _icon("app", _APP_SIZES)


def app_icon_file() -> str:
    """Return the path of the program's icon, for those who draw it themselves."""
    return str(_FOLDER / "app.svg")


def _icon(name: str, sizes: tuple[int, ...]) -> QIcon:
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(str(_FOLDER / f"{name}.svg"))
    icon = QIcon()
    for size in sizes:
        drawn = QPixmap(size, size)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        icon.addPixmap(drawn)
    return icon
