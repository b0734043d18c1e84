"""A request from a browser on its way to a page: who asks, what for, and what they see when it is refused."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import quote

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

from tracker.frontdesk.desk import Desk
from tracker.frontdesk.pages.desk_time import DeskTime, desk_time
from tracker.frontdesk.pages.forms import Form, read_form, require_own
from tracker.frontdesk.pages.rendering import Press, see_other
from tracker.frontdesk.pages.sessions import AgentSession, recognise_agent
from tracker.frontdesk.reading import Viewer
from tracker.frontdesk.refusals import Refused

SESSION_COOKIE = "desk_session"
DONE_COOKIE = "desk_done"
HOME = "/desk"
STOP_ASKING = 286
"""The status on which htmx ends its polling (htmx documentation, "Polling")."""

SIGN_IN = "/desk/sign-in"
SIGNED_OUT = "You were signed out meanwhile, so nothing was sent. Sign in, then send it again."
APOLOGY = "Something went wrong at the desk. It has been written to the desk's log."

logger = logging.getLogger(__name__)

Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Visitor:
    """An agent at a page."""

    desk: Desk
    press: Press
    session: AgentSession
    request: Request
    time: DeskTime

    @property
    def viewer(self) -> Viewer:
        """The agent, as a reader of the whole desk."""
        return Viewer(self.session.user, whole_desk=True)

    def at_this_moment(self) -> Self:
        """Give the same visitor, later: what waits for news says times as of now."""
        return replace(self, time=desk_time(self.desk))

    def asked(self, name: str) -> str:
        """Give a parameter of the address, nothing where it is not there."""
        return self.request.query_params.get(name, "")[:1_000]


Show = Callable[[Visitor], Response]
Do = Callable[[Visitor, Form], Response]


@dataclass(frozen=True, slots=True)
class Door:
    """Lets agents in to pages and forms, and shows everybody else the way."""

    desk: Desk
    press: Press

    def showing(self, show: Show) -> Endpoint:
        """Answer with a page."""

        async def endpoint(request: Request) -> Response:
            def answer() -> Response:
                return show(self.admit(request, used=True))

            return await self.answered(request, answer)

        return endpoint

    def renewing(self, show: Show) -> Endpoint:
        """Answer what a page asks by itself, which is no use of it; the signed out are told, and it ends."""

        async def endpoint(request: Request) -> Response:
            def answer() -> Response:
                try:
                    visitor = self.admit(request, used=False)
                except Refused as refused:
                    if refused.code != "sign_in_needed":
                        raise
                    return self.press.page("gone.html", time=desk_time(self.desk), status=STOP_ASKING)
                return show(visitor)

            return await self.answered(request, answer)

        return endpoint

    def doing(self, do: Do) -> Endpoint:
        """Do what a form says, once it is known to be the agent's own."""

        async def endpoint(request: Request) -> Response:
            try:
                form = await read_form(request)
            except Refused as refused:
                return self.refusal(refused)

            def answer() -> Response:
                try:
                    visitor = self.admit(request, used=True)
                    require_own(request, form, visitor.session.form_token)
                except Refused as refused:
                    return self.not_sent(refused, form)
                return do(visitor, form)

            return await self.answered(request, answer)

        return endpoint

    def refusal(self, refused: Refused) -> Response:
        """Say on a page of its own why not."""
        time = desk_time(self.desk)
        name = self.desk.settings.name
        answer = self.press.page(
            "refused.html", time=time, status=refused.status, said=str(refused), desk_name=name
        )
        if refused.after is not None:
            answer.headers["Retry-After"] = str(refused.after)
        return answer

    async def answered(self, request: Request, answer: Callable[[], Response]) -> Response:
        """Work an answer out off the event loop; what is refused or fails is said on a page."""

        async def work() -> Response:
            return await anyio.to_thread.run_sync(answer)

        return await self.answered_by(request, work)

    async def answered_by(self, request: Request, work: Callable[[], Awaitable[Response]]) -> Response:
        """Wait for an answer; what is refused or fails is said on a page."""
        try:
            return await work()
        except Refused as refused:
            if refused.code == "sign_in_needed":
                return see_other(f"{SIGN_IN}?next={quote(request.url.path)}")
            return self.refusal(refused)
        except Exception:
            logger.exception("%s %s failed", request.method, request.url.path)
            return self.refusal(Refused("desk_broken", APOLOGY))

    def admit(self, request: Request, *, used: bool) -> Visitor:
        """Tell who asks; raises `Refused` when nobody is signed in. Call it off the event loop."""
        session = recognise_agent(self.desk, request.cookies.get(SESSION_COOKIE), used=used)
        return Visitor(self.desk, self.press, session, request, desk_time(self.desk))

    def not_sent(self, refused: Refused, form: Form) -> Response:
        """Show what was typed once more: the session ended, or another began, while it was being written."""
        return self.press.page(
            "not_sent.html",
            time=desk_time(self.desk),
            status=refused.status,
            said=SIGNED_OUT if refused.code == "sign_in_needed" else str(refused),
            kept=[form.get(name) for name in ("text", "reason", "place") if form.get(name)],
            sign_in=refused.code == "sign_in_needed",
            desk_name=self.desk.settings.name,
        )
