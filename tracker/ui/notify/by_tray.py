"""Toasts as the tray icon's own message, only where a tray really exists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from tracker.ui.notify.ways import Capabilities

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.ui.notify.ways import Reports, Toast


class TrayMessages(Protocol):
    """The tray icon, as far as its messages go."""

    @property
    def is_there(self) -> bool:
        """True while a desktop shows the icon: without that, messages vanish without a word."""
        ...

    @property
    def draws_messages(self) -> bool:
        """True where the message is drawn by itself and needs no notification daemon."""
        ...

    def show_message(self, title: str, body: str, clicked: Callable[[], None]) -> None:
        """Show a message in place of the last one; `clicked` is called when it is clicked."""
        ...


class ByTray(QObject):
    """Shows by QSystemTrayIcon. One message at a time; clicks only where the desktop reports them."""

    name = "the tray icon"

    def __init__(
        self,
        tray: TrayMessages,
        *,
        hopeless: Callable[[], bool] = lambda: False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tray = tray
        self._hopeless = hopeless
        self._reports: Reports | None = None

    @property
    def capabilities(self) -> Capabilities:
        """Certain only where the message is drawn by Qt or the system itself."""
        return Capabilities(click=True, certain=self._tray.draws_messages)

    @property
    def available(self) -> bool:
        """True while the icon is shown and its message would be."""
        return self._tray.is_there and (self._tray.draws_messages or not self._hopeless())

    def start(self, reports: Reports) -> None:
        """There is nothing to find out: the tray knows."""
        self._reports = reports

    def show(self, toast: Toast) -> None:
        """Show it; the one before goes."""
        if self._reports is None:
            return
        reports, key = self._reports, toast.key
        self._tray.show_message(toast.title, toast.body, lambda: self._clicked(key))
        reports.shown(key)

    def withdraw(self, key: str) -> None:
        """Nothing can be taken back here; it goes by itself after some seconds."""

    def stop(self) -> None:
        """Report nothing any more."""
        self._reports = None

    def _clicked(self, key: str) -> None:
        if self._reports is not None:
            self._reports.clicked(key)
