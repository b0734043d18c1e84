"""The place at the foot of the list for how promises were kept; what counts them is loaded after the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.ui.mirrored_margins import MirroredMargins
from tracker.ui.theme.tokens import Space

if TYPE_CHECKING:
    from tracker.model.change import Change
    from tracker.ui.page_context import PageContext
    from tracker.ui.tickets.promise_record import PromiseRecord

_LATER_MS = 1500


class PromiseFoot(QWidget):
    """Hidden while there is nothing to say, or no room for it."""

    def __init__(self, context: PageContext, start: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._record: PromiseRecord | None = None
        self._has_room = True
        self._column = QVBoxLayout(self)
        MirroredMargins(self, self._column, (start, 0, Space.PAGE, Space.S))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER_MS)
        self._later.timeout.connect(self.count)
        self.hide()

    def wake(self) -> None:
        """Count, a little later, what is not counted yet: the list is seen."""
        if not self._later.isActive():
            self._later.start()

    def count(self) -> None:
        """Count now what is not counted yet."""
        self._later.stop()
        if self._record is None:
            from tracker.ui.tickets.promise_record import PromiseRecord

            self._record = PromiseRecord(self._context, self)
            self._record.said.connect(self._show)
            self._column.addWidget(self._record)
        self._record.count()

    def refresh(self, change: Change) -> None:
        """Count again, when next woken, what a commit touched."""
        if self._record is not None:
            self._record.refresh(change)

    def pass_time(self) -> None:
        """Count again what the clock alone may have changed."""
        if self._record is not None and self._record.pass_time():
            self.wake()

    def give_room(self, *, has_room: bool) -> None:
        """Say whether there is room for the line."""
        self._has_room = has_room
        self._show()

    def _show(self) -> None:
        self.setVisible(self._has_room and self._record is not None and bool(self._record.text))
