"""An event loop whose clock jumps to the next thing that is due: hours pass in milliseconds, nothing sleeps.

For tests in which everything happens on one loop. What comes from another thread or process would be
overtaken.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, ParamSpec, cast

P = ParamSpec("P")

START = datetime(2026, 11, 20, 9, tzinfo=UTC)


class SimulatedLoop(asyncio.SelectorEventLoop):
    """Never waits: when nothing is ready, it is later."""

    def __init__(self) -> None:
        super().__init__()
        self._now = 1000.0

    def time(self) -> float:
        """Give the simulated time."""
        return self._now

    def _run_once(self) -> None:
        loop = cast("Any", self)
        if not loop._ready:
            due = [handle._when for handle in loop._scheduled if not handle._cancelled]
            if not due:
                raise RuntimeError("everything waits, and nothing will ever happen")
            self._now = max(self._now, min(due))
        cast("Any", super())._run_once()


def simulated(test: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """Run an async test on a loop of simulated time."""

    @functools.wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        with asyncio.Runner(loop_factory=SimulatedLoop) as runner:
            runner.run(test(*args, **kwargs))

    return run


class SimulatedClocks:
    """The computer's two clocks: one that stands still while it sleeps, and one on the wall."""

    def __init__(self, start: datetime = START) -> None:
        self._start = start
        self._first: float | None = None
        self._ahead = timedelta()

    def monotonic(self) -> float:
        """Give the running seconds."""
        now = asyncio.get_running_loop().time()
        self._first = now if self._first is None else self._first
        return now - self._first

    def wall(self) -> datetime:
        """Give the time on the wall."""
        return self._start + timedelta(seconds=self.monotonic()) + self._ahead

    def sleep(self, time: timedelta) -> None:
        """Let the computer sleep, or somebody set its clock."""
        self._ahead += time
