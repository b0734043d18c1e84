"""The chat in the window: offered where one can chat, opened from everywhere, told what changes in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from tracker.model.chat import ChatWay
from tracker.ui.page_stack import PageEntry

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tracker.model.change import Change
    from tracker.model.chat import Chat, Typing
    from tracker.model.health import Health
    from tracker.model.ticket import TicketId
    from tracker.ui.bridge import Bridge
    from tracker.ui.chat.page import ChatPage
    from tracker.ui.chat_start.waited import WaitWatch
    from tracker.ui.main_window import MainWindow
    from tracker.ui.page_context import PageContext

CHAT = "chat"


class ChatDoor(QObject):
    """Makes the chat's page when it is first shown, and knows whether it is looked at.

    `ticket_asked` carries a request whose page is wanted, `call_asked` one on which a call is to be asked
    for, `start_asked` what a new chat is to be about. `looked`: another conversation is on the screen.
    `noticed` carries notices made here: nobody has come to a chat.
    """

    ticket_asked = Signal(str)
    call_asked = Signal(str)
    start_asked = Signal(str)
    looked = Signal()
    noticed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._page: ChatPage | None = None
        self._window: MainWindow | None = None
        self._seen: TicketId | None = None
        self._watch: WaitWatch | None = None

    def entry(self) -> PageEntry:
        """Say what the rail offers where one can chat."""
        title = QCoreApplication.translate("Pages", "Chat")
        return PageEntry(CHAT, "messages-square", title, self._make, offered=self.is_offered)

    def join(self, window: MainWindow) -> None:
        """Show the chat in this window."""
        self._window = window

    @property
    def is_offered(self) -> bool:
        """Whether one can chat on this profile, or read what was said."""
        return self._context.view.talks.way() is not ChatWay.NONE

    def offer(self) -> None:
        """Put the chat into the rail, or take it out, as one can chat now."""
        if self._window is not None:
            self._window.offer_page(CHAT, offered=self.is_offered)

    def open(self, ticket: str) -> None:
        """Show the conversation on a request, the keyboard in its field."""
        if self._window is None or not self.is_offered:
            return
        self._window.show_page(CHAT)
        if self._page is not None:
            self._page.open_chat(ticket)
            self._note_seen()

    def go_on_or_start(self, words: str = "") -> None:
        """Show the chat that goes on; without one, ask for what is needed to start one, about `words`."""
        chats = self._context.view.talks.chats()
        going = next((chat.ticket for chat in chats if chat.is_active), None)
        if going is not None:
            self.open(going)
        else:
            self.start_asked.emit(words)

    def shown_ticket(self) -> TicketId | None:
        """Name the request whose conversation is on the screen of a window in which somebody works."""
        window, page = self._window, self._page
        if window is None or page is None or not window.isActiveWindow():
            return None
        seen = window.pages.page == CHAT and window.pages.detail is None
        return page.ticket if seen else None

    def open_search(self) -> bool:
        """Search in the conversation on the screen; False where none is."""
        if self.shown_ticket() is None or self._page is None:
            return False
        self._page.open_search()
        return True

    def refresh(self, change: Change) -> None:
        """Tell the page what was written."""
        if change.chats or change.everything:
            self.offer()
            self._watch_waiting()
        if self._page is not None:
            self._page.refresh(change)
            self._note_seen()

    def follow(self, bridge: Bridge) -> None:
        """Tell the pages of what passes and is not stored."""
        bridge.typed.connect(self.show_typing)
        bridge.uploaded.connect(self._context.uploads.take)

    def show_typing(self, told: tuple[Typing, ...]) -> None:
        """Tell the page who is writing."""
        if self._page is not None:
            self._page.show_typing(told)

    def show_health(self, health: Health) -> None:
        """Tell the page how the connection is."""
        self.offer()
        self._watch_waiting()
        if self._page is not None:
            self._page.show_health(health)

    def refused(self, sentence: str) -> None:
        """Tell the page that what was sent could not be kept."""
        if self._page is not None:
            self._page.refused(sentence)

    def _make(self) -> QWidget:
        from tracker.ui.chat.page import ChatPage
        from tracker.ui.chat_start.waited import WithCatch

        page = ChatPage(self._context)
        page.ticket_asked.connect(self.ticket_asked)
        page.call_asked.connect(self.call_asked)
        page.start_asked.connect(lambda: self.start_asked.emit(""))
        self._page = page
        with_catch = WithCatch(self._context, self._made_watch(), page)
        with_catch.call_asked.connect(self.call_asked)
        return with_catch

    def _watch_waiting(self) -> None:
        if self._watch is not None or any(chat.is_active for chat in self._context.view.talks.chats()):
            self._made_watch().refresh()

    def _made_watch(self) -> WaitWatch:
        if self._watch is None:
            from tracker.ui.chat_start.waited import WaitWatch

            self._watch = WaitWatch(self._context, self)
            self._watch.caught.connect(self._tell_caught)
        return self._watch

    def _tell_caught(self, chat: Chat) -> None:
        """Give a notice, unless the chat is looked at: there it is said above it."""
        from tracker.app.long_wait import long_wait_notice

        now = self._context.clock()
        track = self._context.view.track(chat.ticket, now)
        if track is not None and self.shown_ticket() != chat.ticket:
            self.noticed.emit((long_wait_notice(chat, track.ticket.subject, now),))

    def _note_seen(self) -> None:
        seen = self._page.ticket if self._page is not None else None
        if seen != self._seen:
            self._seen = seen
            self.looked.emit()
