"""Opens the links and files that a Mac hands to the program as events, not as the words of a start.

https://doc.qt.io/qt-6/qfileopenevent.html: one event for each file, those of one drop in a row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QFileOpenEvent

from tracker.app.opening import MOST_FILES, opening_of
from tracker.host.errors import FileRefused

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication


class OpenEvents(QObject):
    """Listens to the application: `asked` with an `Opening`, or `refused` with the sentence why not."""

    asked = Signal(object)
    refused = Signal(str)

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self._words: list[str] = []
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._open)
        application.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the events that open something; all others go their way."""
        if not isinstance(event, QFileOpenEvent):
            return False
        # One more than may be is enough to refuse them all.
        if len(self._words) <= MOST_FILES:
            self._words.append(event.url().toString(QUrl.ComponentFormattingOption.FullyEncoded))
        self._soon.start(0)
        return True

    def _open(self) -> None:
        words, self._words = self._words, []
        try:
            opening = opening_of(words)
        except FileRefused as refusal:
            self.refused.emit(str(refusal))
        else:
            self.asked.emit(opening)
