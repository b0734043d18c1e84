"""The chat page: one conversation, who is in it, and the field to write in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from tracker.model.errors import TrackerError
from tracker.model.health import Condition, Health
from tracker.ui.chat.conversation import Conversation
from tracker.ui.chat.listing import conversations, first_choice
from tracker.ui.minute_hand import MinuteHand
from tracker.ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from tracker.model.change import Change
    from tracker.model.chat import Typing
    from tracker.model.ticket import TicketId
    from tracker.ui.page_context import PageContext


class ChatPage(QWidget):
    """Shows the conversation that was opened last, or the one going on; nothing yet is said so."""

    ticket_asked = Signal(str)
    """A request whose page is wanted."""
    call_asked = Signal(str)
    """A request on which a call is wanted instead."""
    start_asked = Signal()
    """A first chat is wanted."""

    def __init__(
        self, context: PageContext, health: Health | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._health = context, health or Health()
        self.setAccessibleName(self.tr("Chat"))
        self._empty = EmptyState(context.theme, self, icon="messages-square")
        self._empty.show_message(
            self.tr("No conversations yet"),
            self.tr(
                "Write with the service desk and do something else meanwhile:"
                " answers reach you as notifications."
            ),
            action=self.tr("Start a chat"),
        )
        self._empty.action_pressed.connect(self.start_asked)
        self._talk = Conversation(context, self)
        self._talk.ticket_asked.connect(self.ticket_asked)
        self._talk.call_asked.connect(self.call_asked)
        self._talk.chosen.connect(self.open_chat)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._talk)
        MinuteHand(self, context.clock).moved.connect(self._minute)
        self._read()

    @property
    def ticket(self) -> TicketId | None:
        """The request whose conversation is shown."""
        return self._talk.ticket

    def open_search(self) -> None:
        """Search in the conversation, where one is shown; Ctrl+F is the window's own key."""
        if self.ticket is not None:
            self._talk.open_search()

    def open_chat(self, ticket: str) -> None:
        """Show the conversation on a request, also one only being started, with the keyboard in the field."""
        from tracker.model.ticket import TicketId

        self._talk.show_ticket(TicketId(ticket), online=self._is_online)
        self._stack.setCurrentWidget(self._talk)
        self._offer_others()
        self._talk.focus_text()

    def focus_text(self) -> None:
        """Put the keyboard into the field."""
        self._talk.focus_text()

    def refresh(self, change: Change) -> None:
        """Read again what a commit touched."""
        self._talk.hear(change)
        if change.everything or change.outbox or change.tickets or change.chats:
            self._read()

    def show_health(self, health: Health) -> None:
        """Word what waits to be sent by how the connection is."""
        before, self._health = self._is_online, health
        if before != self._is_online:
            self._read()

    def show_typing(self, told: tuple[Typing, ...]) -> None:
        """Take who of the desk's side is writing."""
        self._talk.show_typing(told)

    def refused(self, sentence: str) -> None:
        """Give back what could not be put into the outbox and say why."""
        self._talk.give_back(sentence)

    def event(self, event: QEvent) -> bool:
        """Note when somebody looks."""
        handled = super().event(event)
        if event.type() == QEvent.Type.WindowActivate:
            self._talk.look()
        return handled

    def showEvent(self, event: QShowEvent) -> None:
        """Read what came while it was hidden."""
        super().showEvent(event)
        self._read()
        self._talk.look()

    @property
    def _is_online(self) -> bool:
        return self._health.condition <= Condition.SYNCING

    def _read(self) -> None:
        try:
            self._show()
        except TrackerError:
            return  # the list says what is wrong with the file; what is shown here stays

    def _show(self) -> None:
        if self._talk.ticket is None:
            first = first_choice(self._context)
            if first is None:
                self._stack.setCurrentWidget(self._empty)
                return
            self._talk.show_ticket(first, online=self._is_online)
            self._stack.setCurrentWidget(self._talk)
        else:
            self._talk.refresh(online=self._is_online)
        self._offer_others()

    def _offer_others(self) -> None:
        self._talk.offer(conversations(self._context))

    def _minute(self) -> None:
        self._read()
