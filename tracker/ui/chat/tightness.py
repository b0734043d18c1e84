"""Gives the conversation its room where a small window and large letters would leave it none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tracker.ui.chat.composer import ChatComposer
    from tracker.ui.chat.head import ChatHead
    from tracker.ui.theme.theme import Theme

_ENOUGH = 320
"""Pixels at usual letters under which the head and the field say less."""


class Tightness(QObject):
    """Watches the height of the page: the head's buttons and the words under the field give way first."""

    def __init__(self, theme: Theme, page: QWidget, *, head: ChatHead, composer: ChatComposer) -> None:
        super().__init__(page)
        self._theme, self._head, self._composer = theme, head, composer
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the page's height."""
        if isinstance(event, QResizeEvent):
            tight = event.size().height() < self._theme.type.scaled(_ENOUGH)
            self._head.keep_low(low=tight)
            self._composer.keep_low(low=tight)
        return False
