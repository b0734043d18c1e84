"""Lets the other side see that the person types: at most every four seconds, and when that has stopped."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.model.ticket import TicketId
    from tracker.ui.page_context import PageContext

_AGAIN_AFTER = timedelta(seconds=4)
_STOPPED_AFTER_MS = 6_000


class TypingTeller(QObject):
    """Of one field."""

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._ticket: TicketId | None = None
        self._said: datetime | None = None
        self._stopping = QTimer(self)
        self._stopping.setSingleShot(True)
        self._stopping.setInterval(_STOPPED_AFTER_MS)
        self._stopping.timeout.connect(self.stop)

    def typed(self, ticket: TicketId) -> None:
        """Tell it, unless it was told just now."""
        now = self._context.clock()
        if self._said is None or now - self._said >= _AGAIN_AFTER:
            self._said, self._ticket = now, ticket
            self._context.actions.chat.say_typing(ticket, typing=True)
        self._stopping.start()

    def stop(self) -> None:
        """Tell that nothing is being typed, if it was told otherwise."""
        self._stopping.stop()
        if self._said is not None and self._ticket is not None:
            self._said = None
            self._context.actions.chat.say_typing(self._ticket, typing=False)
