"""The pages of the window: how each is made, and what leads from one to another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from tracker import __version__
from tracker.model.errors import TrackerError
from tracker.model.health import Condition, Health
from tracker.model.ticket import Act, TicketId
from tracker.ui.muting import Muting
from tracker.ui.page_context import PageContext
from tracker.ui.page_stack import PageEntry
from tracker.ui.tickets.list_page import MyRequestsPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tracker.app.parts import Parts
    from tracker.model.change import Change
    from tracker.model.draft import Draft
    from tracker.ui.main_window import MainWindow
    from tracker.ui.notices.page import NoticesPage
    from tracker.ui.request.new_request_page import NewRequestPage
    from tracker.ui.settings.page import SettingsPage
    from tracker.ui.tickets.ticket_page import TicketPage
    from tracker.ui.tray_panel.panel import TrayPanel

REQUESTS, NEW, UPDATES, SETTINGS = "requests", "new", "updates", "settings"


class Pages(QObject):
    """Makes each page when it is first shown and tells those that are there what changed.

    `settings_changed` carries the new Settings; `sign_out_asked`: the person has confirmed it.
    """

    settings_changed = Signal(object)
    sign_out_asked = Signal()

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._health = Health()
        self._list: MyRequestsPage | None = None
        self._new: NewRequestPage | None = None
        self._updates: NoticesPage | None = None
        self._settings: SettingsPage | None = None
        self._window: MainWindow | None = None
        self.muting = Muting(lambda: parts.settings.muted, self._keep_muted, self)
        self.context = PageContext(
            view=parts.view,
            actions=parts.actions,
            theme=parts.theme,
            wording=parts.wording,
            clock=parts.clock,
            received=parts.paths.received,
            muting=self.muting,
        )

    def entries(self) -> tuple[PageEntry, ...]:
        """Say what the rail offers; what does not work yet is not on it."""
        say = QCoreApplication.translate
        return (
            PageEntry(REQUESTS, "inbox", say("Pages", "My requests"), self._make_list),
            PageEntry(NEW, "circle-plus", say("Pages", "New request"), self._make_new),
            PageEntry(UPDATES, "bell", say("Pages", "Updates"), self._make_updates),
            PageEntry(SETTINGS, "settings", say("Pages", "Settings"), self._make_settings),
        )

    def join(self, window: MainWindow) -> None:
        """Show pages in this window."""
        self._window = window

    def open_ticket(self, ticket: str, act: Act | None = None) -> None:
        """Show a request's page, at the place where `act` is done."""
        if self._window is None or not ticket:
            return
        page = self._ticket_page()
        if page is None or not page.shows(TicketId(ticket)):
            page = self._make_ticket(TicketId(ticket))
            self._window.open(page)
        if act is not None:
            page.open_at(act)

    def new_request(self, words: str = "") -> None:
        """Show the New request page, with `words` in its first field if there are any."""
        if self._window is not None:
            self._window.show_page(NEW)
        if self._new is not None:
            if words:
                self._new.start_with(words)
            self._new.focus_start()

    def refused(self, sentence: str) -> None:
        """Tell the form and the reply that what was sent could not be kept: it stays as it was typed."""
        for page in (self._new, self._ticket_page()):
            if page is not None:
                page.refused(sentence)

    def make_panel(self, name: str) -> TrayPanel:
        """Make the panel that opens at the tray icon."""
        from tracker.ui.tray_panel.panel import TrayPanel

        return TrayPanel(self.context, name)

    def focus_search(self) -> None:
        """Show the list, the keyboard in its search field."""
        if self._window is not None:
            self._window.show_page(REQUESTS)
        if self._list is not None:
            self._list.focus_search()

    def shown_ticket(self) -> TicketId | None:
        """Name the request whose page is on top."""
        page = self._ticket_page()
        return None if page is None else page.ticket

    def refresh(self, change: Change) -> None:
        """Tell every page that is there what was written."""
        for page in (self._list, self._new, self._updates, self._ticket_page()):
            if page is not None:
                page.refresh(change)

    def show_health(self, health: Health) -> None:
        """Tell the pages how the connection is."""
        came_back = health.condition is Condition.OK is not self._health.condition
        self._health = health
        if came_back:
            self._ask_where_kept()
        for page in (self._list, self._ticket_page()):
            if page is not None:
                page.show_health(health)

    def show_settings(self) -> None:
        """Show the settings as they are now."""
        self.muting.changed.emit()
        if self._settings is not None:
            self._settings.show_settings(self._parts.settings)

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
        page.left.connect(self._leave_form)
        self._new = page
        return page

    def _make_updates(self) -> QWidget:
        from tracker.ui.notices.page import NoticesPage

        page = NoticesPage(self.context)
        page.opened.connect(self.open_ticket)
        self._updates = page
        return page

    def _make_settings(self) -> QWidget:
        from tracker.ui.settings.page import About, SettingsPage
        from tracker.ui.settings.reader import Reader

        parts = self._parts
        reader = Reader(parts.theme, parts.wording, parts.clock)
        page = SettingsPage(reader, parts.settings, About(__version__))
        page.settings_changed.connect(self.settings_changed)
        page.sign_out_asked.connect(self.sign_out_asked)
        self._settings = page
        self._ask_where_kept()
        return page

    def _keep_muted(self, muted: frozenset[TicketId]) -> None:
        self.settings_changed.emit(replace(self._parts.settings, muted=muted))

    def _ask_where_kept(self) -> None:
        """Let the settings say whether they hold at the desk, too, or on this computer alone."""
        page = self._settings
        if page is not None:
            self._parts.actions.keeps_preferences(
                lambda answer: page.say_where_kept(
                    at_desk=None if isinstance(answer, TrackerError) else answer
                )
            )

    def _make_ticket(self, ticket: TicketId) -> TicketPage:
        from tracker.ui.tickets.ticket_page import TicketPage

        page = TicketPage(self.context, ticket, self._health)
        page.opened.connect(self.open_ticket)
        page.raise_again_asked.connect(self._raise_again)
        page.edit_request_asked.connect(lambda: self.new_request())
        return page

    def _raise_again(self, draft: Draft) -> None:
        self.new_request()
        if self._new is not None:
            self._new.go_on_from(draft)

    def _leave_form(self) -> None:
        if self._window is not None:
            self._window.show_page(REQUESTS)

    def _sent(self, ticket: str) -> None:
        if self._window is not None:
            self._window.show_page(REQUESTS)
        self.open_ticket(ticket)
