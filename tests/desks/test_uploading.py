"""How much of a file has gone is what a slow server has room for, not what was read from the disk."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import pytest

from tracker.desks.file_pieces import pieces_of
from tracker.desks.http import Call, DeskHttp
from tracker.model.attachment import LocalFile

pytestmark = pytest.mark.anyio

SIZE = 12_000_000
SOCKETS = 7_000_000
"""Bytes that both ends of a connection may hold at most: what was handed over, and not taken yet."""


class SlowServer:
    """Takes what is sent up a little at a time; `taken` counts it."""

    def __init__(self) -> None:
        self.taken = 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)

    async def __aenter__(self) -> str:
        self._server = await asyncio.start_server(self._take, sock=self._listening, limit=128 * 1024)
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    async def __aexit__(self, *_error: object) -> None:
        self._server.close()
        await self._server.wait_closed()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        while self.taken < SIZE:
            self.taken += len(await reader.read(128 * 1024))
            await asyncio.sleep(0.002)
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}")
        await writer.drain()
        writer.close()


class Source:
    """A file that notes how far it and the server are, each time it hears of it."""

    def __init__(self, path: Path, server: SlowServer) -> None:
        self._path, self._server = path, server
        self.seen: list[tuple[int, int]] = []

    def __call__(self, _file: LocalFile) -> Path:
        return self._path

    def handed(self, _file: LocalFile, sent: int) -> None:
        """Note it."""
        self.seen.append((sent, self._server.taken))


async def test_a_slow_server_is_seen_to_be_slow(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"x" * SIZE)
    file, server = LocalFile("k", "scan.pdf", SIZE), SlowServer()
    source = Source(path, server)
    async with server as url:
        http = DeskHttp("The desk", url)
        headers = (("content-length", str(SIZE)),)
        await http.ask(Call("POST", "/attachments", body=pieces_of(file, source), headers=headers))
        await http.aclose()
    assert [sent for sent, _ in source.seen] == [*range(65_536, SIZE, 65_536), SIZE]
    assert max(sent - taken for sent, taken in source.seen) < SOCKETS


async def test_a_source_that_does_not_watch_gives_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(bytes(range(256)) * 1000)
    file = LocalFile("k", "scan.pdf", 256_000)
    assert b"".join([piece async for piece in pieces_of(file, lambda _file: path)]) == path.read_bytes()
