"""A question laid over the window it concerns, instead of a dialog of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from tracker.ui.theme.tokens import Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.buttons import Button, ButtonKind
from tracker.ui.widgets.card import Card
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from tracker.ui.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class SheetAnswer:
    """One way to answer: the key the signal carries, the words on its button."""

    key: str
    text: str
    kind: ButtonKind = ButtonKind.SECONDARY


class Sheet(QWidget):
    """Covers its parent until it is answered; the keyboard stays inside; Escape answers "", for nothing."""

    answered = Signal(str)

    def __init__(
        self, theme: Theme, parent: QWidget, *, title: str, text: str, answers: tuple[SheetAnswer, ...]
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._before = QApplication.focusWidget()
        self._buttons = [Button(theme, answer.text, kind=answer.kind) for answer in answers]
        for answer, button in zip(answers, self._buttons, strict=True):
            button.setObjectName(answer.key)
            button.clicked.connect(self._answer_of_button)
        self._lay_out(theme, title, text)
        parent.installEventFilter(self)
        self.setGeometry(parent.rect())
        self.raise_()
        self.show()
        self._buttons[-1].setFocus(Qt.FocusReason.TabFocusReason)

    def answer(self, key: str) -> None:
        """Close with this answer; a second answer is not heard."""
        if self.isHidden():
            return
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.answered.emit(key)
        self.deleteLater()

    def _lay_out(self, theme: Theme, title: str, text: str) -> None:
        card = Card(theme, self, title=title)
        card.setMaximumWidth(440)
        card.body.addWidget(Text(text, card, style=TextStyle.BODY, ink="muted", wrap=True))
        card.body.addSpacing(Space.S)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addStretch(1)
        for button in self._buttons:
            row.addWidget(button)
        card.body.addLayout(row)
        # Not by alignment: words that wrap only get their height from a plain row.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card, 1000)
        middle.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.PAGE, Space.PAGE, Space.PAGE, Space.PAGE)
        column.addStretch(2)
        column.addLayout(middle)
        column.addStretch(3)

    def _answer_of_button(self) -> None:
        sender = self.sender()
        self.answer(sender.objectName() if sender is not None else "")

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep Tab among the sheet's own buttons."""
        at = next((i for i, button in enumerate(self._buttons) if button.hasFocus()), -1)
        step = 1 if forward else -1
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        self._buttons[(at + step) % len(self._buttons)].setFocus(reason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer "nothing chosen" to Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.answer("")
        else:
            event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        parent = self.parentWidget()
        if event.type() == QEvent.Type.Resize and parent is not None:
            self.setGeometry(parent.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(8, 12, 20, 120))
        painter.end()
