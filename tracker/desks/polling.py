"""From "ask again" to a stream: how often to look at a desk that does not push."""

import random
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import anyio

from tracker.model.batch import Batch, Cursor
from tracker.model.focus import HIDDEN, Focus

CHAT_OPEN = 3.0
TICKET_OPEN = 15.0
WINDOW_OPEN = 60.0
WINDOW_HIDDEN = 300.0
FLOOR = 2.0
SILENCE = 300.0
"""Seconds without a word from either side after which an open chat is looked at like any open ticket."""


class Pace:
    """Says when to look again: 3 s in a chat, 15 s with the ticket open … 5 min hidden, each ±20 % by chance.

    The jitter spreads a fleet's polls; `fixed` (seconds) replaces the table for a site that wants another
    interval. In a chat a desk that answers slowly is left alone for as long as its answer took. Used on the
    sync thread only; `clock` tells the seconds.
    """

    def __init__(
        self,
        fixed: float | None = None,
        rng: random.Random | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._fixed = fixed
        self._rng = rng or random.Random()  # noqa: S311 - spreads load, guards nothing
        self._clock = clock
        self._focus = HIDDEN
        self._quick_until = self._looking_since = clock()
        self._kicked = anyio.Event()

    @property
    def focus(self) -> Focus:
        """What the person is looking at."""
        return self._focus

    def attend(self, focus: Focus) -> None:
        """Follow the person's eyes; coming closer means looking at once."""
        closer = _interval(focus) < _interval(self._focus) or (
            focus.ticket is not None and focus.ticket != self._focus.ticket
        )
        if focus != self._focus:
            self.stir()
        self._focus = focus
        if closer:
            self.kick()

    def stir(self) -> None:
        """Note that something was said: an open chat is looked at quickly for some minutes more."""
        self._quick_until = self._clock() + SILENCE

    def kick(self) -> None:
        """Look now: the person asked or wrote something, or the computer woke up."""
        self.stir()
        self._kicked.set()

    def interval(self) -> float:
        """Seconds until the next look."""
        if self._fixed is not None:
            return max(FLOOR, self._fixed)
        if not self._is_quick():
            return _interval(replace(self._focus, chat=False)) * self._rng.uniform(0.8, 1.2)
        return max(FLOOR, CHAT_OPEN * self._rng.uniform(0.8, 1.2))

    async def wait(self) -> None:
        """Return when it is time to look again, or earlier when kicked."""
        took = self._clock() - self._looking_since if self._is_quick() else 0.0
        with anyio.move_on_after(max(self.interval(), took)):
            await self._kicked.wait()
        self._kicked = anyio.Event()
        self._looking_since = self._clock()

    def _is_quick(self) -> bool:
        return _is_chat(self._focus) and self._clock() < self._quick_until


def _is_chat(focus: Focus) -> bool:
    return focus.visible and focus.chat and focus.ticket is not None


def _interval(focus: Focus) -> float:
    if _is_chat(focus):
        return CHAT_OPEN
    if focus.ticket is not None:
        return TICKET_OPEN
    return WINDOW_OPEN if focus.visible else WINDOW_HIDDEN


async def keep_looking(
    look: Callable[[Cursor | None], AsyncIterator[Batch]], since: Cursor | None, *, pace: Pace
) -> AsyncIterator[Batch]:
    """Make an endless stream from `look`, which tells what is new after a cursor and ends."""
    while True:
        async for batch in look(since):
            since = batch.cursor or since
            yield batch
        await pace.wait()
