"""A bubble: what somebody wrote in a chat, on a white ground or on the accent colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from tracker.ui.theme.tokens import Radius
from tracker.ui.timeline.message_text import CORNER, MessageText

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tracker.ui.theme.theme import Theme


class Bubble(MessageText):
    """Text in a bubble; Tab passes it by, since the arrow keys of the conversation lead to it."""

    def __init__(self, theme: Theme, text: str, parent: QWidget, *, own: bool, remark: bool) -> None:
        """`remark`: the words are ours, about a message that cannot be shown."""
        super().__init__(theme, text, parent, on_accent=own and not remark)
        self._own, self._remark = own, remark
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def show_words(self, text: str, *, own: bool, remark: bool) -> None:
        """Show another message."""
        self._own, self._remark = own, remark
        self._show_text(text, on_accent=own and not remark)

    def natural_width(self, most: int) -> int:
        """Return how wide it likes to be where it may be at most this wide."""
        sides = 2 * round(CORNER.x())
        return self._written.natural_width(most - sides) + sides

    def mark(self, words: str) -> None:
        """Show where these words stand in it."""
        self._written.mark(words)
        self.update()

    def _paint_bubble(self, painter: QPainter) -> None:
        paint_bubble(painter, QRectF(self.rect()), self._theme, own=self._own, hollow=self._remark)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("on_accent" if self._on_accent else "accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(3, 3, -3, -3), Radius.CARD - 3, Radius.CARD - 3
            )


def paint_bubble(painter: QPainter, rect: QRectF, theme: Theme, *, own: bool, hollow: bool = False) -> None:
    """Paint the ground of a bubble; `hollow`: only an outline."""
    filled = own and not hollow
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(theme.colour("accent" if filled else "border"), 1)
    if hollow:
        pen.setStyle(Qt.PenStyle.DashLine)
        pen.setColor(theme.colour("faint"))
    painter.setPen(pen)
    ground = theme.tokens.bg if hollow else theme.tokens.accent.strong if filled else theme.tokens.surface
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), Radius.CARD, Radius.CARD)
