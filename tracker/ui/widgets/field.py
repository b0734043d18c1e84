"""What people type into: a label above, the editor, and what is wrong under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from tracker.ui.theme.tokens import Size, Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.glyph import Glyph
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent, QWheelEvent

    from tracker.ui.theme.theme import Theme

_TYPING_PAUSE_MS = 150
_GLASS_GAP = 10


class LineEdit(QLineEdit):
    """One line, 40 px high."""

    def __init__(self, parent: QWidget | None = None, *, placeholder: str = "", limit: int = 500) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setMaxLength(limit)
        self.setMinimumHeight(Size.FIELD)


class TextArea(QPlainTextEdit):
    """Several lines of plain text; Tab moves on instead of typing a tab."""

    def __init__(self, parent: QWidget | None = None, *, placeholder: str = "", lines: int = 4) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * lines + 2 * Space.S)


class Choice(QComboBox):
    """One of several; the wheel scrolls the page and does not change the choice by accident."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumHeight(Size.FIELD)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)

    def set_choices(self, choices: Sequence[tuple[str, str]], *, chosen: str = "") -> None:
        """Offer (key, words) pairs."""
        self.clear()
        for key, words in choices:
            self.addItem(words, key)
        self.choose(chosen)

    def choose(self, key: str) -> None:
        """Mark the choice of this key; an unknown key leaves the first."""
        at = self.findData(key)
        self.setCurrentIndex(max(at, 0))

    @property
    def choice(self) -> str:
        """The key that is chosen, "" if there is none."""
        key = self.currentData()
        return key if isinstance(key, str) else ""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class Field(QWidget):
    """A label, its editor, a hint and an error line; the label's mnemonic leads to the editor."""

    def __init__(self, label: str, editor: QWidget, parent: QWidget | None = None, *, hint: str = "") -> None:
        super().__init__(parent)
        self.editor = editor
        self._hint = hint
        self._label = QLabel(label, self)
        self._label.setProperty("textStyle", TextStyle.SMALL.value)
        self._label.setProperty("ink", "muted")
        self._label.setBuddy(editor)
        self._below = Text(hint, self, style=TextStyle.SMALL, ink="muted", wrap=True)
        self._below.setVisible(bool(hint))
        editor.setAccessibleName(label.replace("&", ""))
        editor.setAccessibleDescription(hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        for widget in (self._label, editor, self._below):
            column.addWidget(widget)

    def set_label(self, label: str) -> None:
        """Ask for something else in the same editor."""
        self._label.setText(label)
        self.editor.setAccessibleName(label.replace("&", ""))

    def set_hint(self, text: str) -> None:
        """Say something else below the editor, where nothing is wrong."""
        self._hint = text
        self.set_error("")

    def set_error(self, text: str) -> None:
        """Say what is wrong with what was typed; an empty text says that nothing is."""
        self._below.setText(text or self._hint)
        self._below.set_ink("late" if text else "muted")
        self._below.setVisible(bool(text or self._hint))
        self.editor.setAccessibleDescription(text or self._hint)
        self.editor.setProperty("wrong", bool(text))
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)

    @property
    def error(self) -> str:
        """What is said to be wrong, "" if nothing is."""
        return self._below.text() if self.editor.property("wrong") else ""


class SearchField(LineEdit):
    """A line with a magnifying glass; `searched` carries the text once typing pauses, at once on Enter."""

    searched = Signal(str)

    def __init__(self, theme: Theme, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, placeholder=placeholder, limit=200)
        self.setAccessibleName(placeholder)
        self._glass = Glyph(theme, "search", self, ink="muted", size=theme.type.scaled(Size.SMALL_ICON))
        self._glass.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._told = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self.textChanged.connect(self._wait)
        self.returnPressed.connect(self._tell)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the glass at the start, in the middle of the height."""
        super().resizeEvent(event)
        backwards = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = self._glass.width()
        left = self.width() - Space.M - side if backwards else Space.M + 1
        self._glass.move(left, (self.height() - side) // 2)
        room = side + _GLASS_GAP
        self.setTextMargins(*((0, 0, room, 0) if backwards else (room, 0, 0, 0)))

    def _wait(self) -> None:
        # Not before there is something to clear: the button costs as much of the start as a page of cards.
        if not self.isClearButtonEnabled():
            self.setClearButtonEnabled(True)
        if self.text():
            self._pause.start()
        else:
            self._tell()

    def _tell(self) -> None:
        self._pause.stop()
        text = self.text().strip()
        if text != self._told:
            self._told = text
            self.searched.emit(text)
