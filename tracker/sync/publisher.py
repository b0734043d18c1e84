"""Merge changes for a moment before telling, so that a flood repaints once."""

import anyio

from tracker.model.change import NOTHING, Change
from tracker.sync.listener import Listener

MERGE = 0.03
"""Seconds."""


class Publisher:
    """Collects changes on the sync thread; `run` tells them, merged."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._change = NOTHING
        self._some = anyio.Event()
        self._told_at = -MERGE

    def add(self, change: Change) -> None:
        """Tell this soon."""
        if change:
            self._change |= change
            self._some.set()

    def flush(self) -> None:
        """Tell now what has been collected."""
        if not self._change:
            return  # `run` waits for this very event
        change, self._change = self._change, NOTHING
        self._some = anyio.Event()
        self._told_at = anyio.current_time()
        self._listener.changed(change)

    def hurry(self) -> None:
        """Tell now, unless something was told just before: a word in a chat need not wait, a flood must."""
        if anyio.current_time() - self._told_at >= MERGE:
            self.flush()

    async def run(self) -> None:
        """Tell changes until cancelled."""
        while True:
            await self._some.wait()
            await anyio.sleep(MERGE)
            self.flush()
