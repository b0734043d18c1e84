"""The local socket's counterpart on Windows: a named pipe. Written by the documentation; not run yet."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import aclosing
from typing import Protocol, cast

from tracker.host.errors import HandoverBroken, ProfileBusy
from tracker.host.handover_line import END, LONGEST_LINE, Handle


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


def ask_pipe(address: str, line: bytes) -> Iterator[bytes]:
    """Hand a line over through a named pipe and give the answer's lines; raises as ask() does."""
    try:
        with open(address, "r+b", buffering=0) as pipe:
            pipe.write(line + END)
            for said in pipe:
                if said == END:
                    return
                yield said.rstrip(END)
    except OSError as error:
        raise ProfileBusy("Another Tracker uses this profile and can't be reached.") from error
    raise HandoverBroken("The running Tracker stopped before it had answered.")
