"""The chips above the list: one filter is chosen, each says how many requests it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QWidget

from tracker.model.listing import Counts, Filter
from tracker.ui.flow import FlowLayout
from tracker.ui.theme.tokens import Size

if TYPE_CHECKING:
    from tracker.ui.wording import Wording


class FilterChips(QWidget):
    """One choice among four, set in lines where there is little room; the arrow keys move it."""

    chosen = Signal(str)
    """The Filter a person chose."""

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self.setAccessibleName(self.tr("Which requests"))
        self._group = QButtonGroup(self)
        self._buttons = {which: QRadioButton(self) for which in Filter}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        row = FlowLayout(self)
        for button in self._buttons.values():
            button.setProperty("chip", True)
            button.setMinimumHeight(Size.TARGET)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            self._group.addButton(button)
            row.addWidget(button)
            button.clicked.connect(self._tell)
        self._buttons[Filter.OPEN].setChecked(True)
        self.show_counts(Counts())

    @property
    def choice(self) -> Filter:
        """The filter that is chosen."""
        return next(which for which, button in self._buttons.items() if button.isChecked())

    def choose(self, which: Filter) -> None:
        """Mark a filter without a signal."""
        self._buttons[which].setChecked(True)

    def show_counts(self, counts: Counts) -> None:
        """Say how many each holds; a filter that holds none says only its name."""
        held = {
            Filter.OPEN: (self.tr("Open"), counts.open),
            Filter.WAITING_FOR_ME: (self.tr("Waiting for me"), counts.waiting_for_me),
            Filter.FIXED: (self.tr("Fixed"), counts.fixed),
            Filter.ALL: (self.tr("All"), counts.all),
        }
        for which, (name, count) in held.items():
            words = f"{name} {self._wording.number(count)}" if count else name
            self._buttons[which].setText(words)
            self._buttons[which].setAccessibleName(words)

    def _tell(self) -> None:
        self.chosen.emit(self.choice.value)
