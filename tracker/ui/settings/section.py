"""A card of the settings page, and a row in it: words at the start, a choice at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from tracker.ui.theme.tokens import Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.card import Card
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from tracker.ui.theme.theme import Theme


_BESIDE = 400
"""Pixels from which on words and choice stand side by side."""


class Section(Card):
    """A titled card of rows."""

    def __init__(self, theme: Theme, title: str, parent: QWidget) -> None:
        super().__init__(theme, parent, title=title)
        self.body.setSpacing(Space.M)

    def add_row(self, title: str, hint: str, control: QWidget) -> None:
        """Add a row; `control` is called `title` by assistive technology if it has no name yet."""
        self.body.addWidget(SettingRow(title, hint, control, self))


class SettingRow(QWidget):
    """Words at the start and the choice at the end; the choice goes below where there is little room."""

    def __init__(self, title: str, hint: str, control: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        if not control.accessibleName():
            control.setAccessibleName(title)
        if hint and not control.accessibleDescription():
            control.setAccessibleDescription(hint)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.S)
        words = QVBoxLayout()
        words.setSpacing(Space.HAIR)
        words.addStretch(1)
        words.addWidget(Text(title, self, wrap=True))
        if hint:
            words.addWidget(Text(hint, self, style=TextStyle.SMALL, ink="muted", wrap=True))
        words.addStretch(1)
        self._row.addLayout(words, 1)
        self._row.addWidget(control, 1)
        self._control = control

    def minimumSizeHint(self) -> QSize:
        """Return the least size: one above the other."""
        return QSize(self._control.minimumSizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose between beside and below."""
        room = 2 * self._control.minimumSizeHint().width() + Space.CARD
        narrow = self.width() < max(room, _BESIDE)
        wanted = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != wanted:
            self._row.setDirection(wanted)
        super().resizeEvent(event)
