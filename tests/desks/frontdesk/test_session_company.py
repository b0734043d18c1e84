"""The company's proof at the embedded desk: renewed once, kept before it is used, whatever stops us."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.desks.frontdesk.canned import ME, CannedDesk, Json, Reply, canned_desk
from tests.desks.openid.fake_provider import FakeProvider, fake_provider
from tests.rigs.id_tokens import CLIENT
from tracker.desks.base import DeskConfig, Secret
from tracker.desks.frontdesk.desk import KIND, FrontDesk, open_desk
from tracker.desks.openid.kept import Kept, read_kept
from tracker.model.errors import DeskUnavailable, SignInRequired

pytestmark = pytest.mark.anyio

ENDED: Json = {"error": "sign_in_needed", "message": "Please sign in."}
OLD: Json = {"error": "wrong_proof", "message": "The desk does not believe this sign-in."}
SERVICES: Json = {"services": []}
TRADE = "POST /api/v1/session/company"


class Keeper:
    """A keyring that remembers every text it was given, and what the desk had been asked by then."""

    def __init__(self, canned: CannedDesk, kept: Kept) -> None:
        self.held = kept.as_secret()
        self.kept: list[Kept] = []
        self.traded_before: list[int] = []
        self._canned = canned

    async def __call__(self) -> Secret:
        return self.held

    async def keep(self, secret: Secret) -> None:
        self.held = secret
        self.kept.append(read_kept(secret))
        self.traded_before.append(sum(asked.startswith(TRADE) for asked in self._canned.asked))


def traded(token: str) -> Reply:
    return Reply({"token": token, "expires_at": "2026-12-01T00:00:00Z"} | ME, 201)


@asynccontextmanager
async def signed_in(
    **fields: str,
) -> AsyncIterator[tuple[FakeProvider, CannedDesk, FrontDesk, Keeper]]:
    async with fake_provider() as provider, canned_desk() as (canned, _):
        kept = Kept(provider.url, CLIENT, ("openid",), **({"refresh": "r-1"} | fields))
        keeper = Keeper(canned, kept)
        desk = open_desk(DeskConfig(KIND, f"http://127.0.0.1:{canned.port}", "jane"), keeper)
        canned.say("GET /api/v1/me", Reply(ME))
        canned.say("GET /api/v1/services", Reply(SERVICES))
        yield provider, canned, desk, keeper
        await desk.aclose()


async def test_a_fresh_proof_is_traded_once_and_not_kept() -> None:
    async with signed_in(proof="p-1") as (provider, canned, desk, keeper):
        canned.say(TRADE, traded("t-1"))
        kept = read_kept(await desk.sign_in())
        await desk.catalogue()
        assert (kept.session, kept.proof, kept.refresh, kept.user) == ("t-1", "", "r-1", "jane")
        assert keeper.kept == [kept]
        assert provider.forms == []
        assert "t-1" not in repr(kept)


async def test_a_session_that_ended_is_renewed_with_tokens_that_are_kept_first() -> None:
    async with signed_in(session="t-1") as (provider, canned, desk, keeper):
        canned.say("GET /api/v1/services", Reply(ENDED, 401), Reply(SERVICES))
        canned.say(TRADE, traded("t-2"))
        provider.answers = [provider.tokens()]
        await desk.catalogue()
        first, last = keeper.kept
        assert (first.refresh, bool(first.proof), first.session) == ("r-2", True, "t-1")
        assert (last.refresh, last.proof, last.session) == ("r-2", "", "t-2")
        assert keeper.traded_before == [0, 1]


async def test_a_proof_that_was_kept_and_perhaps_never_shown_is_shown_first() -> None:
    async with signed_in(session="t-1", proof="p-2") as (provider, canned, desk, keeper):
        canned.say(TRADE, traded("t-2"))
        await desk.catalogue()
        assert provider.forms == []
        assert [each.session for each in keeper.kept] == ["t-2"]


async def test_a_proof_that_has_become_too_old_is_renewed() -> None:
    async with signed_in(session="t-1", proof="p-old") as (provider, canned, desk, keeper):
        canned.say(TRADE, Reply(OLD, 401), traded("t-2"))
        provider.answers = [provider.tokens()]
        await desk.catalogue()
        assert [each.refresh for each in keeper.kept] == ["r-2", "r-2"]


async def test_a_desk_that_does_not_let_one_in_is_quoted() -> None:
    async with signed_in(proof="p-1") as (_, canned, desk, keeper):
        canned.say(TRADE, Reply(OLD, 401))
        with pytest.raises(SignInRequired, match="does not believe this sign-in"):
            await desk.sign_in()
        assert keeper.kept == []


async def test_a_provider_that_is_away_is_waited_for_and_one_that_refuses_asks_the_person() -> None:
    async with signed_in(session="t-1") as (provider, canned, desk, keeper):
        canned.say("GET /api/v1/me", Reply(ENDED, 401))
        provider.answers = [(503, b""), (400, {"error": "invalid_grant"})]
        with pytest.raises(DeskUnavailable):
            await desk.catalogue()
        with pytest.raises(SignInRequired, match="sign in again"):
            await desk.catalogue()
        assert keeper.kept == []


async def test_without_a_refresh_token_or_another_proof_the_person_is_asked() -> None:
    async with signed_in(session="t-1") as (provider, canned, desk, keeper):
        canned.say("GET /api/v1/me", Reply(ENDED, 401))
        provider.answers = [(200, {"access_token": "a", "token_type": "Bearer", "refresh_token": "r-2"})]
        with pytest.raises(SignInRequired, match="sign in again"):
            await desk.catalogue()
        assert keeper.kept[-1].refresh == "r-2"
    async with signed_in(session="t-1", refresh="") as (provider, canned, desk, _):
        canned.say("GET /api/v1/me", Reply(ENDED, 401))
        with pytest.raises(SignInRequired, match="sign in again"):
            await desk.catalogue()
        assert provider.forms == []
