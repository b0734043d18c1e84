"""One sign-in at a Matrix server: a token on each call, renewed before it ends, kept before it is used."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import anyio
import httpx
import msgspec

from tracker.desks.answer import Answer, decode
from tracker.desks.base import Secret, SecretKind, SecretSource
from tracker.desks.chatting import SecretKeeper
from tracker.desks.http import Call, DeskHttp
from tracker.desks.matrix.account import CLIENT, MatrixAccount
from tracker.desks.matrix.kept import Kept, kept_of, read_kept
from tracker.desks.matrix.refusals import TROUBLE, TokenEnded, read_refusal
from tracker.desks.matrix.wire_account import WhoAmI
from tracker.model.errors import SignInRequired

_TROUBLE_LIMIT = 64 * 1024


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is signed in: the whole user id, and the device whose transaction ids these are."""

    user: str
    device: str


def _utc_now() -> datetime:
    return datetime.now(UTC)


class MatrixSession:
    """Speaks as the person. Errors are those of `DeskHttp` and `read_refusal`.

    Renewing is one thing at a time. The new pair is kept (where the source is a `SecretKeeper`) before it is
    used: the server takes the old refresh token until then, so a program killed anywhere in between goes on
    with whichever pair was kept. Only a keyring that cannot be reached makes the next start ask again.
    A password is traded at once and not kept. `device`: the device of an earlier sign-in here, to stay it.
    """

    def __init__(
        self,
        http: DeskHttp,
        user: str,
        secret: SecretSource,
        *,
        device: str = "",
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        self.http = http
        self.account = MatrixAccount(http)
        self._user = user
        self._source = secret
        self._device = device
        self._now = now
        self._kept: Kept | None = None
        self._proving = anyio.Lock()

    async def sign_in(self) -> Secret:
        """Prove who we are; gives what to keep. SignInRequired when it is wrong or has ended."""
        await self.account.versions()
        async with self._proving:
            self._kept = None
        await self.identity()
        answer = await self.ask(Call("GET", f"{CLIENT}/v3/account/whoami"))
        told = decode(answer, WhoAmI)
        async with self._proving:
            kept = self._kept or await self._load(await self._source())
            if kept.user and kept.user != told.user_id:
                raise SignInRequired(f"{self.http.desk} knows you by another name now. Sign in again.")
            self._kept = msgspec.structs.replace(
                kept, user=told.user_id, device=kept.device or told.device_id
            )
            return self._kept.as_secret()

    async def identity(self) -> Identity:
        """Tell who is signed in, signing in if need be."""
        kept = await self._ready()
        if not kept.user:
            call = _signed(Call("GET", f"{CLIENT}/v3/account/whoami"), kept)
            told = decode(await self._ask_once(call), WhoAmI)
            return Identity(told.user_id, told.device_id)
        return Identity(kept.user, kept.device)

    async def ask(self, call: Call) -> Answer:
        """Send a call as the person and read the whole answer; a body in pieces must be readable twice."""
        used = await self._ready()
        try:
            return await self._ask_once(_signed(call, used))
        except TokenEnded:
            await self._renew(used)
        return await self._ask_once(_signed(call, await self._ready()))

    @asynccontextmanager
    async def stream(self, call: Call) -> AsyncIterator[httpx.Response]:
        """Send a call as the person and give the answer while it arrives."""
        async with AsyncExitStack() as closing:
            used = await self._ready()
            try:
                response = await closing.enter_async_context(self._stream_once(_signed(call, used)))
            except TokenEnded:
                await self._renew(used)
                again = _signed(call, await self._ready())
                response = await closing.enter_async_context(self._stream_once(again))
            yield response

    async def sign_out(self) -> None:
        """End the session at the server; its tokens are worth nothing after."""
        await self.ask(Call("POST", f"{CLIENT}/v3/logout", body=b"{}"))
        self._kept = None

    async def _ask_once(self, call: Call) -> Answer:
        answer = await self.http.ask(call, accept=TROUBLE)
        if answer.status in TROUBLE:
            raise read_refusal(answer)
        return answer

    @asynccontextmanager
    async def _stream_once(self, call: Call) -> AsyncIterator[httpx.Response]:
        async with self.http.stream(call, accept=TROUBLE) as response:
            if response.status_code in TROUBLE:
                body = b""
                async for piece in response.aiter_bytes():
                    body += piece
                    if len(body) > _TROUBLE_LIMIT:
                        break
                raise read_refusal(Answer(self.http.desk, response.status_code, response.headers, body))
            yield response

    async def _ready(self) -> Kept:
        async with self._proving:
            kept = self._kept or await self._load(await self._source())
            if kept.refresh and kept.renew_at and kept.renew_at <= self._now():
                kept = await self._refresh(kept)
            self._kept = kept
            return kept

    async def _renew(self, used: Kept) -> None:
        """Get other tokens for ones that have ended, unless somebody else just did."""
        async with self._proving:
            if self._kept is used:
                self._kept = await self._refresh(used)

    async def _load(self, secret: Secret) -> Kept:
        if secret.kind is SecretKind.TOKEN:
            return read_kept(secret)
        told = await self.account.login(self._user, secret.value, device=self._device)
        return await self._keep(kept_of(told, self._now()))

    async def _refresh(self, ended: Kept) -> Kept:
        try:
            if ended.refresh is None:
                raise SignInRequired(f"{self.http.desk} asks you to sign in again.")
            told = await self.account.refresh(ended.refresh)
        except SignInRequired:
            secret = await self._source()
            if secret.kind is SecretKind.TOKEN and read_kept(secret).access == ended.access:
                raise
            return await self._load(secret)
        # If keeping stops half-way, what was kept is read again: it is the pair to go on with.
        self._kept = None
        return await self._keep(ended.with_new(told, self._now()))

    async def _keep(self, kept: Kept) -> Kept:
        if isinstance(self._source, SecretKeeper):
            await self._source.keep(kept.as_secret())
        return kept


def _signed(call: Call, kept: Kept) -> Call:
    return replace(call, headers=(*call.headers, ("authorization", f"Bearer {kept.access}")))
