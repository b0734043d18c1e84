"""A person's initials in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from tracker.ui.plain_text import plain_tip
from tracker.ui.theme.typography import TextStyle

if TYPE_CHECKING:
    from tracker.ui.theme.theme import Theme


def initials(name: str) -> str:
    """Return up to two capital letters for a name: "Priya Nair" gives "PN"; no name gives "?"."""
    words = [word for word in name.split() if word[0].isalnum()]
    letters = [words[0][0], words[-1][0]] if len(words) > 1 else [word[0] for word in words]
    return "".join(letters).upper() or "?"


class Avatar(QWidget):
    """Initials, drawn; the name itself is what assistive technology reads."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None, *, size: int = 46) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedSize(size, size)
        self.show_person(name)

    def show_person(self, name: str) -> None:
        """Show another person."""
        self._initials = initials(name)
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(name))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        pair = self._theme.tokens.wait
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.colour("wait") if self._theme.tokens.high_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(pair.soft))
        painter.drawEllipse(self.rect().adjusted(1, 1, -1, -1))
        painter.setPen(self._theme.colour("wait"))
        small = TextStyle.SMALL_STRONG if self.width() < 40 else TextStyle.BODY_STRONG
        painter.setFont(self._fitting(self._theme.font(small)))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._initials)
        painter.end()

    def _fitting(self, font: QFont) -> QFont:
        """Return the font, smaller where large letters would not fit into the circle."""
        wide, room = QFontMetricsF(font).horizontalAdvance(self._initials), self.width() * 0.75
        if wide > room:
            font.setPointSizeF(font.pointSizeF() * room / wide)
        return font
