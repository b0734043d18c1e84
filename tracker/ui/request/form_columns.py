"""The two columns of the New request page: the cards beside the form, or above and below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.ui.theme.tokens import Space

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.ui.theme.theme import Theme
    from tracker.ui.widgets.page import ScrollPage

_SIDE = 320
_BESIDE_FROM = 780
_ANY_WIDTH = 16_777_215


class FormColumns(QObject):
    """Stands in `page`, whose width it follows.

    `cards` go to the side from top to bottom; where there is no room, each goes to its place in the main
    column.
    """

    def __init__(
        self, page: ScrollPage, theme: Theme, main: tuple[QWidget, ...], *, cards: Mapping[QWidget, int]
    ) -> None:
        super().__init__(page)
        self._page, self._theme, self._cards = page, theme, cards
        columns = QHBoxLayout()
        columns.setSpacing(Space.CARD)
        self._main, self._side = QVBoxLayout(), QVBoxLayout()
        for column in (self._main, self._side):
            column.setSpacing(Space.S)
        columns.addLayout(self._main, 1)
        columns.addLayout(self._side)
        for part in main:
            self._main.addWidget(part)
        for column in (self._main, self._side):
            column.addStretch(1)
        page.body.addLayout(columns)  # first the form, then the cards: so they are read aloud
        self._place(narrow=True)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the width of the page."""
        if watched is self._page and event.type() == QEvent.Type.Resize:
            self._place(narrow=self._page.width() < _BESIDE_FROM * self._theme.type.scale)
        return super().eventFilter(watched, event)

    def _place(self, *, narrow: bool) -> None:
        width = round(_SIDE * self._theme.type.scale)
        if narrow:
            for card, place in sorted(self._cards.items(), key=lambda held: held[1]):
                self._main.insertWidget(place, card)
        else:
            for at, card in enumerate(self._cards):
                self._side.insertWidget(at, card)
        for card in self._cards:
            card.setMinimumWidth(0 if narrow else width)
            card.setMaximumWidth(_ANY_WIDTH if narrow else width)
