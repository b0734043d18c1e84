"""Who is waiting for news: a commit wakes exactly the streams that may see it; what passes is whispered."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tracker.frontdesk import limits
from tracker.frontdesk.people import Person
from tracker.frontdesk.refusals import Refused

EVERYTHING = ""
"""Listens to the whole desk; no person has this id."""


@dataclass(frozen=True, slots=True)
class Whisper:
    """Something about a ticket's chat that is no fact: it stands otherwise or, with a person, they type."""

    ticket: str
    person: Person | None = None
    typing: bool = False


class Ear(asyncio.Event):
    """Set whenever there may be news; keeps what was whispered since, the latest of each kind.

    It holds a bounded number: what is beyond it is dropped, since none of it is a fact.
    """

    def __init__(self) -> None:
        super().__init__()
        self._whispers: dict[tuple[str, str | None], Whisper] = {}

    def whisper(self, whisper: Whisper) -> None:
        """Keep it until it is taken, in place of an earlier one about the same."""
        about = (whisper.ticket, whisper.person.id if whisper.person is not None else None)
        if about in self._whispers or len(self._whispers) < limits.WHISPERS_KEPT:
            self._whispers[about] = whisper
            self.set()

    def take(self) -> tuple[Whisper, ...]:
        """Give what was whispered since the last time."""
        taken = tuple(self._whispers.values())
        self._whispers.clear()
        return taken


class Hub:
    """Wakes listeners. `announce` and `whisper` may be called from any thread, the rest on the loop only."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ears: defaultdict[str, set[Ear]] = defaultdict(set)
        self.stopping = False

    def open(self) -> None:
        """Start waking listeners on the running event loop."""
        self._loop = asyncio.get_running_loop()

    def announce(self, people: Iterable[str]) -> None:
        """Say that something these people may see has been committed."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake, frozenset(people) | {EVERYTHING})

    def whisper(self, people: Iterable[str], whisper: Whisper) -> None:
        """Tell these people, and who listens to the whole desk, what is no fact and not kept."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._pass_on, frozenset(people) | {EVERYTHING}, whisper)

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
    def listening(self, who: str) -> Iterator[Ear]:
        """Give an event that is set whenever there may be news."""
        ears = self._ears[who]
        ear = Ear()
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

    def _pass_on(self, people: frozenset[str], whisper: Whisper) -> None:
        for person in people:
            for ear in self._ears.get(person, ()):
                ear.whisper(whisper)
