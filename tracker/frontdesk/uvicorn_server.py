"""Uvicorn without its ticking: it sleeps until a call comes or it is told to stop."""

import asyncio
import contextlib
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn

from tracker.frontdesk.desk import Desk
from tracker.frontdesk.timekeeping import keep_time


class QuietServer(uvicorn.Server):
    """Serves a desk on one event loop. `ready` is called there once calls are answered."""

    def __init__(self, config: uvicorn.Config, desk: Desk, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._desk = desk
        self._ready = ready
        self._loop: asyncio.AbstractEventLoop | None = None
        self._leaving = asyncio.Event()
        self._timekeeper: asyncio.Task[None] | None = None

    def leave(self) -> None:
        """Stop serving; may be called from any thread or signal handler, also before the start."""
        self.should_exit = True
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop was closed meanwhile: nothing to stop
                self._loop.call_soon_threadsafe(self._leaving.set)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Leave on a signal, quietly: being asked to stop is no failure."""
        self.leave()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and begin to do what falls due by itself."""
        self._loop = asyncio.get_running_loop()
        self._desk.hub.open()
        await super().startup(sockets)
        self._timekeeper = asyncio.create_task(keep_time(self._desk))
        self._ready()

    async def main_loop(self) -> None:
        """Wait to be told to stop, without waking up in between."""
        if not self.should_exit:
            await self._leaving.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams, so that only calls under way are waited for, then stop."""
        self._desk.hub.close()
        if self._timekeeper is not None:
            self._timekeeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._timekeeper
        await super().shutdown(sockets)
