"""A row of pills of which exactly one is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from tracker.ui.flow import FlowLayout
from tracker.ui.theme.tokens import Size

if TYPE_CHECKING:
    from collections.abc import Sequence


class SegmentedChips(QWidget):
    """Radio buttons drawn as pills: the arrow keys move, assistive technology reads them as one choice."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QRadioButton] = {}
        self._row = FlowLayout(self)
        self._group.buttonClicked.connect(self._tell)

    def set_choices(self, choices: Sequence[tuple[str, str]], *, chosen: str = "") -> None:
        """Offer (key, words) pairs; `chosen` is the key marked at first, the first one without it."""
        for button in self._buttons.values():
            self._row.removeWidget(button)
            self._group.removeButton(button)
            button.deleteLater()
        self._buttons = {}
        for key, words in choices:
            button = QRadioButton(words, self)
            button.setProperty("chip", True)
            button.setMinimumHeight(Size.TARGET)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.setAccessibleName(words)
            self._group.addButton(button)
            self._row.addWidget(button)
            self._buttons[key] = button
        self.choose(chosen or (choices[0][0] if choices else ""))

    def set_text(self, key: str, words: str) -> None:
        """Change the words of one choice, such as its count."""
        self._buttons[key].setText(words)
        self._buttons[key].setAccessibleName(words)

    def choose(self, key: str) -> None:
        """Mark a choice without a signal; an unknown key marks nothing."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    @property
    def choice(self) -> str:
        """The key that is chosen, "" if there are no choices."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def focus_choice(self) -> None:
        """Put the keyboard on what is chosen."""
        if self.choice:
            self._buttons[self.choice].setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        self.chosen.emit(self.choice)
