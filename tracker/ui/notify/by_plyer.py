"""Toasts by plyer, for desktops where nothing better answers: no buttons, no click, no replacing."""

from __future__ import annotations

import logging
import shutil
import sys
import threading
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from tracker.ui.notify.ways import Capabilities

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.ui.notify.ways import Reports, Toast

_log = logging.getLogger(__name__)

LIMIT_MS = 5_000
AT_ONCE = 3
SECONDS = 8
# A Windows balloon has room for 64 and 256 characters with their end mark (NOTIFYICONDATAW).
TITLE, MESSAGE = 63, 255


class Tell(Protocol):
    """What plyer's `notification.notify` does: it may take seconds, and it may raise anything."""

    def __call__(self, *, title: str, message: str, app_name: str) -> None:
        """Show a message."""
        ...


def tell_by_plyer(*, title: str, message: str, app_name: str) -> None:
    """Show a message with plyer. Raises what plyer raises, NotImplementedError where it has no means."""
    # Without dbus-python it warns and takes notify-send, which is what we want.
    warnings.filterwarnings("ignore", category=UserWarning, module=r"plyer\.")
    from plyer import notification

    notification.notify(title=title, message=message, app_name=app_name, timeout=SECONDS)


class ByPlyer(QObject):
    """Shows by plyer on a short-lived thread, since it may block; at most three at once.

    It never hears whether anything appeared, so it is not certain. On Linux it asks the same notification
    daemon as D-Bus does (through notify-send): `hopeless` says when that is known to be of no use.
    """

    name = "plyer"
    capabilities = Capabilities(certain=False)

    _over = Signal(int, str)

    def __init__(
        self,
        program: str,
        *,
        hopeless: Callable[[], bool] = lambda: False,
        tell: Tell = tell_by_plyer,
        limit: int = LIMIT_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._program = program
        self._hopeless = hopeless
        self._tell = tell
        self._limit = limit
        self._reports: Reports | None = None
        self._busy: dict[int, str] = {}
        self._count = 0
        self._over.connect(self._settle)

    @property
    def available(self) -> bool:
        """True where plyer has means of its own and nothing speaks against them."""
        if sys.platform.startswith("linux") and shutil.which("notify-send") is None:
            return False
        return len(self._busy) < AT_ONCE and not self._hopeless()

    def start(self, reports: Reports) -> None:
        """Loading plyer waits for the first toast."""
        self._reports = reports

    def show(self, toast: Toast) -> None:
        """Show it from a thread of its own; fails after a few seconds of silence."""
        self._count += 1
        number = self._count
        self._busy[number] = toast.key
        threading.Thread(target=self._work, args=(number, toast), name=f"plyer-{number}", daemon=True).start()
        QTimer.singleShot(self._limit, self, lambda: self._settle(number, "it took too long"))

    def withdraw(self, key: str) -> None:
        """Nothing can be taken back here."""

    def stop(self) -> None:
        """Report nothing any more; a thread that still hangs does not keep the program from ending."""
        self._reports = None

    def _work(self, number: int, toast: Toast) -> None:
        why = ""
        try:
            self._tell(
                title=_no_option(toast.title[:TITLE]),
                message=_no_option(toast.body[:MESSAGE]),
                app_name=self._program,
            )
        except Exception as error:  # a third party's code for many systems
            why = repr(error)
        with suppress(RuntimeError):  # the program has ended meanwhile
            self._over.emit(number, why)

    def _settle(self, number: int, why: str) -> None:
        key = self._busy.pop(number, None)
        if key is None or self._reports is None:
            return
        if why:
            _log.info("No toast by plyer: %s", why)
            self._reports.failed(key, why)
        else:
            self._reports.shown(key)


def _no_option(text: str) -> str:
    """Keep notify-send from reading a subject such as "--help" as one of its options."""
    return f" {text}" if text.startswith("-") else text
