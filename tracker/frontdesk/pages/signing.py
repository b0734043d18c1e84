"""The way in and out: the sign-in page, its form, and signing out."""

import secrets

import anyio
import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

from tracker.frontdesk.pages.desk_time import desk_time
from tracker.frontdesk.pages.forms import Form, read_form, require_own
from tracker.frontdesk.pages.rendering import see_other
from tracker.frontdesk.pages.sessions import AgentSession, enter, form_token, leave, recognise_agent
from tracker.frontdesk.pages.visitor import HOME, SESSION_COOKIE, SIGN_IN, Door, Visitor
from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.requests import SignIn

VISIT_COOKIE = "desk_visit"
"""A random value that the sign-in form's token is made of, for browsers that have no session yet."""

HASHES_AT_ONCE = 2
"""Each takes 64 MiB while it runs."""

NO_COOKIE = "Your browser did not keep the desk's cookie. Allow cookies for this address, then sign in."
LINE = 1_000


class SignInPage:
    """Shows the way in, and lets agents in."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._turns = anyio.CapacityLimiter(HASHES_AT_ONCE)

    async def show(self, request: Request) -> Response:
        """Ask for name and password, unless the agent is signed in already."""
        wanted = _page_of_desk(request.query_params.get("next", ""))
        token = request.cookies.get(SESSION_COOKIE)

        known = bool(token) and await anyio.to_thread.run_sync(self._is_known, token or "")
        if known:
            return see_other(wanted)
        return self._page(request, wanted)

    def _is_known(self, token: str) -> bool:
        try:
            recognise_agent(self._door.desk, token, used=True)
        except Refused:
            return False
        return True

    async def submit(self, request: Request) -> Response:
        """Let an agent in, or say why not; wrong guesses get slower here as at the API."""
        try:
            form = await read_form(request)
        except Refused as refused:
            return self._page(request, HOME, refused)
        try:
            session = await self._enter(request, form)
        except Refused as refused:
            return self._page(request, _page_of_desk(form.get("next")), refused, name=form.get("user"))
        answer = see_other(_page_of_desk(form.get("next")))
        _set_cookie(request, answer, SESSION_COOKIE, session.token)
        answer.delete_cookie(VISIT_COOKIE, path=HOME)
        return answer

    async def _enter(self, request: Request, form: Form) -> AgentSession:
        visit = request.cookies.get(VISIT_COOKIE)
        if not visit:
            raise Refused("not_allowed", NO_COOKIE)
        require_own(request, form, form_token(visit))
        name, password = form.get("user")[:LINE], form.values.get("password", "")[:LINE]
        if not name or not password:
            raise Refused("invalid", "Please fill in your name and your password.")
        body = SignIn(user=name, password=password)
        address = request.client.host if request.client is not None else ""

        def sign_in() -> AgentSession:
            return enter(self._door.desk, body, address=address)

        return await anyio.to_thread.run_sync(sign_in, limiter=self._turns)

    def _page(
        self, request: Request, wanted: str, refused: Refused | None = None, *, name: str = ""
    ) -> Response:
        visit = request.cookies.get(VISIT_COOKIE) or secrets.token_urlsafe(32)
        answer = self._door.press.page(
            "sign_in.html",
            time=desk_time(self._door.desk),
            status=refused.status if refused is not None else 200,
            desk_name=self._door.desk.settings.name,
            token=form_token(visit),
            wanted=wanted,
            name=name,
            said=str(refused) if refused is not None else "",
        )
        _set_cookie(request, answer, VISIT_COOKIE, visit)
        if refused is not None and refused.after is not None:
            answer.headers["Retry-After"] = str(refused.after)
        return answer


def sign_out(visitor: Visitor, _form: Form) -> Response:
    """End the session, and show the way in."""
    leave(visitor.desk, visitor.session)
    answer = see_other(SIGN_IN)
    answer.delete_cookie(SESSION_COOKIE, path=HOME)
    return answer


def _set_cookie(request: Request, answer: Response, name: str, value: str) -> None:
    """Set a cookie that no script reads and no other site sends; only over TLS where there is TLS."""
    answer.set_cookie(
        name, value, path=HOME, httponly=True, samesite="strict", secure=request.url.scheme == "https"
    )


def _page_of_desk(path: str) -> str:
    """Give the path back if it is one of these pages', else the first page's: nobody is sent elsewhere."""
    plain = path.isascii() and path.replace("/", "").replace("-", "").isalnum()
    inside = path == HOME or path.startswith(f"{HOME}/")
    return path if plain and inside and not path.startswith(SIGN_IN) else HOME
