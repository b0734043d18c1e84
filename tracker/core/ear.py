"""A listener for one asker: what is heard goes into a stream that the asker reads."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import anyio
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream

from tracker.core.fan_out import FanOut
from tracker.model.change import Change
from tracker.model.chat import Typing
from tracker.model.event import Event
from tracker.model.health import Health
from tracker.model.notice import Notice, Withdrawal
from tracker.model.uploading import Uploading

_log = logging.getLogger(__name__)

Heard = Event | Notice | Change | Health

_ROOM = 50_000
"""Things heard and not yet read; an asker who falls further behind has gone."""


class Ear:
    """A `Listener` that puts what it hears into a stream."""

    def __init__(self, into: MemoryObjectSendStream[Heard]) -> None:
        self._into = into

    def changed(self, change: Change) -> None:
        """Pass on what was written."""
        self._put(change)

    def health(self, health: Health) -> None:
        """Pass on how the connection is."""
        self._put(health)

    def told(self, notices: tuple[Notice | Withdrawal, ...]) -> None:
        """Pass on notices."""
        for notice in notices:
            if isinstance(notice, Notice):
                self._put(notice)

    def heard(self, events: tuple[Event, ...]) -> None:
        """Pass on new events."""
        for event in events:
            self._put(event)

    def typing(self, told: tuple[Typing, ...]) -> None:
        """Who is writing is for windows alone."""

    def uploading(self, told: Uploading) -> None:
        """How far files have got is for windows alone."""

    def _put(self, value: Heard) -> None:
        try:
            self._into.send_nowait(value)
        except (anyio.WouldBlock, anyio.BrokenResourceError, anyio.ClosedResourceError):
            _log.info("An asker does not read; a line was left out for it")


@contextmanager
def listening(to: FanOut) -> Iterator[MemoryObjectReceiveStream[Heard]]:
    """Hear everything that `to` passes on, as long as the context lasts."""
    send, receive = anyio.create_memory_object_stream[Heard](_ROOM)
    with send, receive, to.joined(Ear(send)):
        yield receive
