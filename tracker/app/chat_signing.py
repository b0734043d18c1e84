"""The chat server in the settings at work: asks, waits, opens the browser, says what was wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QObject, QUrl, Signal

from tracker.app.chat_server_actions import MATRIX
from tracker.host.settings import DeskChoice
from tracker.model.chat import ChatWay
from tracker.model.errors import TrackerError
from tracker.ui.settings.chat_server import SignInWays

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.desks.matrix.login import Provider, Ways
    from tracker.ui.ports import Cancel, Conversations, Then
    from tracker.ui.settings.chat_server import ChatServerSection


class ChatServer(Protocol):
    """What can be asked for of a chat server; answers come back on the UI thread."""

    def ways(self, server: str, then: Then[Ways]) -> Cancel:
        """Ask a server in which ways one can sign in."""
        ...

    def sign_in(self, choice: DeskChoice, password: str, then: Then[str]) -> Cancel:
        """Sign in with a password; the answer is a remark, or nothing."""
        ...

    def sign_in_with_browser(
        self, ways: Ways, provider: Provider | None, *, opened: Callable[[str], None], then: Then[DeskChoice]
    ) -> Cancel:
        """Sign in through the browser: `opened` is told the page for it, the answer says who one is."""
        ...

    def sign_out(self, then: Then[str]) -> Cancel:
        """Sign out; the answer is a remark, or nothing."""
        ...


class ChatSigning(QObject):
    """`changed` carries the DeskChoice of the chat server signed in to, or None; `remark` a sentence."""

    changed = Signal(object)
    remark = Signal(str)

    def __init__(
        self,
        section: ChatServerSection,
        actions: ChatServer,
        talks: Conversations,
        *,
        open_url: Callable[[QUrl], None],
    ) -> None:
        super().__init__(section)
        self._section, self._actions, self._talks, self._open_url = section, actions, talks, open_url
        self._ways: Ways | None = None
        self._page = ""
        self._waiting: Cancel | None = None
        self._shown: tuple[DeskChoice | None, bool, str] | None = None
        section.ways_asked.connect(self._ask_ways)
        section.password_given.connect(self._prove)
        section.browser_asked.connect(self._browse)
        section.page_asked.connect(self._open_page)
        section.cancelled.connect(self._cancel)
        section.sign_out_asked.connect(self._sign_out)

    def show(self, chat: DeskChoice | None, *, signed_in: bool, trouble: str = "") -> None:
        """Show how it stands; what somebody is in the middle of stays.

        `signed_in`: at the desk. `trouble`: why the chat server cannot be used now.
        """
        self._section.setVisible(signed_in)
        own = chat is None and self._talks.way() is ChatWay.LIVE
        if self._waiting is not None or (chat, own, trouble) == self._shown:
            return
        was, self._shown = self._shown, (chat, own, trouble)
        if chat is not None:
            self._section.show_signed_in(chat.user, chat.url, trouble)
        elif was is not None and was[:2] == (chat, own):
            return  # somebody may be filling it in
        elif own:
            self._section.show_own_chat()
        else:
            self._section.show_none()

    def _ask_ways(self, server: str) -> None:
        def told(answer: Ways | TrackerError) -> None:
            self._waiting = None
            if isinstance(answer, TrackerError):
                self._section.show_error(str(answer))
                return
            self._ways = answer
            asks = not answer.providers
            browsers = (("", ""),) if asks else tuple((one.id, one.name) for one in answer.providers)
            self._section.show_ways(
                answer.url, SignInWays(answer.password, browsers if answer.browser else ())
            )

        self._wait_for(self._actions.ways(server, told))

    def _prove(self, user: str, password: str) -> None:
        if self._ways is None:
            return
        choice = DeskChoice(MATRIX, self._ways.url, user)

        def told(answer: str | TrackerError) -> None:
            self._waiting = None
            if isinstance(answer, TrackerError):
                self._section.show_error(str(answer))
                return
            self._signed_in(choice)
            if answer:
                self.remark.emit(answer)

        self._wait_for(self._actions.sign_in(choice, password, told))

    def _browse(self, provider: str) -> None:
        if self._ways is None:
            return
        chosen = next((one for one in self._ways.providers if one.id == provider), None)

        def opened(page: str) -> None:
            if self._waiting is not None:
                self._page = page
                self._section.show_browser()
                self._open_page()

        def told(answer: DeskChoice | TrackerError) -> None:
            self._waiting, self._page = None, ""
            if isinstance(answer, TrackerError):
                self._section.show_error(str(answer))
            else:
                self._signed_in(answer)

        self._section.show_busy(QCoreApplication.translate("ChatSigning", "Getting ready for the browser…"))
        self._wait_for(self._actions.sign_in_with_browser(self._ways, chosen, opened=opened, then=told))

    def _open_page(self) -> None:
        if self._page:
            self._open_url(QUrl(self._page))

    def _sign_out(self) -> None:
        def told(answer: str | TrackerError) -> None:
            self._waiting, self._shown = None, None
            if not isinstance(answer, TrackerError):
                self.changed.emit(None)
            if answer:
                self.remark.emit(str(answer))

        self._section.show_busy(QCoreApplication.translate("ChatSigning", "Signing out…"), can_cancel=False)
        self._wait_for(self._actions.sign_out(told))

    def _signed_in(self, choice: DeskChoice) -> None:
        self._shown = None
        self.changed.emit(choice)

    def _wait_for(self, cancel: Cancel) -> None:
        self._waiting = cancel

    def _cancel(self) -> None:
        waiting, self._waiting, self._page = self._waiting, None, ""
        if waiting is not None:
            waiting()
