"""The pages of the window: how each is made, and what leads from one to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from tracker.app.chat_door import ChatDoor
from tracker.app.phone import no_requests, phone_line
from tracker.app.settings_door import SettingsDoor
from tracker.core.reading import refused_acts
from tracker.model.change import Change
from tracker.model.focus import Focus
from tracker.model.health import Condition, Health
from tracker.model.ticket import Act, TicketId
from tracker.ui.muting import Muting
from tracker.ui.page_context import PageContext
from tracker.ui.page_stack import PageEntry
from tracker.ui.tickets.list_page import MyRequestsPage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from tracker.app.parts import Parts
    from tracker.model.draft import Draft
    from tracker.ui.main_window import MainWindow
    from tracker.ui.notices.page import NoticesPage
    from tracker.ui.request.new_request_page import NewRequestPage
    from tracker.ui.tickets.ticket_page import TicketPage
    from tracker.ui.tray_panel.panel import TrayPanel

REQUESTS, NEW, UPDATES = "requests", "new", "updates"


class Pages(QObject):
    """Makes each page when it is first shown and tells those that are there what changed.

    `remark` carries a sentence that the person should read.
    """

    remark = Signal(str)

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._health = Health()
        self._list: MyRequestsPage | None = None
        self._new: NewRequestPage | None = None
        self._updates: NoticesPage | None = None
        self._window: MainWindow | None = None
        self.settings = SettingsDoor(parts, self)
        self.muting = Muting(lambda: parts.settings.muted, self.settings.keep_muted, self)
        self.context = PageContext(
            view=parts.view,
            actions=parts.actions,
            theme=parts.theme,
            wording=parts.wording,
            clock=parts.clock,
            received=parts.paths.received,
            muting=self.muting,
            phone=lambda: phone_line(parts.policy),
        )
        self.chat = ChatDoor(self.context, self)
        self.chat.ticket_asked.connect(self.open_ticket)
        self.chat.start_asked.connect(self.new_request)
        self.chat.call_asked.connect(lambda ticket: self.open_ticket(ticket, Act.ASK_FOR_CALL))

    def entries(self) -> tuple[PageEntry, ...]:
        """Say what the rail offers; what does not work yet is not on it."""
        say = QCoreApplication.translate
        return (
            PageEntry(REQUESTS, "inbox", say("Pages", "My requests"), self._make_list),
            PageEntry(
                NEW, "circle-plus", say("Pages", "New request"), self._make_new, offered=self._takes_requests
            ),
            self.chat.entry(),
            PageEntry(UPDATES, "bell", say("Pages", "Updates"), self._make_updates),
            self.settings.entry(),
        )

    def join(self, window: MainWindow) -> None:
        """Show pages in this window."""
        self._window = window
        self.chat.join(window)

    def open_ticket(self, ticket: str, act: Act | None = None) -> None:
        """Show a request's page, at the place where `act` is done; a chat has a page of its own."""
        if self._window is None or not ticket:
            return
        if act is Act.CHAT and self.chat.is_offered:
            self.chat.open(ticket)
            return
        page = self._ticket_page()
        if page is None or not page.shows(TicketId(ticket)):
            page = self._make_ticket(TicketId(ticket))
            self._window.open(page)
        if act is not None:
            page.open_at(act)

    def new_request(self, words: str = "", files: Sequence[Path] = ()) -> None:
        """Show the New request page, with these words in its first field, and these files attached."""
        if not self._takes_requests:
            self.remark.emit(no_requests(self._parts.policy))
            return
        if self._window is not None:
            self._window.show_page(NEW)
        if self._new is not None:
            if words:
                self._new.start_with(words)
            if files:
                self._new.attach(files)
            self._new.focus_start()

    def refused(self, sentence: str) -> None:
        """Tell the form and the reply that what was sent could not be kept: it stays as it was typed."""
        for page in (self._new, self._ticket_page(), self.chat):
            if page is not None:
                page.refused(sentence)

    def make_panel(self, name: str) -> TrayPanel:
        """Make the panel that opens at the tray icon."""
        from tracker.ui.tray_panel.panel import TrayPanel

        return TrayPanel(self.context, name)

    def focus_search(self) -> None:
        """Search in the conversation on the screen, else show the list, the keyboard in its search field."""
        if self.chat.open_search():
            return
        if self._window is not None:
            self._window.show_page(REQUESTS)
        if self._list is not None:
            self._list.focus_search()

    def focus(self, *, visible: bool) -> Focus:
        """Say what is looked at in a window that is `visible`, or not."""
        chat = self.chat.shown_ticket()
        if not visible:
            return Focus()
        if chat is not None:
            return Focus(True, chat, chat=True)
        page = self._ticket_page()
        return Focus(True, None if page is None else page.ticket)

    def refresh(self, change: Change) -> None:
        """Tell every page that is there what was written."""
        for page in (self._list, self._new, self._updates, self._ticket_page(), self.chat):
            if page is not None:
                page.refresh(change)

    def show_health(self, health: Health) -> None:
        """Tell the pages how the connection is."""
        came_back = health.condition is Condition.OK is not self._health.condition
        self._health = health
        if came_back:
            self.settings.ask_where_kept()
        self.settings.show_health(health)
        for page in (self._list, self._ticket_page(), self.chat):
            if page is not None:
                page.show_health(health)

    def show_settings(self) -> None:
        """Show the settings as they are now."""
        self.muting.changed.emit()
        self.settings.show()

    def show_policy(self) -> None:
        """Show what IT has set, and leave out what it does not offer."""
        if self._window is not None:
            self._window.offer_page(NEW, offered=self._takes_requests)
        self.settings.show_locked()
        self.show_settings()
        self.refresh(Change(everything=True))

    @property
    def _takes_requests(self) -> bool:
        return Act.RAISE_AGAIN not in refused_acts(self._parts.policy)

    def _ticket_page(self) -> TicketPage | None:
        detail = self._window.pages.detail if self._window is not None else None
        if detail is None:  # not even loaded before one is opened
            return None
        from tracker.ui.tickets.ticket_page import TicketPage

        return detail if isinstance(detail, TicketPage) else None

    def _make_list(self) -> QWidget:
        page = MyRequestsPage(self.context)
        page.opened.connect(self.open_ticket)
        page.not_fixed_asked.connect(lambda ticket: self.open_ticket(ticket, Act.NOT_FIXED))
        page.new_request_asked.connect(lambda: self.new_request())
        page.show_health(self._health)
        self._list = page
        return page

    def _make_new(self) -> QWidget:
        from tracker.ui.request.new_request_page import NewRequestPage

        page = NewRequestPage(self.context)
        page.sent.connect(self._sent)
        page.sent_for.connect(lambda ticket, act: self._sent(ticket, Act(act)))
        page.left.connect(self._leave_form)
        self._new = page
        return page

    def _make_updates(self) -> QWidget:
        from tracker.ui.notices.page import NoticesPage

        page = NoticesPage(self.context)
        page.opened.connect(self.open_ticket)
        self._updates = page
        return page

    def _make_ticket(self, ticket: TicketId) -> TicketPage:
        from tracker.ui.tickets.ticket_page import TicketPage

        page = TicketPage(self.context, ticket, self._health)
        page.opened.connect(self.open_ticket)
        page.raise_again_asked.connect(self._raise_again)
        page.chat_asked.connect(self.chat.open)
        page.edit_request_asked.connect(lambda: self.new_request())
        return page

    def _raise_again(self, draft: Draft) -> None:
        self.new_request()
        if self._new is not None:
            self._new.go_on_from(draft)

    def _leave_form(self) -> None:
        if self._window is not None:
            self._window.show_page(REQUESTS)

    def _sent(self, ticket: str, act: Act | None = None) -> None:
        if self._window is not None:
            self._window.show_page(REQUESTS)
        self.open_ticket(ticket, act)
