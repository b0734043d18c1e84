"""Calls anybody may make, and one's own session: the desk's card, signing in and out."""

import anyio
import anyio.to_thread
import msgspec
from starlette.requests import Request
from starlette.responses import Response

import tracker
from tracker.frontdesk.answers import API_VERSION, DeskInfo, Limits, Me, Session
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.requests import Nothing, SignIn
from tracker.frontdesk.signing_in import sign_in, sign_out
from tracker.frontdesk.web.incoming import read_body
from tracker.frontdesk.web.route import Call, NoQuery, Reading, Route, Spec, admitted, answer_response

HASHES_AT_ONCE = 2
"""Each takes 64 MiB while it runs."""


class ShowDesk(Route):
    """What the desk says of itself."""

    spec = Spec("GET", "/desk", "What this desk is and can do", DeskInfo, access="anybody")

    async def respond(self, desk: Desk, request: Request) -> Response:
        """Answer from memory."""
        info = DeskInfo(
            name=desk.settings.name,
            version=tracker.__version__,
            api=API_VERSION,
            time=desk.clock(),
            min_client_version=desk.settings.min_client_version,
            limits=Limits(attachment_bytes=desk.settings.attachment_bytes),
        )
        return answer_response(info)


class SigningIn(Route):
    """Trade a password for a session."""

    spec = Spec(
        "POST",
        "/session",
        "Sign in",
        Session,
        body=SignIn,
        status=201,
        access="anybody",
        refusals=("wrong_password", "slow_down"),
    )

    def __init__(self) -> None:
        self._decoder = msgspec.json.Decoder(SignIn)
        self._turns = anyio.CapacityLimiter(HASHES_AT_ONCE)

    async def respond(self, desk: Desk, request: Request) -> Response:
        """Check the password off the event loop, a few at a time."""
        body = await read_body(request, self._decoder)
        address = request.client.host if request.client is not None else ""

        def enter() -> Session:
            return sign_in(desk, body, address=address)

        session = await anyio.to_thread.run_sync(enter, limiter=self._turns)
        return answer_response(session, status=201)


class SigningOut(Route):
    """End this session."""

    spec = Spec("DELETE", "/session", "Sign out: this token is dead at once", status=204)

    async def respond(self, desk: Desk, request: Request) -> Response:
        """Answer 204 once the session is gone."""

        def leave() -> None:
            sign_out(desk, admitted(desk, request, self.spec))

        await anyio.to_thread.run_sync(leave)
        return Response(status_code=204)


def _me(call: Call[Nothing, NoQuery]) -> Me:
    return Me(user=call.caller.user, expires_at=call.caller.expires_at)


def public_routes() -> tuple[Route, ...]:
    """List the calls of this file."""
    me = Reading(Spec("GET", "/me", "Who is signed in", Me), NoQuery, _me)
    return (ShowDesk(), SigningIn(), SigningOut(), me)
