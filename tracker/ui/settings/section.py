"""A card of the settings page, and a row in it: words at the start, a choice at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from tracker.ui.plain_text import plain_tip
from tracker.ui.theme.tokens import Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.card import Card
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from tracker.ui.theme.theme import Theme
    from tracker.ui.widgets.check import Check


_BESIDE = 400
"""Pixels from which on words and choice stand side by side."""


class Section(Card):
    """A titled card of rows."""

    def __init__(self, theme: Theme, title: str, parent: QWidget) -> None:
        super().__init__(theme, parent, title=title)
        self.body.setSpacing(Space.M)

    def add_row(self, title: str, hint: str, control: QWidget) -> SettingRow:
        """Add a row; `control` is called `title` by assistive technology if it has no name yet."""
        row = SettingRow(title, hint, control, self)
        self.body.addWidget(row)
        return row


def set_by_it() -> str:
    """Say in three words who has set something."""
    return QCoreApplication.translate("SettingRow", "Set by IT")


def why_set_by_it() -> str:
    """Say why something cannot be changed here, and what to do about it."""
    return QCoreApplication.translate(
        "SettingRow", "IT has set this for your computer. Ask IT if you need it to be different."
    )


class SettingRow(QWidget):
    """Words at the start and the choice at the end; the choice goes below where there is little room.

    What IT has set can be read, not changed: see `lock`.
    """

    def __init__(self, title: str, hint: str, control: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        if not control.accessibleName():
            control.setAccessibleName(title)
        if hint and not control.accessibleDescription():
            control.setAccessibleDescription(hint)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.S)
        words = QVBoxLayout()
        words.setSpacing(Space.HAIR)
        words.addStretch(1)
        words.addWidget(Text(title, self, wrap=True))
        self._hint = Text(hint, self, style=TextStyle.SMALL, ink="muted", wrap=True)
        self._hint.setVisible(bool(hint))
        words.addWidget(self._hint)
        words.addStretch(1)
        self._row.addLayout(words, 1)
        self._row.addWidget(control, 1)
        self._control = control
        self._usual_hint, self._usual_description = hint, control.accessibleDescription()

    def lock(self, *, locked: bool) -> None:
        """Show that IT has set this, or let the person choose."""
        self._control.setEnabled(not locked)
        self._hint.setText(set_by_it() if locked else self._usual_hint)
        self._hint.setVisible(bool(self._hint.text()))
        description = f"{set_by_it()}. {why_set_by_it()}" if locked else self._usual_description
        self._control.setAccessibleDescription(description)
        self.setToolTip(plain_tip(why_set_by_it()) if locked else "")

    def minimumSizeHint(self) -> QSize:
        """Return the least size: one above the other."""
        return QSize(self._control.minimumSizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose between beside and below."""
        room = 2 * self._control.minimumSizeHint().width() + Space.CARD
        narrow = self.width() < max(room, _BESIDE)
        wanted = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != wanted:
            self._row.setDirection(wanted)
        super().resizeEvent(event)


class CheckRow(QWidget):
    """A box to tick, and below it who has set it where that was IT."""

    def __init__(self, check: Check, parent: QWidget) -> None:
        super().__init__(parent)
        self._check = check
        self._note = Text(set_by_it(), self, style=TextStyle.SMALL, ink="muted", wrap=True)
        self._note.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HAIR)
        column.addWidget(check)
        column.addWidget(self._note)

    def lock(self, *, locked: bool) -> None:
        """Show that IT has set this, or let the person choose."""
        self._check.setEnabled(not locked)
        self._check.box.setAccessibleDescription(f"{set_by_it()}. {why_set_by_it()}" if locked else "")
        self._note.setVisible(locked)
        self.setToolTip(plain_tip(why_set_by_it()) if locked else "")
