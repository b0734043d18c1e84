"""Asking whether somebody would answer in a chat: once at a time, and not for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from tracker.model.chat import ChatOffer

if TYPE_CHECKING:
    from tracker.model.errors import TrackerError
    from tracker.ui.ports import Cancel, ChatActions

PATIENCE_MS = 3_000
"""Who presses a button should know more within this time."""


class OfferQuestion(QObject):
    """`answered` carries the ChatOffer; `failed` a sentence, "" where no answer came in time.

    It outlives whoever waits: what comes after `cancel` is not told.
    """

    answered = Signal(object)
    failed = Signal(str)

    def __init__(self, actions: ChatActions, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        self._cancel: Cancel | None = None
        self._number = 0
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._give_up)

    @property
    def is_asking(self) -> bool:
        """Whether an answer is waited for."""
        return self._patience.isActive()

    def ask(self) -> None:
        """Ask; while an answer is waited for, nothing happens."""
        if self.is_asking:
            return
        self._number += 1
        asked = self._number

        def told(answer: ChatOffer | TrackerError) -> None:
            if asked == self._number and self.is_asking:
                self._end()
                if isinstance(answer, ChatOffer):
                    self.answered.emit(answer)
                else:
                    self.failed.emit(str(answer))

        self._patience.start()
        cancel = self._actions.offer(told)
        self._cancel = cancel if self.is_asking else None

    def cancel(self) -> None:
        """Ask no longer."""
        if self.is_asking:
            self._end()

    def _give_up(self) -> None:
        self._end()
        self.failed.emit("")

    def _end(self) -> None:
        self._patience.stop()
        cancel, self._cancel = self._cancel, None
        if cancel is not None:
            cancel()
