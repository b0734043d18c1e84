"""The settings page: made when it is first shown, told what changes, and what it asks for passed on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from tracker import __version__
from tracker.host.overlay import locked_settings
from tracker.model.errors import TrackerError
from tracker.ui.page_stack import PageEntry

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tracker.app.chat_signing import ChatSigning
    from tracker.app.parts import Parts
    from tracker.app.proxy_asking import ProxyAsking
    from tracker.host.settings import DeskChoice
    from tracker.model.health import Health
    from tracker.model.ticket import TicketId
    from tracker.ui.settings.page import SettingsPage

SETTINGS = "settings"
_CHAT = "Chat: "
"""How what is noted of the chat server begins (`sync.chats`)."""


class SettingsDoor(QObject):
    """`changed` carries the new Settings; `sign_out_asked`: the person has confirmed it; `remark` a sentence
    that the person should read; `check_asked`: is everything all right?"""

    changed = Signal(object)
    sign_out_asked = Signal()
    remark = Signal(str)
    check_asked = Signal()

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._page: SettingsPage | None = None
        self._chat: ChatSigning | None = None
        self._trouble = ""
        self._asking: ProxyAsking | None = None
        self._proxy = ""

    def entry(self) -> PageEntry:
        """Say what the rail offers."""
        return PageEntry(SETTINGS, "settings", QCoreApplication.translate("Pages", "Settings"), self._make)

    def show(self) -> None:
        """Show the settings as they are now."""
        if self._page is not None:
            self._page.show_settings(self._parts.settings)
        self._show_chat()

    def show_locked(self) -> None:
        """Show what IT has set."""
        if self._page is not None:
            self._page.show_locked(locked_settings(self._parts.policy))
            self._suggest_chat(self._page)
            self._show_chat()

    def show_health(self, health: Health) -> None:
        """Show how it stands with the chat server now."""
        said = (note.removeprefix(_CHAT) for note in health.notes if note.startswith(_CHAT))
        self._trouble = next(said, "")
        self._proxy = health.proxy
        self._show_chat()
        self._show_proxy()

    def _show_chat(self) -> None:
        from tracker.host.policy.keys import CHANNEL_CHAT

        settings = self._parts.settings
        # Where IT offers no chat nobody is asked to sign in for one; who has may still sign out.
        useful = settings.chat is not None or self._parts.policy.value(CHANNEL_CHAT)
        if self._chat is not None:
            there = settings.desk is not None and useful
            self._chat.show(settings.chat, signed_in=there, trouble=self._trouble)

    def _suggest_chat(self, page: SettingsPage) -> None:
        from tracker.host.policy.keys import CHAT_URL

        policy = self._parts.policy
        page.chat.suggest(policy.value(CHAT_URL), fixed=policy.locks(CHAT_URL))

    def _show_proxy(self) -> None:
        if self._asking is not None:
            self._asking.show(self._proxy)

    def follow_chat(self, kept: DeskChoice | None) -> None:
        """Take over what a command beside this window has done: signed in at a chat server, or out."""
        if kept != self._parts.settings.chat:
            self._take_chat(kept)

    def ask_where_kept(self) -> None:
        """Let the page say whether the settings hold at the desk, too, or on this computer alone."""
        page = self._page
        if page is not None:
            self._parts.actions.keeps_preferences(
                lambda answer: page.say_where_kept(
                    at_desk=None if isinstance(answer, TrackerError) else answer
                )
            )

    def keep_muted(self, muted: frozenset[TicketId]) -> None:
        """Keep which requests are muted."""
        self.changed.emit(replace(self._parts.settings, muted=muted))

    def _make(self) -> QWidget:
        from tracker.app.chat_signing import ChatSigning
        from tracker.app.proxy_asking import ProxyAsking
        from tracker.ui.page_context import open_outside
        from tracker.ui.settings.page import About, SettingsPage
        from tracker.ui.settings.reader import Reader

        parts = self._parts
        reader = Reader(parts.theme, parts.wording, parts.clock)
        about = About(__version__, locked=locked_settings(parts.policy))
        page = SettingsPage(reader, parts.settings, about)
        page.settings_changed.connect(self.changed)
        page.sign_out_asked.connect(self.sign_out_asked)
        page.check_asked.connect(self.check_asked)
        self._asking = ProxyAsking(page.network, parts.actions)
        self._page = page
        self._suggest_chat(page)
        self._show_proxy()
        self._chat = ChatSigning(
            page.chat, parts.actions.chat_server, parts.view.talks, open_url=open_outside
        )
        self._chat.changed.connect(self._take_chat)
        self._chat.remark.connect(self.remark)
        self._show_chat()
        self.ask_where_kept()
        return page

    def _take_chat(self, chat: DeskChoice | None) -> None:
        # Kept by whoever signed in or out there; here it is only shown.
        self._parts.settings = replace(self._parts.settings, chat=chat)
        self._show_chat()
