"""What can be asked for, and answers that may save the asking; clients may keep both until they change."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Generic

import anyio.to_thread
import msgspec
from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.responses import Response

from tracker.frontdesk.answers import Answer, Articles, Services
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.searching import search
from tracker.frontdesk.web.incoming import decode_query
from tracker.frontdesk.web.route import NoQuery, QueryT, Route, Spec, admitted, json_response

KEPT = ("If-None-Match",)
UNCHANGED = (304,)

_encode = msgspec.json.Encoder().encode


class ArticleQuery(Struct, frozen=True, kw_only=True):
    """Words to look for; none: everything."""

    q: Annotated[str, Meta(max_length=1_000)] = ""
    limit: Annotated[int, Meta(ge=1, le=100)] = 20


@dataclass(frozen=True, slots=True)
class Kept(Route, Generic[QueryT]):
    """A call whose answer carries an ETag: what the client has already is not sent again."""

    spec: Spec
    query: type[QueryT]
    work: Callable[[Desk, QueryT], Answer]

    async def respond(self, desk: Desk, request: Request) -> Response:
        """Answer, or say 304 when it has not changed."""
        query = decode_query(request, self.query)
        await anyio.to_thread.run_sync(admitted, desk, request, self.spec)
        content = _encode(self.work(desk, query))
        tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
        known = {part.strip() for part in request.headers.get("if-none-match", "").split(",")}
        if tag in known:
            return Response(status_code=304, headers=headers)
        return json_response(content, headers=headers)


def _services(desk: Desk, _query: NoQuery) -> Services:
    return Services(services=desk.settings.services)


def _articles(desk: Desk, query: ArticleQuery) -> Articles:
    return Articles(articles=search(desk.settings.articles, query.q, limit=query.limit))


def catalogue_routes() -> tuple[Route, ...]:
    """List the calls of this file."""
    services = Spec("GET", "/services", "What can be asked for", Services, headers=KEPT, also=UNCHANGED)
    articles = Spec(
        "GET",
        "/articles",
        "Answers to common questions",
        Articles,
        query=ArticleQuery,
        headers=KEPT,
        also=UNCHANGED,
    )
    return (Kept(services, NoQuery, _services), Kept(articles, ArticleQuery, _articles))
