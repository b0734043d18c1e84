"""One listener that tells several: the window's bridge, a `tracker watch`, a command that waits."""

from collections.abc import Iterator
from contextlib import contextmanager

from tracker.model.change import Change
from tracker.model.event import Event
from tracker.model.health import Health
from tracker.model.notice import Notice, Withdrawal
from tracker.sync.listener import Listener


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
            self._listeners.remove(listener)

    def changed(self, change: Change) -> None:
        """Pass on what was written."""
        for listener in tuple(self._listeners):
            listener.changed(change)

    def health(self, health: Health) -> None:
        """Pass on how the connection is."""
        for listener in tuple(self._listeners):
            listener.health(health)

    def told(self, notices: tuple[Notice | Withdrawal, ...]) -> None:
        """Pass on notices."""
        for listener in tuple(self._listeners):
            listener.told(notices)

    def heard(self, events: tuple[Event, ...]) -> None:
        """Pass on new events."""
        for listener in tuple(self._listeners):
            listener.heard(events)
