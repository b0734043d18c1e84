"""A card of the settings page, and a row in it: words at the start, a choice at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.ui.theme.tokens import Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.card import Card
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from tracker.ui.theme.theme import Theme


class Section(Card):
    """A titled card of rows."""

    def __init__(self, theme: Theme, title: str, parent: QWidget) -> None:
        super().__init__(theme, parent, title=title)
        self.body.setSpacing(Space.M)

    def add_row(self, title: str, hint: str, control: QWidget) -> None:
        """Add a row; `control` is called `title` by assistive technology if it has no name yet."""
        if not control.accessibleName():
            control.setAccessibleName(title)
        if hint and not control.accessibleDescription():
            control.setAccessibleDescription(hint)
        row = QHBoxLayout()
        row.setSpacing(Space.CARD)
        words = QVBoxLayout()
        words.setSpacing(Space.HAIR)
        words.addWidget(Text(title, self, wrap=True))
        if hint:
            words.addWidget(Text(hint, self, style=TextStyle.SMALL, ink="muted", wrap=True))
        words.addStretch(1)
        row.addLayout(words, 1)
        row.addWidget(control, 1)
        control.raise_()  # what is made first is read first: the words, then the choice
        self.body.addLayout(row)
