"""The card beside the form that says at which number IT can be called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from tracker.ui.plain_text import breakable
from tracker.ui.widgets.card import Card
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tracker.ui.page_context import PageContext


class PhoneCard(Card):
    """Hidden where IT has set no number; the number can be marked and copied."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, parent)
        self._context = context
        self.set_title(self.tr("Rather by phone?"))
        self._line = Text("", self, wrap=True)
        self._line.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.body.addWidget(self._line)
        self.refresh()

    def refresh(self) -> None:
        """Show the number that is set now."""
        words = self._context.phone()
        self._line.setText(breakable(words))
        self._line.setAccessibleName(words)
        self.setVisible(bool(words))
