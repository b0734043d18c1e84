"""The company's sign-in on the sign-in page at work: one at a time, waited for, cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QObject, QUrl, Signal

from tracker.model.errors import ProxySignInRequired, TrackerError
from tracker.ui.accounts.form import OfferedWays

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.app.company_actions import SignedIn
    from tracker.core.company_account import Ways
    from tracker.desks.openid.device import CodeAttempt
    from tracker.ui.accounts.sign_in import SignInPage
    from tracker.ui.ports import Cancel, Then


class CompanySignIn(Protocol):
    """What can be asked for; answers come back on the UI thread."""

    def ways(self, kind: str, url: str, then: Then[Ways]) -> Cancel:
        """Ask a desk how one can sign in there."""
        ...

    def with_browser(self, url: str, *, opened: Callable[[str], None], then: Then[SignedIn]) -> Cancel:
        """Sign in with the browser: `opened` is told the page for it."""
        ...

    def with_code(self, url: str, *, told: Callable[[CodeAttempt], None], then: Then[SignedIn]) -> Cancel:
        """Sign in with a code on another device: `told` gets it."""
        ...


def _no_way() -> str:
    return QCoreApplication.translate(
        "CompanySigning", "This desk does not take the way of signing in that your company wants. Tell IT."
    )


class CompanySigning(QObject):
    """Works on one page and goes with it. `signed_in` carries the DeskChoice and a remark, or ""."""

    signed_in = Signal(object, str)

    def __init__(
        self,
        page: SignInPage,
        actions: CompanySignIn,
        *,
        open_url: Callable[[QUrl], None],
        failed: Callable[[TrackerError], None],
        sure: bool,
    ) -> None:
        """`failed` says why it did not work. `sure`: IT lets one sign in this way alone, so that a desk which
        cannot be asked is said; so is a proxy that wants to know who one is."""
        super().__init__(page)
        self._page, self._actions, self._open_url, self._sure = page, actions, open_url, sure
        self._failed = failed
        self._looking: Cancel | None = None
        self._waiting: Cancel | None = None
        self._address = ""
        page.ways_asked.connect(self._ask_ways)
        page.company.browser_asked.connect(self._browse)
        page.company.code_asked.connect(self._ask_code)
        page.company.page_asked.connect(self._open_page)
        page.company.cancelled.connect(self._cancel)
        page.destroyed.connect(self.stop)
        page.ask_ways()

    @property
    def is_waiting(self) -> bool:
        """Whether somebody is in the middle of it."""
        return self._waiting is not None

    def stop(self) -> None:
        """Ask and wait no longer: the page is gone."""
        for cancel in (self._looking, self._waiting):
            if cancel is not None:
                cancel()
        self._looking = self._waiting = None

    def _ask_ways(self, kind: str, url: str) -> None:
        if self._looking is not None:
            self._looking()

        def told(answer: Ways | TrackerError) -> None:
            self._looking = None
            if isinstance(answer, TrackerError):
                if self._sure or isinstance(answer, ProxySignInRequired):
                    self._failed(answer)
                return
            typed = answer.password or answer.token
            self._page.show_ways(kind, url, OfferedWays(typed, answer.browser, answer.code))
            if not (typed or answer.browser or answer.code):
                self._page.show_error(_no_way())

        self._looking = self._actions.ways(kind, url, told)

    def _browse(self) -> None:
        def opened(address: str) -> None:
            if self._waiting is not None:
                self._address = address
                self._page.company.show_browser()
                self._page.show_company()
                self._open_page()

        if self._begin(QCoreApplication.translate("CompanySigning", "Getting ready for the browser…")):
            self._waiting = self._actions.with_browser(self._url, opened=opened, then=self._done)

    def _ask_code(self) -> None:
        def told(attempt: CodeAttempt) -> None:
            if self._waiting is not None:
                self._address = attempt.direct or attempt.address
                minutes = max(1, round(attempt.seconds / 60))
                self._page.company.show_code(attempt.code, attempt.address, minutes)
                self._page.show_company()

        if self._begin(QCoreApplication.translate("CompanySigning", "Asking for a code…")):
            self._waiting = self._actions.with_code(self._url, told=told, then=self._done)

    @property
    def _url(self) -> str:
        return self._page.form().url

    def _begin(self, words: str) -> bool:
        """Show the wait; a second press while one is on its way begins nothing."""
        if self._waiting is not None:
            return False
        self._page.company.show_busy(words)
        self._page.show_company()
        return True

    def _done(self, answer: SignedIn | TrackerError) -> None:
        self._waiting, self._address = None, ""
        if isinstance(answer, TrackerError):
            self._failed(answer)
        else:
            self.signed_in.emit(*answer)

    def _open_page(self) -> None:
        if self._address:
            self._open_url(QUrl(self._address))

    def _cancel(self) -> None:
        waiting, self._waiting, self._address = self._waiting, None, ""
        if waiting is not None:
            waiting()
        self._page.show_company()
