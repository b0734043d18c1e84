"""Type in a few named sizes that follow the size the system's font is set to."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtGui import QFont

# What systems ship with as body text, in pixels at 96 dpi: Windows 9 pt, macOS 13 px, KDE 10 pt, GNOME 11 pt.
_USUAL_FROM, _USUAL_TO = 12.0, 14.7
_SMALLEST = 12.0


class TextStyle(StrEnum):
    """The sizes text comes in."""

    SMALL = "small"
    SMALL_STRONG = "small-strong"
    BODY = "body"
    BODY_STRONG = "body-strong"
    CARD_TITLE = "card-title"
    DATE = "date"
    BIG_DATE = "big-date"
    PAGE_TITLE = "page-title"


_PIXELS: dict[TextStyle, tuple[float, int]] = {
    TextStyle.SMALL: (12, QFont.Weight.Normal),
    TextStyle.SMALL_STRONG: (12, QFont.Weight.DemiBold),
    TextStyle.BODY: (14, QFont.Weight.Normal),
    TextStyle.BODY_STRONG: (14, QFont.Weight.DemiBold),
    TextStyle.CARD_TITLE: (15, QFont.Weight.DemiBold),
    TextStyle.DATE: (16, QFont.Weight.Bold),
    TextStyle.BIG_DATE: (20, QFont.Weight.Bold),
    TextStyle.PAGE_TITLE: (22, QFont.Weight.Bold),
}


class Typography:
    """The fonts of the program, scaled once from the font the system offers.

    Any usual system size reads as drawn; a person who chose larger or smaller text gets all of it larger or
    smaller, never under 12 px.
    """

    def __init__(self, system: QFont, dpi: float) -> None:
        self._dpi = dpi
        self._fonts: dict[TextStyle, QFont] = {}
        self._family = QFont(system)
        size = system.pointSizeF() * dpi / 72 if system.pointSizeF() > 0 else float(system.pixelSize())
        self.scale = max(size / _USUAL_TO, 1.0) if size >= _USUAL_FROM else max(size / _USUAL_FROM, 0.5)

    def pixels(self, style: TextStyle) -> float:
        """Return the size of a style in pixels at 100 %."""
        return max(_PIXELS[style][0] * self.scale, _SMALLEST)

    def scaled(self, pixels: float) -> int:
        """Return a length that belongs to text, such as an icon's beside it, scaled as text is."""
        return round(pixels * max(self.scale, 1.0))

    def points(self, style: TextStyle) -> float:
        """Return the size of a style in points at the screen's dots per inch."""
        return round(self.pixels(style) * 72 / self._dpi, 2)

    def weight(self, style: TextStyle) -> int:
        """Return the weight of a style, 400 to 700."""
        return int(_PIXELS[style][1])

    def font(self, style: TextStyle) -> QFont:
        """Return the font of a style, for what is painted; labels get theirs from the style sheet."""
        if style not in self._fonts:
            font = QFont(self._family)
            font.setPointSizeF(self.points(style))
            font.setWeight(QFont.Weight(self.weight(style)))
            self._fonts[style] = font
        return QFont(self._fonts[style])
