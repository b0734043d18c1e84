"""The sign-in page at work: asks, waits, says what was wrong; and signing out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from tracker.host.settings import DeskChoice
from tracker.model.errors import ProxySignInRequired, TrackerError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.app.actions import ProgramActions
    from tracker.app.company_signing import CompanySigning
    from tracker.app.proxy_asking import ProxyAsking
    from tracker.host.policy.policy import Policy
    from tracker.host.settings import Settings
    from tracker.ui.accounts.form import DeskOption, SignInForm
    from tracker.ui.accounts.sign_in import SignInPage
    from tracker.ui.main_window import MainWindow
    from tracker.ui.theme.theme import Theme

_AGAIN = " We keep trying."


class Signing(QObject):
    """Shows the sign-in page when it is needed and takes it away when it has worked.

    `signed_in` carries the desk that was signed in to; `signed_out` comes when nothing of the person is left.
    `remark` carries a sentence that the person should read afterwards.
    """

    signed_in = Signal(object)
    signed_out = Signal()
    remark = Signal(str)

    def __init__(
        self, window: MainWindow, theme: Theme, actions: ProgramActions, policy: Callable[[], Policy]
    ) -> None:
        """`policy` gives what IT has set, now."""
        super().__init__(window)
        self._policy = policy
        self._window = window
        self._theme = theme
        self._actions = actions
        self._page: SignInPage | None = None
        self._company: CompanySigning | None = None
        self._asking: ProxyAsking | None = None
        self._is_waiting = False
        self._wants_in = False

    @property
    def is_shown(self) -> bool:
        """Whether the sign-in page is up."""
        return self._page is not None

    def ask(self, settings: Settings) -> None:
        """Show the sign-in page, desk and name of last time filled in; asked twice, there is one page."""
        if self._page is not None:
            return
        # Most starts do not need it, so they do not load it.
        from PySide6.QtWidgets import QVBoxLayout

        from tracker.app.company_signing import CompanySigning
        from tracker.ui.accounts.sign_in import SignInPage
        from tracker.ui.page_context import open_outside
        from tracker.ui.widgets.page import DetailPage

        detail = DetailPage(self._window)
        page = SignInPage(
            self._theme,
            _with_last(settings, self._policy()),
            detail,
            user=settings.desk.user if settings.desk else "",
        )
        row = QVBoxLayout(detail)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(page)
        page.sign_in_requested.connect(self._prove)
        self._company = CompanySigning(
            page,
            self._actions.company,
            open_url=open_outside,
            failed=self._say_why_not,
            sure=_is_sure(self._policy()),
        )
        self._company.signed_in.connect(self._signed_in_with_company)
        detail.destroyed.connect(self._gone)
        self._page = page
        first = page.focusWidget()
        self._window.open(detail)
        if first is not None:  # one can type at once
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._window.set_rail_visible(settings.desk is not None)

    def say(self, sentence: str) -> None:
        """Tell something while the page waits for an answer ("Waiting for the keyring…")."""
        if self._page is not None:
            self._page.show_busy(sentence)

    def leave(self) -> None:
        """Sign out; the confirmation has been given."""
        self._is_waiting = True
        self._actions.sign_out(self._left)

    def follow(self, known: DeskChoice | None, now: DeskChoice | None) -> None:
        """Take over what a command beside this window has done: signed somebody in, or out."""
        waiting = self._is_waiting or (self._company is not None and self._company.is_waiting)
        if waiting or known == now:
            return
        if now is None:
            self.signed_out.emit()
        else:
            self._finish(now)

    def _prove(self, form: SignInForm) -> None:
        choice = DeskChoice(form.desk, form.url, form.user)

        def proved(answer: str | TrackerError) -> None:
            self._is_waiting = False
            if self._page is None:
                return
            if isinstance(answer, TrackerError):
                self._wants_in = True
                self._say_why_not(answer)
                return
            self._finish(choice)
            if answer:
                self.remark.emit(answer)

        self._is_waiting = True
        self._actions.sign_in(choice, form.secret_kind, form.secret, proved)

    def _say_why_not(self, error: TrackerError) -> None:
        """Say why it did not work: before anybody is signed in, nothing is tried again by itself."""
        if self._page is None:
            return
        if isinstance(error, ProxySignInRequired):
            self._page.show_error(f"{error.said} {self.tr('Enter them below.')}")
            self._ask_proxy(self._page, error.proxy)
            return
        sentence = str(error).removesuffix(_AGAIN)
        if sentence != str(error):
            sentence = f"{sentence} {self.tr('Check the address and the network, and try again.')}"
        self._page.show_error(sentence)

    def _ask_proxy(self, page: SignInPage, proxy: str) -> None:
        """Ask here who one is at a proxy: the settings are not within reach before the sign-in."""
        if self._asking is None:
            from tracker.app.proxy_asking import ProxyAsking
            from tracker.ui.settings.network import NetworkSection

            section = NetworkSection(self._theme, page)
            page.below.addWidget(section)
            self._asking = ProxyAsking(section, self._actions)
            self._asking.kept.connect(self._try_again)
        self._asking.show(proxy)
        self._asking.begin()

    def _try_again(self) -> None:
        """Do what the proxy had stopped: it knows the person now."""
        if self._page is None or self._asking is None:
            return
        self._asking.show("")
        if not self._wants_in:
            self._page.show_error("")
            self._page.ask_ways(again=True)
            return
        self._wants_in = False
        self._page.show_busy(self.tr("Asking the desk…"))
        self._prove(self._page.form())

    def _signed_in_with_company(self, choice: DeskChoice, remark: str) -> None:
        self._finish(choice)
        if remark:
            self.remark.emit(remark)

    def _finish(self, choice: DeskChoice) -> None:
        if self._page is not None:
            self._page.forget_secret()
            self._page = None
        if self._company is not None:
            self._company.stop()
        self._company = self._asking = None
        self._wants_in = False
        self._window.set_rail_visible(True)
        self.signed_in.emit(choice)

    def _left(self, answer: str | TrackerError) -> None:
        self._is_waiting = False
        if isinstance(answer, TrackerError):
            self.remark.emit(str(answer))
            return
        self.signed_out.emit()
        if answer:
            self.remark.emit(answer)

    def _gone(self) -> None:
        self._page = self._company = self._asking = None


def _is_sure(policy: Policy) -> bool:
    """Tell whether IT lets people sign in with the company's provider alone."""
    from tracker.host.policy import keys

    return policy.value(keys.METHOD) in (keys.SignInMethod.BROWSER, keys.SignInMethod.DEVICE)


def _with_last(settings: Settings, policy: Policy) -> tuple[DeskOption, ...]:
    """Put the kind of desk of last time first, with its address, where IT has not set another."""
    from tracker.app.desks import desk_options

    options = desk_options(policy)
    desk = settings.desk
    if desk is None:
        return options
    same = (option for option in options if option.kind == desk.kind)
    last = [option if option.fixed else replace(option, url=desk.url) for option in same]
    return (*last, *(option for option in options if option.kind != desk.kind))
