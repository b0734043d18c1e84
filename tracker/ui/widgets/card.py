"""A card: a white sheet with round corners, a soft shadow and 16 px of padding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.ui.theme.tokens import Space, Tone
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.painting import SHADOW_ROOM, paint_card
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from tracker.ui.theme.theme import Theme


class Card(QWidget):
    """Holds widgets in `body`, under a title if one is given; `tone` colours the edge."""

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, title: str = "", tone: Tone = Tone.NEUTRAL
    ) -> None:
        super().__init__(parent)
        self._theme, self._tone, self._fill = theme, tone, "surface"
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(Space.CARD + 1, Space.CARD, Space.CARD + 1, Space.CARD + SHADOW_ROOM)
        self.body.setSpacing(Space.S)
        self._title = Text(title, self, style=TextStyle.CARD_TITLE, wrap=True)
        self.body.addWidget(self._title)
        self.set_title(title)

    def set_title(self, title: str) -> None:
        """Put another title on top, or none."""
        self.setAccessibleName(title)
        self._title.setText(title)
        self._title.setVisible(bool(title))

    def set_tone(self, tone: Tone, *, filled: bool = False) -> None:
        """Colour the edge, and the whole sheet softly if `filled`."""
        self._tone = tone
        self._fill = "soft" if filled else "surface"
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -SHADOW_ROOM)
        soft = self._theme.tokens.tone(self._tone).soft
        edge = Tone.NEUTRAL if self._fill == "soft" and not self._theme.tokens.high_contrast else self._tone
        paint_card(painter, rect, self._theme, tone=edge, fill=soft if self._fill == "soft" else "surface")
        painter.end()
