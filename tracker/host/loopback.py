"""One answer of the browser, caught on this computer: a listener on 127.0.0.1, or ::1, at one path."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from html import escape

import anyio

from tracker.host.errors import HostError

PATIENCE = 300.0
"""Seconds a person has for signing in with the browser."""

PLACES = ("127.0.0.1", "::1")
"""This computer as it calls itself: an address, never a name that somebody could point elsewhere."""

_LONGEST_HEAD = 16 * 1024
_HEAD_WITHIN = 10.0
_MOST_AT_ONCE = 32

_PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Tracker</title>'
    '<meta name="viewport" content="width=device-width"><style>body{{font:1.1rem/1.5 system-ui,sans-serif;'
    "max-width:32rem;margin:20vh auto;padding:0 1.5rem;color-scheme:light dark}}</style></head>"
    "<body><main><h1>Tracker</h1><p>{words}</p></main></body></html>"
)
# RFC 9110, RFC 9111; the address of the page holds a one-time secret, so it goes nowhere else.
_HEADERS = (
    "Content-Type: text/html; charset=utf-8",
    "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy: no-referrer",
    "X-Content-Type-Options: nosniff",
    "Cache-Control: no-store",
    "Connection: close",
)


class BrowserTooLate(HostError):
    """The browser did not come back in time."""


class BrowserAnswer:
    """Where the browser is to be sent back to (`url`), and what it brings there.

    Only the first answer at this very address counts; every other call gets a page that says nothing.
    """

    def __init__(self, words: str, path: str = "") -> None:
        self.url = ""
        self._words = words
        self._host = ""
        self._path = path or f"/{secrets.token_urlsafe(24)}"
        self._query: str | None = None
        self._came = asyncio.Event()
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def __repr__(self) -> str:
        return f"BrowserAnswer({self._host!r})"

    async def wait(self, patience: float = PATIENCE) -> str:
        """Give the query of the address the browser came to; BrowserTooLate after `patience` seconds."""
        with anyio.move_on_after(patience):
            await self._came.wait()
        if self._query is None:
            raise BrowserTooLate("The browser has not come back from signing in. Try it again.")
        return self._query

    def open_at(self, place: str, port: int) -> None:
        """Know where we listen."""
        self._host = f"[{place}]:{port}" if ":" in place else f"{place}:{port}"
        self.url = f"http://{self._host}{self._path}"

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection, and close it."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - this is a coroutine of asyncio's
        self._tasks.add(task)
        self._writers.add(writer)
        try:
            with suppress(OSError, EOFError, asyncio.LimitOverrunError):
                if len(self._writers) <= _MOST_AT_ONCE:
                    await self._answer(reader, writer)
        finally:
            self._tasks.discard(task)
            self._writers.discard(writer)
            writer.close()

    async def aclose(self) -> None:
        """Hang up on whoever is still connected."""
        for writer in self._writers:
            writer.transport.abort()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = b""
        with anyio.move_on_after(_HEAD_WITHIN):
            head = await reader.readuntil(b"\r\n\r\n")
        query = self._query_in(head)
        if query is None:
            writer.write(_page("404 Not Found", "There is nothing here."))
        else:
            if self._query is None:
                self._query = query
            writer.write(_page("200 OK", self._words))
        await writer.drain()
        if query is not None:
            self._came.set()

    def _query_in(self, head: bytes) -> str | None:
        """Give the query of a call to our address; None for any other call.

        The name in `Host` is checked as well, so that a web page cannot reach us under a name of its own.
        """
        try:
            line, *fields = head.decode("ascii").split("\r\n")
            method, target, _version = line.split(" ")
        except ValueError:
            return None
        named = [
            value.strip() for name, _, value in (f.partition(":") for f in fields) if name.lower() == "host"
        ]
        path, _, query = target.partition("?")
        ours = method == "GET" and named == [self._host] and secrets.compare_digest(path, self._path)
        return query if ours else None


@asynccontextmanager
async def browser_answer(
    words: str = "Thank you. You can close this page and go back to Tracker.",
    *,
    path: str = "",
    places: Sequence[str] = PLACES,
) -> AsyncIterator[BrowserAnswer]:
    """Listen for one answer of the browser as long as this is open; `words` are what its page says.

    `path`: where a provider wants to know it beforehand; else one that nobody can guess. The port is any free
    one, at the first of `places` that there is (RFC 8252, 7.3 and 8.3). Needs an asyncio loop. Raises
    HostError where this computer does not let us listen.
    """
    answer = BrowserAnswer(words, path)
    server = await _listen(answer, places)
    try:
        yield answer
    finally:
        server.close()
        await answer.aclose()


async def _listen(answer: BrowserAnswer, places: Sequence[str]) -> asyncio.Server:
    trouble: OSError | None = None
    for place in places:
        try:
            server = await asyncio.start_server(answer.meet, place, 0, limit=_LONGEST_HEAD)
        except OSError as error:
            trouble = error
        else:
            answer.open_at(place, server.sockets[0].getsockname()[1])
            return server
    raise HostError(
        "This computer does not let Tracker wait for the browser. Sign in with a password, or ask IT."
    ) from trouble


def _page(status: str, words: str) -> bytes:
    body = _PAGE.format(words=escape(words)).encode()
    head = "\r\n".join((f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *_HEADERS, "", ""))
    return head.encode("ascii") + body
