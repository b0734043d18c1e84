"""A network that exists only in memory, and fails like the real one of `tests.rigs.flaky_proxy`."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import anyio

from tests.rigs.flaky_proxy import Fault
from tracker.model.errors import DeskError, DeskUnavailable, SignInRequired, UnexpectedAnswer

T = TypeVar("T")

_AFTER = (Fault.CUT, Fault.LOSE)  # the desk does it, only the answer is missing


class Bell:
    """Wakes whoever waits, on whatever event loop and thread they are."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()

    def ring(self) -> None:
        """Wake everybody; may be called from any thread."""
        with self._lock:
            for loop, event in self._waiting:
                loop.call_soon_threadsafe(event.set)

    @asynccontextmanager
    async def heard(self) -> AsyncIterator[asyncio.Event]:
        """Give an event that is set when the bell rings; look for news after entering, then wait for it."""
        waiter = (asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            self._waiting.add(waiter)
        try:
            yield waiter[1]
        finally:
            with self._lock:
                self._waiting.discard(waiter)


class FakeNetwork:
    """Carries requests in memory; `fail`, `cut` and `restore` as at `FlakyProxy`."""

    def __init__(self, bell: Bell) -> None:
        self.visitors: list[str] = []
        self.open_connections = 0
        self._bell = bell  # the desk's own: a cut wakes those who listen there
        self.requests: list[str] = []
        self._fault: Fault | None = None
        self._left = 0
        self._match: re.Pattern[bytes] = re.compile(b"")
        self._is_cut = False

    def fail(self, fault: Fault, *, match: bytes = b"", times: int = 1_000_000) -> None:
        """Make the next `times` requests fail whose first line contains the regular expression."""
        self._match, self._left, self._fault = re.compile(match), times, fault

    def cut(self) -> None:
        """Break every connection, and each new one at once."""
        self._is_cut = True
        self._bell.ring()

    def restore(self) -> None:
        """Let everything through again."""
        self._fault = None
        self._is_cut = False
        self.requests.clear()

    def check(self) -> None:
        """Raise when the network is down."""
        if self._is_cut:
            raise DeskUnavailable("The service desk cannot be reached. We keep trying.")

    async def carry(self, line: str, work: Callable[[], T], *, patience: float | None = None) -> T:
        """Do `work` at the desk for the request `line` ("POST /replies"), or fail as told."""
        self.open_connections += 1
        try:
            await anyio.lowlevel.checkpoint()
            self.check()
            fault = self._fault_for(line)
            if fault is None:
                return work()
            if fault is Fault.STALL:
                with anyio.move_on_after(patience):
                    await anyio.sleep_forever()
            if fault in _AFTER:
                work()
            raise error_of(fault)
        finally:
            self.open_connections -= 1

    def _fault_for(self, line: str) -> Fault | None:
        self.requests.append(line)
        if self._fault is None or self._left <= 0 or not self._match.search(line.encode()):
            return None
        self._left -= 1
        return self._fault


def error_of(fault: Fault) -> DeskError:
    """Give what a connector makes of a fault."""
    if fault is Fault.SIGN_IN:
        return SignInRequired("The service desk asks you to sign in again.")
    if fault is Fault.SLOW_DOWN:
        return DeskUnavailable("The service desk is busy. We keep trying.", 7.0)
    if fault in (Fault.HUGE, Fault.HTML, Fault.HALF_JSON, Fault.WRONG_TYPES, Fault.REDIRECT):
        return UnexpectedAnswer("The service desk sent something that cannot be read. Please tell IT.")
    return DeskUnavailable("The service desk cannot be reached. We keep trying.")
