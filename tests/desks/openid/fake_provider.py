"""A provider that says what a test wants: the protocol alone, over HTTP on loopback."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.rigs.id_tokens import CLIENT, WELL_KNOWN, Signer
from tracker.desks.openid.browser import BrowserAttempt, begin
from tracker.desks.openid.provider import Company

BACK = "http://127.0.0.1:9/signed-in"
Form = dict[str, str]
Told = tuple[int, Any]


class FakeProvider:
    """Tells its configuration and keys; what else is asked, `answers` answer in turn, the last for ever."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.signer = Signer(url)
        self.configuration: dict[str, Any] = self.signer.configuration()
        self.answers: list[Told | Callable[[Form], Told]] = []
        self.forms: list[Form] = []
        self.company = Company(url, CLIENT)

    async def begin(self) -> BrowserAttempt:
        """Begin a sign-in with the browser."""
        return await begin(self.company, BACK)

    def tokens(self, attempt: BrowserAttempt | None = None, **claims: Any) -> Told:
        """Give a good answer of the token endpoint, but for what `claims` say."""
        nonce = {} if attempt is None else {"nonce": attempt.nonce}
        told = {"access_token": "a", "token_type": "Bearer", "refresh_token": "r-2", "expires_in": 300}
        return 200, told | {"id_token": self.signer.token(**(nonce | claims))}

    def answer(self, path: str, form: Form) -> Told:
        """Answer one call."""
        if path == WELL_KNOWN:
            return 200, self.configuration
        if path == "/keys":
            return 200, self.signer.keys()
        self.forms.append(form)
        told = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return told(form) if callable(told) else told


@asynccontextmanager
async def fake_provider() -> AsyncIterator[FakeProvider]:
    """Serve one as long as this is open."""
    served: list[FakeProvider] = []

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            length = next(
                (int(line[15:]) for line in head.split("\r\n") if line.lower().startswith("content-length:")),
                0,
            )
            body = (await reader.readexactly(length)).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            status, told = served[0].answer(urlsplit(head.split(" ")[1]).path, form)
            content = told if isinstance(told, bytes) else json.dumps(told).encode()
            writer.write(
                b"HTTP/1.1 %d X\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % (status, len(content))
            )
            writer.write(content)
            await writer.drain()
        except (OSError, EOFError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(meet, "127.0.0.1", 0)
    async with server:
        served.append(FakeProvider(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"))
        yield served[0]
