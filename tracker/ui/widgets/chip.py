"""A small pill that says a state in words, coloured to match."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from tracker.ui.theme.tokens import Tone
from tracker.ui.widgets.painting import chip_size, paint_chip

if TYPE_CHECKING:
    from tracker.ui.theme.theme import Theme


class Chip(QLabel):
    """A label drawn as a pill; it is read as a label."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        parent: QWidget | None = None,
        *,
        tone: Tone = Tone.NEUTRAL,
        icon: str = "",
    ) -> None:
        super().__init__(text, parent)
        self._theme, self._tone, self._icon = theme, tone, icon
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_state(self, text: str, tone: Tone, icon: str = "") -> None:
        """Say something else."""
        self._tone, self._icon = tone, icon
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size it likes."""
        return chip_size(self._theme, self.text(), self._icon)

    def minimumSizeHint(self) -> QSize:
        """Return the least size it can be read at."""
        return QSize(min(self.sizeHint().width(), 64), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        paint_chip(painter, self.rect(), self._theme, self.text(), tone=self._tone, icon=self._icon)
        painter.end()
