"""A bad network in a box: a TCP proxy on loopback that passes everything on, until told to misbehave."""

from __future__ import annotations

import asyncio
import re
import threading
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING

from tests.rigs.bad_answers import answer_for

if TYPE_CHECKING:
    from types import TracebackType

_BLOCK = 64 * 1024


class Fault(StrEnum):
    """What can go wrong between us and a desk; all but the first five answer in the desk's place."""

    DROP = "drop"  # the connection is reset as soon as the request is there; the desk never sees it
    STALL = "stall"  # nobody ever answers; the desk never sees the request
    CUT = "cut"  # the desk gets the request; its answer breaks off in the middle
    LOSE = "lose"  # the desk gets the request and does it; its answer never comes
    HUGE = "huge"  # an answer that never ends
    HTML = "html"
    HALF_JSON = "half_json"
    WRONG_TYPES = "wrong_types"
    SIGN_IN = "sign_in"  # 401
    SLOW_DOWN = "slow_down"  # 429 with Retry-After: 7
    BROKEN = "broken"  # 500 with a page for administrators
    BUSY = "busy"  # 503
    REDIRECT = "redirect"  # to a server that writes down who comes: `visitors`


class FlakyProxy:
    """Sits before a desk at `host:port`; `url` is where connectors go. Use it with `with`.

    `fail` makes the next requests fail, `cut` the whole network, `restore` ends both. May be told from any
    thread. `open_connections` counts the clients connected now, `visitors` holds the first lines of what
    came to the place a redirect named.
    """

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._fault: Fault | None = None
        self._left = 0
        self._match: re.Pattern[bytes] = re.compile(b"")
        self._is_cut = False
        self._swaps: list[tuple[bytes, bytes]] = []
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="flaky-proxy")
        self._stop = asyncio.Event()
        self.port = 0
        self.elsewhere_port = 0
        self.visitors: list[str] = []
        self.requests: list[str] = []

    @property
    def url(self) -> str:
        """Where a connector finds the desk through this proxy."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def open_connections(self) -> int:
        """How many clients are connected now."""
        return len(self._writers)

    def __enter__(self) -> FlakyProxy:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def fail(self, fault: Fault, *, match: bytes = b"", times: int = 1_000_000) -> None:
        """Answer the next `times` requests whose first line contains the regular expression so."""
        self._match = re.compile(match)
        self._left = times
        self._fault = fault

    def cut(self) -> None:
        """Pull the cable: every connection breaks now, new ones break at once."""
        self._is_cut = True
        self._loop.call_soon_threadsafe(self._break_all)

    def swap(self, old: bytes, new: bytes) -> None:
        """Change what the desk says, byte for byte; both must have one length."""
        if len(old) != len(new):
            raise ValueError("the length of the answer must not change")
        self._swaps.append((old, new))

    def restore(self) -> None:
        """Let everything through again."""
        self._fault = None
        self._is_cut = False
        self._swaps.clear()
        self.visitors.clear()
        self.requests.clear()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        front = await asyncio.start_server(self._meet, "127.0.0.1", 0)
        elsewhere = await asyncio.start_server(self._note_visitor, "127.0.0.1", 0)
        self.port = front.sockets[0].getsockname()[1]
        self.elsewhere_port = elsewhere.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        front.close()
        elsewhere.close()
        self._break_all()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _break_all(self) -> None:
        for writer in self._writers:
            writer.transport.abort()

    async def _note_visitor(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.visitors.append((await reader.readline()).decode("latin-1").strip())
        writer.transport.abort()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_cut:
            writer.transport.abort()
            return
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._writers.add(writer)
        try:
            # Cancelled only when all is over; the server that calls this would complain of it in the log.
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await self._attend(reader, writer)
        finally:
            writer.transport.abort()
            self._writers.discard(writer)
            self._tasks.discard(task)

    async def _attend(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        desk_reader, desk_writer = await asyncio.open_connection(*self._target)
        back = asyncio.create_task(self._pass_back(desk_reader, writer))
        try:
            while block := await reader.read(_BLOCK):
                fault = self._fault_for(block)
                if fault is None:
                    desk_writer.write(block)
                    await desk_writer.drain()
                    continue
                back.cancel()
                with suppress(asyncio.CancelledError):
                    await back
                await self._misbehave(fault, block, (reader, writer, desk_reader, desk_writer))
                return
        finally:
            back.cancel()
            desk_writer.transport.abort()

    async def _pass_back(self, desk_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while block := await desk_reader.read(_BLOCK):
                for old, new in self._swaps:
                    block = block.replace(old, new)
                writer.write(block)
                await writer.drain()
        writer.close()

    def _fault_for(self, block: bytes) -> Fault | None:
        first_line = block.partition(b"\r\n")[0]
        if not first_line.endswith((b"HTTP/1.1", b"HTTP/1.0")):
            return None  # the rest of a request that was let through
        self.requests.append(first_line.decode("latin-1"))
        if self._fault is None or self._left <= 0 or not self._match.search(first_line):
            return None
        self._left -= 1
        return self._fault

    async def _misbehave(
        self,
        fault: Fault,
        block: bytes,
        ends: tuple[asyncio.StreamReader, asyncio.StreamWriter, asyncio.StreamReader, asyncio.StreamWriter],
    ) -> None:
        reader, writer, desk_reader, desk_writer = ends
        request = await _rest_of_request(block, reader)
        if fault is Fault.STALL:
            await reader.read()  # until the client gives up
        elif fault is Fault.HUGE:
            await _never_end(writer)
        elif fault in (Fault.CUT, Fault.LOSE):
            desk_writer.write(request)
            answer = await _whole_answer(desk_reader)
            if fault is Fault.CUT:
                head, _, body = answer.partition(b"\r\n\r\n")
                writer.write(head + b"\r\n\r\n" + body[: len(body) // 2])
                await writer.drain()
        elif fault is not Fault.DROP:
            writer.write(answer_for(fault, elsewhere=f"http://127.0.0.1:{self.elsewhere_port}/elsewhere"))
            await writer.drain()
            writer.close()
            await writer.wait_closed()


async def _rest_of_request(block: bytes, reader: asyncio.StreamReader) -> bytes:
    while b"\r\n\r\n" not in block:
        block += await _more(reader)
    head, _, body = block.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    if length:
        return block + await reader.readexactly(int(length[1]) - len(body))
    if re.search(rb"(?i)\r\ntransfer-encoding: *chunked", head):
        while not block.endswith(b"0\r\n\r\n"):
            block += await _more(reader)
    return block


async def _whole_answer(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    if length:
        return head + await reader.readexactly(int(length[1]))
    return head + await reader.read(_BLOCK)


async def _more(reader: asyncio.StreamReader) -> bytes:
    block = await reader.read(_BLOCK)
    if not block:
        raise asyncio.IncompleteReadError(b"", None)
    return block


async def _never_end(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n")
    writer.write(b'{"name": "')
    while not writer.transport.is_closing():
        writer.write(b"x" * _BLOCK)
        await writer.drain()
