"""The desk as an ASGI application: the table of calls, and refusals as answers."""

import logging
from collections.abc import Iterable
from email.utils import formatdate

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.routing import Route as PathRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tracker.frontdesk.answers import Refusal
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.refusals import Refused, not_found
from tracker.frontdesk.web.agents import agent_routes
from tracker.frontdesk.web.attending import attending_routes
from tracker.frontdesk.web.catalogue import catalogue_routes
from tracker.frontdesk.web.chats import chat_routes
from tracker.frontdesk.web.files import file_routes
from tracker.frontdesk.web.openapi import PREFIX, describe
from tracker.frontdesk.web.public import public_routes
from tracker.frontdesk.web.requesters import requester_routes
from tracker.frontdesk.web.route import Route, answer_response, json_response
from tracker.frontdesk.web.stream import Streaming

APOLOGY = "Something went wrong at the desk. It has been written to the desk's log."
DESCRIPTION_PATH = f"{PREFIX}/openapi.json"

logger = logging.getLogger(__name__)


def all_routes(streaming: Streaming | None = None) -> tuple[Route, ...]:
    """List every call of the API; a stream with another heartbeat can be given."""
    return (
        *public_routes(),
        *catalogue_routes(),
        *requester_routes(),
        streaming or Streaming(),
        *file_routes(),
        *agent_routes(),
        *chat_routes(),
        *attending_routes(),
    )


def build_application(
    desk: Desk, *, streaming: Streaming | None = None, pages: Iterable[BaseRoute] = ()
) -> ASGIApp:
    """Make the application that answers for this desk; `pages` for people are served beside the API."""
    routes = all_routes(streaming)
    description = describe(routes, name=desk.settings.name)

    async def show_description(_request: Request) -> Response:
        return json_response(description)

    paths: list[BaseRoute] = [_path(route, desk) for route in routes]
    paths += [PathRoute(DESCRIPTION_PATH, show_description), *pages]
    handlers = {Refused: _refuse, HTTPException: _explain}
    return Dated(Starlette(routes=paths, exception_handlers=handlers))


class Dated:
    """An application whose answers all carry the time, so that clients notice a wrong clock."""

    def __init__(self, application: ASGIApp) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on."""

        async def send_dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Date"] = formatdate(usegmt=True)
            await send(message)

        await self._application(scope, receive, send_dated)


def _path(route: Route, desk: Desk) -> PathRoute:
    async def endpoint(request: Request) -> Response:
        try:
            return await route.respond(desk, request)
        except Refused:
            raise
        except Exception:
            # Whatever it is, the asker gets an answer on a line that stays open, and the log gets the rest.
            logger.exception("%s %s failed", route.spec.method, route.spec.path)
            return await _refuse(request, Refused("desk_broken", APOLOGY))

    return PathRoute(PREFIX + route.spec.path, endpoint, methods=[route.spec.method])


async def _refuse(_request: Request, error: Exception) -> Response:
    if not isinstance(error, Refused):
        raise error
    headers = {"Retry-After": str(error.after)} if error.after is not None else {}
    if error.code in ("sign_in_needed", "wrong_password", "wrong_proof"):
        headers["WWW-Authenticate"] = "Bearer"
    refusal = Refusal(error=error.code, message=str(error))
    return answer_response(refusal, status=error.status, headers=headers)


async def _explain(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 405:
        return await _refuse(request, Refused("wrong_method", "The desk cannot be asked this in that way."))
    return await _refuse(request, not_found("That page"))
