"""The embedded desk's calls, each as one method with typed answers (docs/frontdesk-api.md)."""

import re
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import quote

import httpx
import msgspec

from tracker.desks.answer import Answer, decode, refusal
from tracker.desks.frontdesk import wire, wire_desk
from tracker.desks.frontdesk.session import Session
from tracker.desks.http import Call
from tracker.model.errors import CommandRejected, UnexpectedAnswer

_PATH_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way up: `pieces` may be read more than once, `key` makes sending twice harmless."""

    name: str
    size: int
    key: str
    pieces: AsyncIterable[bytes]


class FrontDeskClient:
    """Speaks with one desk for one person. Errors are those of `DeskHttp`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def about(self) -> wire_desk.About:
        """Ask what the desk is and how much it takes."""
        return decode(await self._session.open(Call("GET", "/desk")), wire_desk.About)

    async def cursor(self) -> str:
        """Ask where the feed ends now."""
        return decode(await self._session.ask(Call("GET", "/cursor")), wire.CursorAnswer).cursor

    async def page(self, after: str | None, limit: int) -> wire.Page:
        """Ask for the next tickets with their events."""
        query: tuple[tuple[str, str], ...] = (("events", "1"), ("limit", str(limit)))
        if after is not None:
            query = (*query, ("after", after))
        return decode(await self._session.ask(Call("GET", "/tickets", query)), wire.Page)

    async def ticket(self, number: str) -> wire.Item | None:
        """Ask for one ticket with its events; None when it is not (or no longer) ours to see."""
        call = Call("GET", f"/tickets/{_part(number)}", (("events", "1"),))
        answer = await self._session.ask(call, accept=(404,))
        return None if _is_not_found(answer) else decode(answer, wire.Item)

    async def changes(self, after: str) -> wire.Changes:
        """Ask for what is new after a cursor."""
        return decode(await self._session.ask(Call("GET", "/changes", (("after", after),))), wire.Changes)

    @asynccontextmanager
    async def change_stream(self, after: str) -> AsyncIterator[httpx.Response]:
        """Open the stream of what is new after a cursor."""
        headers = (
            ("accept", "text/event-stream"),
            ("accept-encoding", "identity"),  # what is compressed is held back until there is more
            ("cache-control", "no-store"),
            ("last-event-id", after),
        )
        call = Call("GET", "/changes/stream", (("after", after),), headers=headers)
        async with self._session.stream(call) as response:
            yield response

    async def services(self) -> tuple[wire_desk.Service, ...]:
        """Ask for the catalogue."""
        return decode(await self._session.ask(Call("GET", "/services")), wire_desk.Services).services

    async def articles(self, words: str) -> tuple[wire_desk.Article, ...]:
        """Search the answers; best first."""
        call = Call("GET", "/articles", (("q", words[:500]), ("limit", "20")))
        return decode(await self._session.ask(call), wire_desk.Articles).articles

    async def upload(self, file: Upload) -> str:
        """Send a file up; gives the desk's id for it, for 24 hours, until a message names it."""
        headers = (
            ("content-type", "application/octet-stream"),
            ("content-length", str(file.size)),
            ("idempotency-key", file.key),
        )
        call = Call("POST", "/attachments", (("filename", file.name),), file.pieces, headers=headers)
        return decode(await self._session.ask(call), wire.File).id

    async def do(self, path: str, body: msgspec.Struct, key: str) -> wire.Done:
        """Carry out a command once, however often it is sent with this key."""
        headers = (("idempotency-key", key),)
        call = Call("POST", path, body=msgspec.json.encode(body), headers=headers)
        answer = await self._session.ask(call, accept=(409,))
        if answer.status == 409:
            if decode(answer, wire.Refusal).error == "key_reused":
                # The same command with files uploaded anew: what the key did first is the truth.
                done = await self.found(key)
                if done is not None and done.ticket is not None and done.event is not None:
                    return wire.Done(done.ticket, done.event)
            raise refusal(answer)
        return decode(answer, wire.Done)

    async def found(self, key: str) -> wire.Found | None:
        """Ask whether a command of ours was carried out; None when it certainly was not."""
        answer = await self._session.ask(Call("GET", f"/commands/{_part(key)}"), accept=(404,))
        return None if _is_not_found(answer) else decode(answer, wire.Found)

    @asynccontextmanager
    async def file(self, file_id: str) -> AsyncIterator[httpx.Response]:
        """Open a file at the desk for reading."""
        headers = (("accept-encoding", "identity"), ("accept", "*/*"))
        async with self._session.stream(
            Call("GET", f"/attachments/{_part(file_id)}", headers=headers)
        ) as response:
            yield response


def ticket_path(number: str, act: str) -> str:
    """Give the path of something one can do with a ticket."""
    return f"/tickets/{_part(number)}/{act}"


def _part(text: str) -> str:
    """Make an id part of a path; one that could lead elsewhere is refused."""
    if not _PATH_SAFE.fullmatch(text):
        raise CommandRejected("The desk does not have this.")
    return quote(text, safe="")


def _is_not_found(answer: Answer) -> bool:
    """Tell whether the desk itself says that there is no such thing; any other 404 is an error."""
    if answer.status != 404:
        return False
    if decode(answer, wire.Refusal).error != "not_found":
        raise UnexpectedAnswer(
            f"{answer.desk} does not know this question. Check the address in the settings."
        )
    return True
