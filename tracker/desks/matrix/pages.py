"""Reads back in rooms: a conversation from its beginning, or what lies between two looks."""

from collections.abc import AsyncGenerator, Collection
from contextlib import aclosing

import msgspec

from tracker.desks.answer import decode
from tracker.desks.http import Call
from tracker.desks.matrix import wire
from tracker.desks.matrix.client import MatrixClient
from tracker.desks.matrix.paths import room_path

PAGE = 500
_MOST_PAGES = 10_000
_WITH_SENDERS = '{"lazy_load_members":true}'


class Pages:
    """Pages of rooms, newest first. Errors are those of `MatrixSession`."""

    def __init__(self, client: MatrixClient) -> None:
        self._client = client

    async def back(
        self, room: str, start: str | None, *, until: str | None = None
    ) -> AsyncGenerator[wire.Page, None]:
        """Give page after page from `start` (None: now) back to `until` (None: the room's beginning)."""
        place = start
        for _ in range(_MOST_PAGES):
            page = await self._page(room, place, until)
            yield page
            if not page.end or page.end == place or not page.chunk or _is_beginning(page.chunk[-1]):
                return
            place = page.end

    async def _page(self, room: str, start: str | None, until: str | None) -> wire.Page:
        query = [("dir", "b"), ("limit", str(PAGE)), ("filter", _WITH_SENDERS)]
        query += [("from", start)] if start is not None else []
        query += [("to", until)] if until is not None else []
        answer = await self._client.session.ask(Call("GET", room_path(room, "messages"), query=tuple(query)))
        return decode(answer, wire.Page)


async def read_back(
    pages: AsyncGenerator[wire.Page, None], most: int
) -> tuple[list[wire.Event], list[wire.Event]]:
    """Gather up to `most` events in the order in which they happened, and the state told beside them."""
    events: list[wire.Event] = []
    state: list[wire.Event] = []
    async with aclosing(pages):
        async for page in pages:
            events += wire.events_in(page.chunk)
            state += wire.events_in(page.state)
            if len(events) >= most:
                break
    return events[::-1], state


async def until_known(
    pages: AsyncGenerator[wire.Page, None], known: Collection[str]
) -> AsyncGenerator[wire.Page, None]:
    """Give pages up to the first one with an event that is known: what is before it is known, too."""
    async with aclosing(pages):
        async for page in pages:
            yield page
            if known and any(event.event_id in known for event in wire.events_in(page.chunk)):
                return


def _is_beginning(raw: msgspec.Raw) -> bool:
    """Tell whether this is the event that every room begins with: nothing is before it."""
    return any(event.type == "m.room.create" for event in wire.events_in((raw,)))
