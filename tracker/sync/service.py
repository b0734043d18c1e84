"""Owns the sync thread: starts it, crosses into it, and always ends it."""

from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from contextlib import ExitStack
from typing import TypeVar

from anyio.from_thread import BlockingPortal, start_blocking_portal

T = TypeVar("T")


class SyncService:
    """One thread, `tracker-sync`, whose event loop runs one long job and answers questions beside it."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._portal: BlockingPortal | None = None
        self._work: Future[None] | None = None

    def start(self, work: Callable[[], Awaitable[None]]) -> None:
        """Start the thread and the job on it."""
        self._portal = self._stack.enter_context(start_blocking_portal("asyncio", name="tracker-sync"))
        self._work = self._portal.start_task_soon(work)

    def call(self, ask: Callable[[], Awaitable[T]]) -> Future[T]:
        """Run a coroutine function there; the future gives its answer or error and can be cancelled."""
        return self._running().start_task_soon(ask)

    def do(self, act: Callable[[], T]) -> Future[T]:
        """Run a quick function there."""

        async def run() -> T:
            return act()

        return self._running().start_task_soon(run)

    def stop(self) -> None:
        """Cancel the job and end the thread; returns when it has ended. Stopping twice is harmless."""
        portal, self._portal = self._portal, None
        if portal is None:
            return
        portal.call(portal.stop, True)
        self._stack.close()

    @property
    def failed(self) -> BaseException | None:
        """What ended the job, if it ended by itself."""
        if self._work is None or not self._work.done() or self._work.cancelled():
            return None
        return self._work.exception()

    def _running(self) -> BlockingPortal:
        if self._portal is None:
            raise RuntimeError("the sync thread is not running")
        return self._portal
