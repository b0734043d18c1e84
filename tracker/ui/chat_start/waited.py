"""The catch of a chat nobody comes to: after three minutes it is said, and something else is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.model.chat import ChatState
from tracker.ui.chat_start.verdict import CATCH
from tracker.ui.theme.tokens import Space, Tone
from tracker.ui.widgets.banner import Banner

if TYPE_CHECKING:
    from tracker.model.chat import Chat
    from tracker.ui.page_context import PageContext


class WaitWatch(QObject):
    """`caught` carries each Chat once that has waited too long; `now` is the one that does so, or None."""

    caught = Signal(object)
    changed = Signal()

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._told: set[str] = set()
        self.now: Chat | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.refresh)

    def refresh(self) -> None:
        """Look at the chats again: one has changed, or it is time."""
        chats = self._context.view.talks.chats()
        queued = next((chat for chat in chats if chat.state is ChatState.QUEUED), None)
        self._timer.stop()
        left = CATCH - (self._context.clock() - queued.started_at) if queued is not None else None
        if left is not None and left.total_seconds() > 0:
            self._timer.start(round(left.total_seconds() * 1000) + 100)
        before, self.now = self.now, queued if left is not None and left.total_seconds() <= 0 else None
        if self.now != before:
            self.changed.emit()
        if self.now is not None and self.now.session not in self._told:
            self._told.add(self.now.session)
            self.caught.emit(self.now)


class WithCatch(QWidget):
    """The chat page, and above it that nobody comes; `call_asked` carries the request of that chat."""

    call_asked = Signal(str)

    def __init__(self, context: PageContext, watch: WaitWatch, page: QWidget) -> None:
        super().__init__()
        self._context, self._watch = context, watch
        self.setAccessibleName(page.accessibleName())
        page.setParent(self)
        self._room = QWidget(self)
        self._banner = Banner(context.theme, self._room)
        above = QVBoxLayout(self._room)
        above.setContentsMargins(Space.PAGE, Space.M, Space.PAGE, 0)
        above.addWidget(self._banner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._room)
        column.addWidget(page, 1)
        self._room.raise_()
        page.raise_()  # read after it
        self._banner.action_pressed.connect(self._ask_for_call)
        self._banner.dismissed.connect(self._room.hide)
        watch.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        chat = self._watch.now
        self._room.setVisible(chat is not None)
        if chat is None:
            return
        span = self._context.wording.span(self._context.clock() - chat.started_at)
        words = self.tr(
            "Nobody has come yet, and you have waited {span}. IT can call you instead. "
            "If you leave the queue, it stays a request."
        )
        self._banner.show_message(words.format(span=span), Tone.WARN, action=self.tr("Ask to be called"))

    def _ask_for_call(self) -> None:
        if self._watch.now is not None:
            self.call_asked.emit(self._watch.now.ticket)
