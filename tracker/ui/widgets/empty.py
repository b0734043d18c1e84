"""What a page shows when it has nothing: why, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.ui.theme.tokens import Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.buttons import Button, ButtonKind
from tracker.ui.widgets.glyph import Glyph
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from tracker.ui.theme.theme import Theme


class EmptyState(QWidget):
    """A quiet picture, a line, a sentence and perhaps a button, in the middle of the page."""

    action_pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, icon: str = "inbox") -> None:
        super().__init__(parent)
        self._icon = Glyph(theme, icon, self, ink="faint", size=40)
        self._title = Text("", self, style=TextStyle.CARD_TITLE, wrap=True)
        self._text = Text("", self, ink="muted", wrap=True)
        self._action = Button(theme, "", self, kind=ButtonKind.PRIMARY)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.PAGE, Space.PAGE, Space.PAGE, Space.PAGE)
        column.setSpacing(Space.S)
        column.addStretch(1)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(self._icon, 0, middle)
        column.addSpacing(Space.S)
        for label in (self._title, self._text):
            label.setAlignment(middle)
            column.addWidget(label)
        column.addSpacing(Space.S)
        column.addWidget(self._action, 0, middle)
        column.addStretch(2)
        self._action.clicked.connect(self.action_pressed)

    def show_message(self, title: str, text: str = "", *, action: str = "") -> None:
        """Say why there is nothing and, with `action`, offer a way on."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._action.setText(action)
        self._action.setAccessibleName(action.replace("&", ""))
        self._action.setVisible(bool(action))
        self.setAccessibleName(f"{title}. {text}" if text else title)
