"""From "ask again" to a stream: how often to look at a desk that does not push."""

import random
from collections.abc import AsyncIterator, Callable

import anyio

from tracker.model.batch import Batch, Cursor
from tracker.model.focus import HIDDEN, Focus

TICKET_OPEN = 15.0
WINDOW_OPEN = 60.0
WINDOW_HIDDEN = 300.0
FLOOR = 2.0


class Pace:
    """Says when to look again: 15 s with the ticket open … 5 min hidden, each within a random ±20 %.

    The jitter spreads a fleet's polls; `fixed` (seconds) replaces the table for a site that wants another
    interval. Used on the sync thread only.
    """

    def __init__(self, fixed: float | None = None, rng: random.Random | None = None) -> None:
        self._fixed = fixed
        self._rng = rng or random.Random()  # noqa: S311 - spreads load, guards nothing
        self._focus = HIDDEN
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
        self._focus = focus
        if closer:
            self.kick()

    def kick(self) -> None:
        """Look now: the person asked, or the computer woke up."""
        self._kicked.set()

    def interval(self) -> float:
        """Seconds until the next look."""
        if self._fixed is not None:
            return max(FLOOR, self._fixed)
        return _interval(self._focus) * self._rng.uniform(0.8, 1.2)

    async def wait(self) -> None:
        """Return when it is time to look again, or earlier when kicked."""
        with anyio.move_on_after(self.interval()):
            await self._kicked.wait()
        self._kicked = anyio.Event()


def _interval(focus: Focus) -> float:
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
