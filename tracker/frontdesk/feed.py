"""Who is waiting for news: a commit wakes exactly the streams that may see it."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Iterable, Iterator

from tracker.frontdesk import limits
from tracker.frontdesk.refusals import Refused

EVERYTHING = ""
"""Listens to the whole desk; no person has this id."""


class Hub:
    """Wakes listeners. `announce` may be called from any thread, the rest on the event loop only."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ears: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self.stopping = False

    def open(self) -> None:
        """Start waking listeners on the running event loop."""
        self._loop = asyncio.get_running_loop()

    def announce(self, people: Iterable[str]) -> None:
        """Say that something these people may see has been committed."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake, frozenset(people) | {EVERYTHING})

    def close(self) -> None:
        """End all listening: every listener wakes and sees `stopping`."""
        self.stopping = True
        self._wake(frozenset(self._ears))

    def require_room(self, who: str) -> None:
        """Raise `Refused` when this person listens too many times already, or the desk is stopping."""
        if self.stopping:
            raise Refused("stopping", "The desk is stopping. Please try again in a moment.", after=5)
        if who != EVERYTHING and len(self._ears.get(who, ())) >= limits.STREAMS_PER_PERSON:
            raise Refused("slow_down", "You have too many live connections open. Close some first.", after=30)

    @contextlib.contextmanager
    def listening(self, who: str) -> Iterator[asyncio.Event]:
        """Give an event that is set whenever there may be news."""
        ears = self._ears[who]
        ear = asyncio.Event()
        ears.add(ear)
        try:
            yield ear
        finally:
            ears.discard(ear)
            if not ears:
                self._ears.pop(who, None)

    def _wake(self, people: frozenset[str]) -> None:
        for person in people:
            for ear in self._ears.get(person, ()):
                ear.set()
