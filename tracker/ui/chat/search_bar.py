"""Searching in a conversation: what to look for, how many there are, and from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.ui.theme.tokens import Space
from tracker.ui.widgets.announce import announce
from tracker.ui.widgets.buttons import IconButton
from tracker.ui.widgets.field import SearchField
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from tracker.ui.page_context import PageContext


class ChatSearch(QWidget):
    """Hidden until `open`. `searched` carries the words, `went` the place of a message; Escape ends it."""

    searched = Signal(str)
    went = Signal(object)
    ended = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = context.wording
        self._places: tuple[int, ...] = ()
        self._at = 0
        self._words = self._words_before_key = ""
        self._field = SearchField(context.theme, self.tr("Search in this conversation"), self)
        self._said = Text("", self, ink="muted")
        self._before = IconButton(context.theme, "chevron-up", self, name=self.tr("Found before"))
        self._after = IconButton(context.theme, "chevron-down", self, name=self.tr("Found after"))
        close = IconButton(context.theme, "x", self, name=self.tr("End the search"))
        row = QHBoxLayout(self)
        row.setContentsMargins(24, Space.S, 24, Space.S)
        row.setSpacing(Space.S)
        row.addWidget(self._field, 1)
        for widget in (self._said, self._before, self._after, close):
            row.addWidget(widget)
        self._field.installEventFilter(self)
        self._field.searched.connect(self._search)
        self._before.clicked.connect(lambda: self.step(1))
        self._after.clicked.connect(lambda: self.step(-1))
        close.clicked.connect(self.close_search)
        self.hide()

    @property
    def said(self) -> str:
        """How many there are and which is shown."""
        return self._said.text()

    def open(self) -> None:
        """Take the keyboard."""
        self.show()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()
        self._tell()

    def show_found(self, places: tuple[int, ...]) -> None:
        """Take what was found, newest first, and go to the newest."""
        self._places, self._at = places, 0
        self._tell()
        if places:
            self.went.emit(places[0])

    def step(self, by: int) -> None:
        """Go to the one before (1: older) or after (-1: newer), round and round."""
        if self._places:
            self._at = (self._at + by) % len(self._places)
            self._tell()
            self.went.emit(self._places[self._at])

    def close_search(self) -> None:
        """Hide it and forget what was searched."""
        if self.isHidden():
            return
        self.hide()
        self._field.clear()
        self.ended.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note what was searched before the field takes a key."""
        if event.type() == QEvent.Type.KeyPress:
            self._words_before_key = self._words
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the one before, Shift+Enter to the one after, Escape ends it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_search()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._words == self._words_before_key:  # else this Enter has only begun the search
                self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def _search(self, words: str) -> None:
        self._words = words
        self.searched.emit(words)

    def _tell(self) -> None:
        if not self._words:
            words = ""
        elif not self._places:
            words = self.tr("Nothing found")
        else:
            number = self._wording.number
            words = self.tr("{at} of {count}").format(
                at=number(self._at + 1), count=number(len(self._places))
            )
        self._said.setText(words)
        for button in (self._before, self._after):
            button.setEnabled(bool(self._places))
        announce(self, words)
