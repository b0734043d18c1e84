"""A loopback server that says what it is told to say, for answers no real desk would give."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from tracker.desks.base import DeskConfig, Secret, SecretKind
from tracker.desks.frontdesk.desk import KIND, FrontDesk, open_desk

Json = dict[str, object]


@dataclass(slots=True)
class Reply:
    """One answer: JSON of `body` unless it is bytes."""

    body: Json | bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    media_type: str = "application/json"

    def wire(self) -> bytes:
        """Write it as HTTP/1.1."""
        body = self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()
        head = [
            f"HTTP/1.1 {self.status} X",
            f"Content-Type: {self.media_type}",
            f"Content-Length: {len(body)}",
            "Connection: close",
            *(f"{name}: {value}" for name, value in self.headers),
        ]
        return "\r\n".join(head).encode() + b"\r\n\r\n" + body


@dataclass(slots=True)
class CannedDesk:
    """Answers by the start of "METHOD path"; several replies to one are given in turn, the last for ever."""

    replies: dict[str, list[Reply]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    port: int = 0

    def say(self, line: str, *replies: Reply) -> None:
        """Set what is answered to a request, such as "GET /api/v1/me"."""
        self.replies[line] = list(replies)

    async def attend(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request and close."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        line = head.splitlines()[0].removesuffix(" HTTP/1.1")
        for name, _, value in (each.partition(":") for each in head.splitlines()[1:]):
            if name.lower() == "content-length":
                await reader.readexactly(int(value))
        self.asked.append(line)
        self.heads.append(head)
        found = max((start for start in self.replies if line.startswith(start)), key=len, default=None)
        reply = Reply({"error": "not_found", "message": "There is no such thing."}, 404)
        if found is not None:
            queue = self.replies[found]
            reply = queue.pop(0) if len(queue) > 1 else queue[0]
        writer.write(reply.wire())
        await writer.drain()
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


ME: Json = {"user": {"id": "u1", "login": "jane", "name": "Jane Doe"}}
ABOUT: Json = {"name": "IT", "version": "1", "api": 1, "capabilities": ["create"]}
CURSOR: Json = {"cursor": "c1"}
JANE: Json = {"id": "u1", "name": "Jane Doe"}
TICKET: Json = {
    "number": "REQ-1",
    "subject": "Printer",
    "state": "new",
    "created_at": "2026-11-20T09:00:00Z",
    "updated_at": "2026-11-20T09:00:00Z",
    "service": {"id": "other", "name": "Other"},
    "requester": JANE,
    "may": ["reply"],
}
EVENT: Json = {
    "id": "e1",
    "seq": 1,
    "ticket": "REQ-1",
    "kind": "created",
    "at": "2026-11-20T09:00:00Z",
    "actor": {"id": "u1", "name": "Jane Doe", "kind": "requester"},
    "text": "It jams.",
    "data": {},
    "attachments": [],
    "command_id": None,
    "public": True,
}


@asynccontextmanager
async def canned_desk() -> AsyncIterator[tuple[CannedDesk, FrontDesk]]:
    """Give a canned server and a connector to it that holds a token; the harmless calls are answered."""
    canned = CannedDesk()
    server = await asyncio.start_server(canned.attend, "127.0.0.1", 0)
    canned.port = server.sockets[0].getsockname()[1]
    canned.say("GET /api/v1/me", Reply(ME))
    canned.say("GET /api/v1/desk", Reply(ABOUT))
    canned.say("GET /api/v1/cursor", Reply(CURSOR))

    async def source() -> Secret:
        return Secret(SecretKind.TOKEN, "token-of-jane")

    desk = open_desk(DeskConfig(KIND, f"http://127.0.0.1:{canned.port}", "jane"), source)
    async with server:
        yield canned, desk
        await desk.aclose()
