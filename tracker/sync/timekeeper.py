"""The time as the desk has it, and a watch for sleep: a clock that jumps means that the computer was away."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

TICK = 3.0
"""Seconds between looks at the clocks; the only thing that runs while nothing is due.

After sleep everything is to be in step within 5 s: this is how long it takes at most to notice it.
"""
JUMP = 5.0
"""Seconds by which the wall clock must outrun the other to count as sleep."""
SKEW = timedelta(seconds=90)
"""A desk clock this far from ours is believed instead of ours."""


class Timekeeper:
    """Tells the time, corrected to the desk's clock when this computer's is clearly off."""

    def __init__(
        self,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._wall = wall
        self._monotonic = monotonic
        self._offset = timedelta()
        self._last = (wall(), monotonic())

    @property
    def offset(self) -> timedelta:
        """The desk's clock minus ours, where it matters; else nothing."""
        return self._offset

    def now(self) -> datetime:
        """Give the present time, aware, UTC."""
        return self._wall() + self._offset

    def learn(self, offset: timedelta) -> None:
        """Hear how far the desk's clock is from ours; differences under 90 s are the network's."""
        self._offset = offset if abs(offset) >= SKEW else timedelta()

    def woke(self) -> bool:
        """Say whether the computer slept, or its clock was set, since this was last asked.

        The monotonic clock stands still in sleep on Linux; the wall clock does not.
        """
        wall, running = self._wall(), self._monotonic()
        was_wall, was_running = self._last
        self._last = (wall, running)
        return abs((wall - was_wall).total_seconds() - (running - was_running)) > JUMP
