"""Who the person is at a proxy: asked in the settings, or on the sign-in page before anybody is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from tracker.model.errors import TrackerError

if TYPE_CHECKING:
    from tracker.ui.ports import Cancel, Then
    from tracker.ui.settings.network import NetworkSection


class ProxySignIn(Protocol):
    """What can be asked for; the answer comes back on the UI thread."""

    def sign_in_to_proxy(self, proxy: str, name: str, password: str, then: Then[str]) -> Cancel:
        """Keep who the person is at a proxy; the answer is the proxy."""
        ...


class ProxyAsking(QObject):
    """Works on one section and goes with it. `kept`: what was wanted of the proxy can be tried again."""

    kept = Signal()

    def __init__(self, section: NetworkSection, actions: ProxySignIn) -> None:
        super().__init__(section)
        self._section, self._actions = section, actions
        self._proxy = ""
        section.login_given.connect(self._keep)

    def show(self, proxy: str) -> None:
        """Ask for this proxy (`host:port`); "" asks for nothing any more."""
        self._proxy = proxy
        self._section.show_proxy(proxy)

    def begin(self) -> None:
        """Let the person type at once."""
        self._section.take_focus()

    def _keep(self, name: str, password: str) -> None:
        def told(answer: str | TrackerError) -> None:
            if isinstance(answer, TrackerError):
                self._section.show_wrong(str(answer))
            else:
                self._section.show_kept()
                self.kept.emit()

        self._actions.sign_in_to_proxy(self._proxy, name, password, told)
