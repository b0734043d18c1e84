"""One sign-in at Request Tracker: a session cookie from the password, or a token on every call."""

from collections.abc import AsyncIterator, Collection
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace

import anyio
import httpx

from tracker.desks.answer import Answer, decode, elsewhere
from tracker.desks.base import Secret, SecretKind, SecretSource
from tracker.desks.http import Call, DeskHttp
from tracker.desks.rt import wire
from tracker.model.errors import NetworkSignInRequired, SignInRequired, UnexpectedAnswer

REST = "/REST/2.0"
_LOGIN = "/NoAuth/Login.html"


class RtSession:
    """Adds the proof to each call and signs in again, once, when the session has ended.

    A token costs the server a quarter of a second each time (its check is a bcrypt hash), a cookie a
    hundredth: so a password is traded for a cookie, which lives in memory only.
    """

    def __init__(self, http: DeskHttp, user: str, secret: SecretSource) -> None:
        self.http = http
        self.user = user
        self._source = secret
        self._proof: object | None = None  # another object for each sign-in, to see who was first
        self._token = ""
        self._proving = anyio.Lock()

    async def sign_in(self) -> Secret:
        """Prove who we are anew; gives the secret to keep. SignInRequired when it is wrong."""
        async with self._proving:
            return await self._prove()

    async def ask(self, call: Call, *, accept: Collection[int] = ()) -> Answer:
        """Send a call as the person and read the whole answer."""
        used = await self._ready()
        try:
            return await self._ask_once(call, accept)
        except SignInRequired:
            await self._renew(used)
        return await self._ask_once(call, accept)

    @asynccontextmanager
    async def stream(self, call: Call) -> AsyncIterator[httpx.Response]:
        """Send a call as the person and give the answer while it arrives."""
        async with AsyncExitStack() as closing:
            used = await self._ready()
            response = await closing.enter_async_context(self._stream_once(call))
            if response is None:
                await self._renew(used)
                response = await closing.enter_async_context(self._stream_once(call))
            if response is None:
                raise SignInRequired(f"{self.http.desk} asks you to sign in again.")
            yield response

    async def _ask_once(self, call: Call, accept: Collection[int]) -> Answer:
        answer = await self.http.ask(self._signed(call), accept=(*accept, 302))
        # With a cookie RT answers 302 to its own front page where a stranger gets 401.
        if answer.status == 302 and 302 not in accept:
            self._check_place(answer.headers)
            raise SignInRequired(f"{self.http.desk} asks you to sign in again.")
        return answer

    @asynccontextmanager
    async def _stream_once(self, call: Call) -> AsyncIterator[httpx.Response | None]:
        async with self.http.stream(self._signed(call), accept=(302, 401)) as response:
            if response.status_code == 302:
                self._check_place(response.headers)
            yield response if response.is_success else None

    def _signed(self, call: Call) -> Call:
        if not self._token:
            return call
        return replace(call, headers=(*call.headers, ("authorization", f"token {self._token}")))

    def _check_place(self, headers: httpx.Headers) -> None:
        """Let only RT's own redirects mean "sign in"; another place is said, not followed."""
        place = self.http.url.join(headers.get("location", "/"))
        ours = self.http.url
        # RT names its sign-in page as it believes to be called, which may be another port behind a proxy.
        if place.host == ours.host and place.path == ours.path.rstrip("/") + _LOGIN:
            return
        if (place.scheme, place.host, place.port) != (ours.scheme, ours.host, ours.port):
            if place.host != ours.host:
                raise NetworkSignInRequired(elsewhere(self.http.desk, str(place)))
            raise UnexpectedAnswer(
                f"{self.http.desk} sends us to {place.host[:100]}; we did not follow. "
                "Check the address in the settings."
            )

    async def _ready(self) -> object:
        async with self._proving:
            if self._proof is None:
                await self._prove()
            return self._proof

    async def _renew(self, used: object) -> None:
        async with self._proving:
            if self._proof is used:
                self._proof = None
                await self._prove()

    async def _prove(self) -> Secret:
        secret = await self._source()
        if secret.kind is SecretKind.OPEN_ID:  # a secret for others: it must not get there as a password
            raise SignInRequired(f"{self.http.desk} wants a password or a token.")
        self.http.forget_cookies()
        self._token = secret.value if secret.kind is SecretKind.TOKEN else ""
        if not self._token:
            form = (("user", self.user), ("pass", secret.value))
            answer = await self.http.ask(Call("POST", _LOGIN, form=form), accept=(302,))
            if answer.status == 302:
                self._check_place(answer.headers)
        await self._check_proof()
        self._proof = object()
        return secret

    async def _check_proof(self) -> None:
        # The sign-in page answers 200 whatever it was given; only an authenticated call tells.
        answer = await self.http.ask(self._signed(Call("GET", f"{REST}/rt")), accept=(302, 401, 404))
        if answer.status == 302:
            self._check_place(answer.headers)
        if answer.status in (302, 401):
            raise SignInRequired(self._wrong())
        if answer.status == 404:
            raise UnexpectedAnswer(f"There is no Request Tracker at {self.http.url}. Check the address.")
        decode(answer, wire.Version)

    def _wrong(self) -> str:
        desk = self.http.desk
        if self._token:
            return f"{desk} does not know this token, or it has been withdrawn. Ask IT for a new one."
        if "@" in self.user:
            return (
                f"{desk} does not know this name with this password. "
                "It wants your user name there, not your e-mail address."
            )
        return f"{desk} does not know this name with this password. Check both and try again."
