"""The forms that calls to Request Tracker's REST2 share: pages, paths, bodies, a typed answer."""

from typing import TypeVar
from urllib.parse import quote

import msgspec

from tracker.desks.answer import decode
from tracker.desks.http import Call
from tracker.desks.rt.session import RtSession

T = TypeVar("T")

PAGE = 100
"""RT's largest page."""

MOST_PAGES = 400
"""More pages than this in one list is a server that never ends."""

Query = tuple[tuple[str, str], ...]


async def get(session: RtSession, path: str, kind: type[T], query: Query = ()) -> T:
    """Read what is at a path; errors are those of `RtSession`, and UnexpectedAnswer."""
    return decode(await session.ask(Call("GET", path, query=query)), kind)


def page_of(page: int, size: int) -> Query:
    """Give the part of a query that asks for one page, the first being 1."""
    return (("page", str(page)), ("per_page", str(size)))


def as_json(value: object) -> bytes:
    """Give a body in JSON."""
    return msgspec.json.encode(value)


def quoted(text: str) -> str:
    """Give a text as one part of a path."""
    return quote(text, safe="")
