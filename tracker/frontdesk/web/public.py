"""Calls anybody may make, and one's own session: the desk's card, signing in and out."""

from datetime import date
from zoneinfo import ZoneInfo

import anyio
import anyio.to_thread
import msgspec
from starlette.requests import Request
from starlette.responses import Response

import tracker
from tracker.frontdesk.answers import (
    API_VERSION,
    CompanyTold,
    DeskInfo,
    Hours,
    Limits,
    Me,
    Preferences,
    Session,
    SignInWays,
    capabilities,
)
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.entering import ShowProof, sign_in_with_proof
from tracker.frontdesk.hours import BusinessHours
from tracker.frontdesk.preferences import keep, preferences_of
from tracker.frontdesk.requests import KeepPreferences, Nothing, SignIn
from tracker.frontdesk.settings import CompanySignIn
from tracker.frontdesk.signing_in import sign_in, sign_out
from tracker.frontdesk.web.incoming import read_body
from tracker.frontdesk.web.route import (
    Call,
    Keeping,
    NoQuery,
    Reading,
    Route,
    Spec,
    admitted,
    answer_response,
)

HASHES_AT_ONCE = 2
"""Each takes 64 MiB while it runs."""
PROOFS_AT_ONCE = 4


class ShowDesk(Route):
    """What the desk says of itself."""

    spec = Spec("GET", "/desk", "What this desk is and can do", DeskInfo, access="anybody")

    def __init__(self) -> None:
        self._known: dict[int, Hours] = {}

    async def respond(self, desk: Desk, request: Request) -> Response:
        """Answer from memory."""
        info = DeskInfo(
            name=desk.settings.name,
            version=tracker.__version__,
            api=API_VERSION,
            time=desk.clock(),
            min_client_version=desk.settings.min_client_version,
            limits=Limits(attachment_bytes=desk.settings.attachment_bytes),
            hours=self._hours(desk),
            capabilities=capabilities(chat=desk.settings.chat.enabled),
            sign_in=_ways(desk.settings.sign_in),
        )
        return answer_response(info)

    def _hours(self, desk: Desk) -> Hours | None:
        """Work the hours out once a year: the holidays of a country take a tenth of a second."""
        business = desk.settings.hours
        if business is None:
            return None
        today = desk.clock().astimezone(ZoneInfo(business.zone)).date()
        if today.year not in self._known:
            self._known = {today.year: _told(business, today)}
        return self._known[today.year]


def _told(business: BusinessHours, today: date) -> Hours:
    spell = (f"{business.opens:%H:%M}", f"{business.closes:%H:%M}")
    week = tuple((spell,) if day in business.days else () for day in range(7))
    return Hours(zone=business.zone, week=week, holidays=business.told_days_off(today))


def _ways(company: CompanySignIn | None) -> SignInWays:
    if company is None:
        return SignInWays(password=True, company=None)
    told = CompanyTold(issuer=company.issuer, client_id=company.client_id)
    return SignInWays(password=company.passwords, company=told)


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
        refusals=("wrong_password", "slow_down", "not_allowed"),
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


class ShowingProof(Route):
    """Trade the company's proof for a session."""

    spec = Spec(
        "POST",
        "/session/company",
        "Sign in with the company's OpenID provider",
        Session,
        body=ShowProof,
        status=201,
        access="anybody",
        refusals=("wrong_proof", "not_found", "provider_away"),
    )

    def __init__(self) -> None:
        self._decoder = msgspec.json.Decoder(ShowProof)
        self._turns = anyio.CapacityLimiter(PROOFS_AT_ONCE)

    async def respond(self, desk: Desk, request: Request) -> Response:
        """Check it off the event loop: the provider may have to be asked for its keys."""
        body = await read_body(request, self._decoder)

        def enter() -> Session:
            return sign_in_with_proof(desk, body)

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
    return (ShowDesk(), SigningIn(), ShowingProof(), SigningOut(), me, *_preferences())


def _preferences() -> tuple[Route, ...]:
    path = "/me/preferences"
    asking = Spec("GET", path, "How I want to be told", Preferences)
    keeping = Spec(
        "PUT",
        path,
        "Keep how I want to be told",
        Preferences,
        body=KeepPreferences,
        refusals=("no_space",),
    )
    return (
        Reading(asking, NoQuery, lambda call: preferences_of(call.desk, call.viewer)),
        Keeping(keeping, KeepPreferences, lambda call: keep(call.desk, call.viewer, call.body)),
    )
