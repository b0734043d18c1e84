"""A box to tick whose words wrap where there is little room, which Qt's own box can't."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from tracker.ui.theme.tokens import Size, Space
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent


class Check(QWidget):
    """Ticked or not; a press on the words counts too; `toggled` carries the new state."""

    toggled = Signal(bool)

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QCheckBox(self)
        self.box.setAccessibleName(words.replace("&", ""))
        self.box.setFixedSize(Size.TARGET, Size.TARGET)
        self._words = Text(words, self, wrap=True)
        self._words.setBuddy(self.box)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS)
        row.addWidget(self.box)
        row.addWidget(self._words, 1)
        self.box.toggled.connect(self.toggled)

    @property
    def ticked(self) -> bool:
        """Tell whether it is ticked."""
        return self.box.isChecked()

    def tick(self, ticked: bool) -> None:
        """Tick it or not, without a signal."""
        self.box.blockSignals(True)
        self.box.setChecked(ticked)
        self.box.blockSignals(False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take a press on the words for one on the box."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.box.click()
