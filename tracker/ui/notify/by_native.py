"""Toasts by the notification centre of Windows and macOS; unverified there."""

from __future__ import annotations

import hashlib
import logging
from enum import Enum
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from tracker.ui.notify.native_center import Heard, open_center
from tracker.ui.notify.ways import Capabilities, Closed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine
    from pathlib import Path

    from tracker.ui.notify.ways import Reports, Toast

    Open = Callable[[Heard], Awaitable["Center"]]

_log = logging.getLogger(__name__)

T = TypeVar("T")


class Center(Protocol):
    """A notification centre, on the loop it was opened on."""

    async def post(self, toast: Toast, identifier: str) -> bool:
        """Show it in place of the one with the same identifier; False when the system did not take it."""
        ...

    async def remove(self, identifier: str) -> None:
        """Take it away."""
        ...


class RunOnLoop(Protocol):
    """Runs a coroutine on the program's one asyncio loop, which is not on this thread.

    The interface is given this and knows nothing of who owns the loop.
    """

    def __call__(
        self, work: Callable[[], Coroutine[object, object, T]], then: Callable[[T | Exception], None]
    ) -> None:
        """Begin `work` and return; `then` is called on the UI thread with its result or its error."""
        ...


class _State(Enum):
    CLOSED = "closed"
    OPENING = "opening"
    OPEN = "open"
    BROKEN = "broken"


class ByNative(QObject):
    """Shows by desktop-notifier: WinRT toasts, or the Notification Center of a signed macOS program.

    A toast with the same identifier takes the place of the one before, on both systems.
    """

    name = "the system"
    capabilities = Capabilities(replace=True, buttons=True, click=True, withdraw=True)

    _heard = Signal(str, str, str)

    def __init__(self, run: RunOnLoop, open_it: Open, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self._open_it = open_it
        self._center: Center | None = None
        self._state = _State.CLOSED
        self._reports: Reports | None = None
        self._waiting: dict[str, Toast] = {}
        self._keys: dict[str, str] = {}
        self._heard.connect(self._take)

    @property
    def available(self) -> bool:
        """True until it turns out that the system has no such centre."""
        return self._state is not _State.BROKEN

    def start(self, reports: Reports) -> None:
        """Load the library on the loop's thread."""
        self._reports = reports
        self._state = _State.OPENING
        self._run(self._open, self._opened)

    def show(self, toast: Toast) -> None:
        """Show it, as soon as the centre is open."""
        if self._state is _State.BROKEN:
            self._fail(toast.key, "this system has no notification centre for us")
            return
        if self._center is None:
            self._waiting[toast.key] = toast
            return
        center, identifier = self._center, identifier_of(toast.key)
        self._keys[identifier] = toast.key
        self._run(lambda: center.post(toast, identifier), lambda taken: self._posted(toast.key, taken))

    def withdraw(self, key: str) -> None:
        """Take it away."""
        self._waiting.pop(key, None)
        if self._center is not None:
            center, identifier = self._center, identifier_of(key)
            self._run(lambda: center.remove(identifier), _ignore)

    def stop(self) -> None:
        """Take away what was shown: nobody would hear its buttons."""
        self._reports = None
        for key in self._keys.values():
            self.withdraw(key)

    async def _open(self) -> Center:
        # A signal carries what the system's threads tell over to this thread.
        return await self._open_it(
            lambda what, identifier, button="": self._heard.emit(what, identifier, button)
        )

    def _opened(self, center: Center | Exception) -> None:
        waiting, self._waiting = self._waiting, {}
        if isinstance(center, Exception):
            _log.info("This system shows no notifications for us: %r", center)
            self._state = _State.BROKEN
            for key in waiting:
                self._fail(key, repr(center))
            return
        self._center, self._state = center, _State.OPEN
        for toast in waiting.values():
            self.show(toast)

    def _posted(self, key: str, taken: bool | Exception) -> None:
        if taken is True and self._reports is not None:
            self._reports.shown(key)
        elif taken is not True:
            self._fail(key, "not taken" if taken is False else repr(taken))

    def _fail(self, key: str, why: str) -> None:
        _log.info("No toast by the system: %s", why)
        if self._reports is not None:
            self._reports.failed(key, why)

    def _take(self, what: str, identifier: str, button: str) -> None:
        key = self._keys.get(identifier)
        if key is None or self._reports is None:
            return
        if what == "clicked":
            self._reports.clicked(key)
        elif what == "pressed":
            self._reports.pressed(key, button)
        elif what == "dismissed":
            self._reports.closed(key, Closed.DISMISSED)


def identifier_of(key: str) -> str:
    """Give the same short name for the same key, always: Windows takes at most 64 characters."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def open_native(program: str, icon: Path | None) -> Open:
    """Give what opens this system's notification centre for ByNative."""

    async def open_it(heard: Heard) -> Center:
        return await open_center(program, icon, heard)

    return open_it


def _ignore(_outcome: object) -> None:
    """What could not be taken away stays until the person does it."""
