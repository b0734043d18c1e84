"""One sign-in at the embedded desk: trades a password or a company's proof for a token."""

from collections.abc import AsyncIterator, Collection
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace

import anyio
import httpx
import msgspec

from tracker.desks.answer import Answer, decode
from tracker.desks.base import Secret, SecretKind, SecretSource
from tracker.desks.frontdesk import wire_desk
from tracker.desks.http import Call, DeskHttp
from tracker.model.errors import SignInRequired

_API = "/api/v1"


class Session:
    """Adds the token to each call; asks for the secret when there is none, and once more when it has ended.

    The password is not kept: it is asked for, traded and forgotten. A company's proof is renewed at its
    provider, and what comes is kept before it is used (where the source is a `SecretKeeper`), so that a
    program killed anywhere in between goes on. Errors are those of `DeskHttp` and of `desks.openid`.
    """

    def __init__(self, http: DeskHttp, user: str, secret: SecretSource) -> None:
        self.http = http
        self._user = user
        self._source = secret
        self._token: Secret | None = None
        self._person: wire_desk.User | None = None
        self._proving = anyio.Lock()

    async def sign_in(self) -> Secret:
        """Prove who we are anew; gives the token to keep."""
        async with self._proving:
            return await self._prove(await self._source())

    async def person(self) -> wire_desk.User:
        """Tell who is signed in, signing in if need be."""
        await self._ready_token()
        if self._person is None:
            raise SignInRequired(f"{self.http.desk} asks you to sign in again.")
        return self._person

    async def ask_person(self) -> wire_desk.User:
        """Ask the desk who is signed in."""
        self._person = decode(await self.ask(Call("GET", "/me")), wire_desk.Me).user
        return self._person

    async def ask(self, call: Call, *, accept: Collection[int] = ()) -> Answer:
        """Send a call as the person and read the whole answer."""
        used = await self._ready_token()
        try:
            return await self.http.ask(_signed(call, used), accept=accept)
        except SignInRequired:
            if not await self._renewed(used):
                raise
        return await self.http.ask(_signed(call, await self._ready_token()), accept=accept)

    @asynccontextmanager
    async def stream(self, call: Call) -> AsyncIterator[httpx.Response]:
        """Send a call as the person and give the answer while it arrives."""
        async with AsyncExitStack() as closing:
            used = await self._ready_token()
            try:
                response = await closing.enter_async_context(self.http.stream(_signed(call, used)))
            except SignInRequired:
                if not await self._renewed(used):
                    raise
                again = _signed(call, await self._ready_token())
                response = await closing.enter_async_context(self.http.stream(again))
            yield response

    async def open(self, call: Call) -> Answer:
        """Send a call that needs no sign-in."""
        return await self.http.ask(replace(call, path=_API + call.path))

    async def _ready_token(self) -> Secret:
        async with self._proving:
            if self._token is None:
                await self._prove(await self._source())
            if self._token is None:
                raise SignInRequired(f"{self.http.desk} asks you to sign in.")
            return self._token

    async def _renewed(self, used: Secret) -> bool:
        """Try to get another token for one that has ended; True when there is one now."""
        async with self._proving:
            if self._token is not used:
                return True
            self._token = None
            secret = await self._source()
            if secret.kind is SecretKind.TOKEN and secret.value == used.value:
                return False
            await self._prove(secret, ended=used.value)
            return True

    async def _prove(self, secret: Secret, *, ended: str = "") -> Secret:
        if secret.kind is SecretKind.OPEN_ID:
            return await self._prove_company(secret, ended)
        if secret.kind is SecretKind.TOKEN:
            self._person = await self._whose(secret)
            self._token = secret
            return secret
        signed_in = await self._trade(secret)
        self._person = signed_in.user
        self._token = Secret(SecretKind.TOKEN, signed_in.token)
        return self._token

    async def _prove_company(self, secret: Secret, ended: str) -> Secret:
        from tracker.desks.frontdesk.company import CompanyProof
        from tracker.desks.openid.kept import read_kept

        proof = CompanyProof(self.http, self._source)
        before = read_kept(secret)
        kept = await proof.prove(before, ended=ended)
        try:
            self._person = await self._whose(Secret(SecretKind.TOKEN, kept.session))
        except SignInRequired:
            if kept is not before:
                raise  # its token has just come from the desk
            kept = await proof.prove(kept, ended=kept.session)
            self._person = await self._whose(Secret(SecretKind.TOKEN, kept.session))
        self._token = Secret(SecretKind.TOKEN, kept.session)
        return kept.as_secret()

    async def _whose(self, token: Secret) -> wire_desk.User:
        return decode(await self.http.ask(_signed(Call("GET", "/me"), token)), wire_desk.Me).user

    async def _trade(self, password: Secret) -> wire_desk.SignedIn:
        body = msgspec.json.encode(wire_desk.SignIn(self._user, password.value))
        answer = await self.http.ask(Call("POST", f"{_API}/session", body=body), accept=(401,))
        if answer.status == 401:
            raise SignInRequired(
                f"{self.http.desk} does not know this name with this password. Check both and try again."
            )
        return decode(answer, wire_desk.SignedIn)


def _signed(call: Call, token: Secret) -> Call:
    bearer = ("authorization", f"Bearer {token.value}")
    return replace(call, path=_API + call.path, headers=(*call.headers, bearer))
