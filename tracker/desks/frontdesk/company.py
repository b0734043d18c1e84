"""The company's sign-in at the embedded desk: a proof is traded for its token, and renewed later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tracker.desks.answer import decode
from tracker.desks.chatting import SecretKeeper
from tracker.desks.frontdesk import wire, wire_desk
from tracker.desks.frontdesk.safe_values import line_of
from tracker.desks.http import Call, DeskHttp
from tracker.model.errors import SignInRequired

if TYPE_CHECKING:
    from tracker.desks.base import SecretSource
    from tracker.desks.openid.kept import Kept


class CompanyProof:
    """Trades and renews for one session. Errors are those of `DeskHttp` and of `desks.openid`."""

    def __init__(self, http: DeskHttp, source: SecretSource) -> None:
        self._http = http
        self._source = source

    async def prove(self, kept: Kept, *, ended: str = "") -> Kept:
        """Give what is kept with a session of the desk's in it. `ended`: one that is none any more.

        A proof that was kept but perhaps never shown is shown first; only then the provider is asked.
        """
        if kept.session and kept.session != ended and not kept.proof:
            return kept
        if kept.proof:
            try:
                return await self._show(kept)
            except SignInRequired:
                if not kept.session:  # the person has just signed in
                    raise
        return await self._show(await self._renew(kept))

    async def _renew(self, kept: Kept) -> Kept:
        """Get another proof from the provider, with a refresh token that is kept before it is used."""
        from tracker.desks.openid.id_token import check_proof
        from tracker.desks.openid.provider import find_provider
        from tracker.desks.openid.tokens import renew

        again = SignInRequired(f"{self._http.desk} asks you to sign in again.")
        if not kept.refresh:
            raise again
        provider = await find_provider(kept.company(self._http.network))
        tokens = await renew(provider, kept.refresh)
        held = msgspec.structs.replace(kept, refresh=tokens.refresh, proof=tokens.proof)
        await self._keep(held)
        if not tokens.proof:
            raise again
        await check_proof(provider, tokens.proof)
        return held

    async def _show(self, kept: Kept) -> Kept:
        body = msgspec.json.encode(wire_desk.ShowProof(kept.proof))
        answer = await self._http.ask(Call("POST", "/api/v1/session/company", body=body), accept=(401,))
        if answer.status == 401:
            said = line_of(decode(answer, wire.Refusal).message)
            raise SignInRequired(said or f"{self._http.desk} does not take this sign-in.")
        told = decode(answer, wire_desk.SignedIn)
        held = msgspec.structs.replace(kept, proof="", session=told.token, user=told.user.login)
        await self._keep(held)
        return held

    async def _keep(self, kept: Kept) -> None:
        if isinstance(self._source, SecretKeeper):
            await self._source.keep(kept.as_secret())
