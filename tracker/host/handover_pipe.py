"""The local socket's counterpart on Windows: a named pipe. Seen to work under Wine, not on a real Windows."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import aclosing
from typing import BinaryIO, Protocol, cast

from tracker.host.errors import HandoverBroken, HolderUnreachable
from tracker.host.handover_line import END, LONGEST_LINE, Handle

_BROKEN = "The running Tracker stopped before it had answered."


class _Server(Protocol):
    def close(self) -> None: ...


class _PipeLoop(Protocol):
    """What asyncio's ProactorEventLoop has and the others have not."""

    async def start_serving_pipe(
        self, protocol_factory: Callable[[], asyncio.BaseProtocol], address: str
    ) -> list[_Server]: ...


async def serve_pipe(address: str, handle: Handle) -> None:
    """Answer on a named pipe until cancelled; a pipe of Windows is open to its owner for writing only."""

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = await reader.readline()
        async with aclosing(handle(line.rstrip(END))) as answer:
            async for said in answer:
                writer.write(said + END)
                await writer.drain()
        writer.write(END)
        writer.close()

    def protocol() -> asyncio.BaseProtocol:
        return asyncio.StreamReaderProtocol(asyncio.StreamReader(limit=LONGEST_LINE), converse)

    loop = cast("_PipeLoop", asyncio.get_running_loop())
    servers = await loop.start_serving_pipe(protocol, address)
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        for server in servers:
            server.close()


def ask_pipe(address: str, line: bytes, *, patience: float = 5.0) -> Iterator[bytes]:
    """Hand a line over through a named pipe and give the answer's lines.

    Raises HolderUnreachable where the program does not open its door within `patience` seconds,
    HandoverBroken where it ends before its answer is whole.
    """
    with _opened(address, patience) as pipe:
        try:
            pipe.write(line + END)
            for said in pipe:
                if said == END:
                    return
                yield said.rstrip(END)
        except OSError as error:
            raise HandoverBroken(_BROKEN) from error
    raise HandoverBroken(_BROKEN)


def _opened(address: str, patience: float) -> BinaryIO:
    deadline = time.monotonic() + patience
    while True:
        try:
            return open(address, "r+b", buffering=0)
        except OSError as error:  # not there yet, or another asker is being let in
            if time.monotonic() >= deadline:
                raise HolderUnreachable("Another Tracker uses this profile and can't be reached.") from error
        time.sleep(0.02)
