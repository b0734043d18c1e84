"""One listener that tells several: the window's bridge, a `tracker watch`, a command that waits."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tracker.model.change import Change
from tracker.model.chat import Typing
from tracker.model.event import Event
from tracker.model.health import Health
from tracker.model.notice import Notice, Withdrawal
from tracker.model.uploading import Uploading
from tracker.sync.listener import Listener

_log = logging.getLogger(__name__)


class FanOut:
    """A `Listener` that passes everything on; used on the sync thread."""

    def __init__(self, *listeners: Listener) -> None:
        self._listeners = list(listeners)

    @contextmanager
    def joined(self, listener: Listener) -> Iterator[None]:
        """Tell this one too, as long as the context lasts."""
        self._listeners.append(listener)
        try:
            yield
        finally:
            self._listeners = [other for other in self._listeners if other is not listener]

    def changed(self, change: Change) -> None:
        """Pass on what was written."""
        self._tell(lambda listener: listener.changed(change))

    def health(self, health: Health) -> None:
        """Pass on how the connection is."""
        self._tell(lambda listener: listener.health(health))

    def told(self, notices: tuple[Notice | Withdrawal, ...]) -> None:
        """Pass on notices."""
        self._tell(lambda listener: listener.told(notices))

    def heard(self, events: tuple[Event, ...]) -> None:
        """Pass on new events."""
        self._tell(lambda listener: listener.heard(events))

    def typing(self, told: tuple[Typing, ...]) -> None:
        """Pass on who is writing."""
        self._tell(lambda listener: listener.typing(told))

    def uploading(self, told: Uploading) -> None:
        """Pass on how far files have got."""
        self._tell(lambda listener: listener.uploading(told))

    def _tell(self, tell: Callable[[Listener], None]) -> None:
        for listener in tuple(self._listeners):
            try:
                tell(listener)
            except Exception:
                # One that cannot hear, at quit for example, must neither silence the others nor end the sync.
                _log.exception("A listener failed")
