"""A company's own colour and logo, worn over the looks that were drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap

from tracker.host.accent import for_the_dark, soft
from tracker.ui.theme.tokens import Pair

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.ui.theme.tokens import Tokens

_LARGEST = 1024 * 1024
_LONGEST_SIDE = 4096
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Brand:
    """What IT has set of the looks; an empty colour and no logo leave them as they were drawn.

    The colours can be read: whoever sets them has checked that. High contrast keeps its own.
    """

    accent: str = ""
    accent_dark: str = ""
    logo: Path | None = None

    def worn(self, tokens: Tokens) -> Tokens:
        """Give a look with the company's colour in it."""
        dark = tokens.dark
        colour = self.accent_dark or (self.accent and for_the_dark(self.accent)) if dark else self.accent
        if not colour or tokens.high_contrast:
            return tokens
        return replace(tokens, accent=Pair(colour, soft(colour, dark=dark)))


def logo_picture(path: Path, side: int, ratio: float) -> QPixmap | None:
    """Draw a logo (PNG or SVG) into a square of `side` logical pixels; None for what is no such picture."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError:
        return None
    if len(data) > _LARGEST:
        return None
    drawn = QPixmap(round(side * ratio), round(side * ratio))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    is_drawn = _draw(data, painter, drawn.width())
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn if is_drawn else None


def _draw(data: bytes, painter: QPainter, side: int) -> bool:
    if b"<svg" in data[:4096]:
        from PySide6.QtSvg import QSvgRenderer

        renderer = QSvgRenderer(QByteArray(data))
        renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
        renderer.render(painter, QRectF(0, 0, side, side))
        return renderer.isValid()
    picture = QImage.fromData(data) if data.startswith(_PNG) else QImage()
    if picture.isNull() or max(picture.width(), picture.height()) > _LONGEST_SIDE:
        return False
    fitted = picture.scaled(
        side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    painter.drawImage((side - fitted.width()) // 2, (side - fitted.height()) // 2, fitted)
    return True
