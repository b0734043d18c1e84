"""Signing in at the embedded desk: the password is traded once and forgotten, and never shown."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.contract.listening import hear
from tests.contract.values import assert_plain
from tests.desks.frontdesk.canned import EVENT, ME, TICKET, CannedDesk, Json, Reply, canned_desk
from tracker.desks.base import DeskConfig, Secret, SecretKind
from tracker.desks.frontdesk import wire_desk
from tracker.desks.frontdesk.desk import KIND, FrontDesk, open_desk
from tracker.model.batch import Cursor
from tracker.model.errors import DeskUnavailable, SignInRequired

pytestmark = pytest.mark.anyio

PASSWORD = Secret(SecretKind.PASSWORD, "correct horse")
ENDED: Json = {"error": "sign_in_needed", "message": "Please sign in."}
SERVICES: Json = {"services": []}


def session(token: str) -> Reply:
    return Reply({"token": token, "expires_at": "2026-12-01T00:00:00Z"} | ME, 201)


@asynccontextmanager
async def with_secrets(*secrets: Secret) -> AsyncIterator[tuple[CannedDesk, FrontDesk, list[Secret]]]:
    """Give a canned desk and a connector whose secret source gives these in turn, the last for ever."""
    left = list(secrets)
    asked: list[Secret] = []

    async def source() -> Secret:
        secret = left.pop(0) if len(left) > 1 else left[0]
        asked.append(secret)
        return secret

    async with canned_desk() as (canned, _):
        desk = open_desk(DeskConfig(KIND, f"http://127.0.0.1:{canned.port}", "jane"), source)
        yield canned, desk, asked
        await desk.aclose()


def used_tokens(canned: CannedDesk, line: str) -> list[str]:
    """List the tokens that came with requests of this kind."""
    return [
        head.partition("Bearer ")[2].split("\r\n")[0]
        for asked, head in zip(canned.asked, canned.heads, strict=True)
        if asked.startswith(line)
    ]


async def test_the_password_is_asked_for_once_and_traded_for_a_token() -> None:
    async with with_secrets(PASSWORD) as (canned, desk, asked):
        canned.say("POST /api/v1/session", session("t1"))
        canned.say("GET /api/v1/services", Reply(SERVICES))
        kept = await desk.sign_in()
        assert (kept.kind, kept.value) == (SecretKind.TOKEN, "t1")
        await desk.catalogue()
        await desk.catalogue()
        assert asked == [PASSWORD]
        assert used_tokens(canned, "GET /api/v1/services") == ["t1", "t1"]


async def test_many_calls_at_once_sign_in_once() -> None:
    async with with_secrets(PASSWORD) as (canned, desk, asked):
        canned.say("POST /api/v1/session", session("t1"))
        canned.say("GET /api/v1/services", Reply(SERVICES))
        await asyncio.gather(*(desk.catalogue() for _ in range(5)))
        assert len(asked) == 1


async def test_a_session_that_ended_is_renewed_once_for_all_calls() -> None:
    async with with_secrets(PASSWORD) as (canned, desk, asked):
        canned.say("POST /api/v1/session", session("t1"), session("t2"))
        canned.say("GET /api/v1/services", Reply(ENDED, 401), Reply(ENDED, 401), Reply(SERVICES))
        await desk.sign_in()
        await asyncio.gather(desk.catalogue(), desk.catalogue())
        assert len(asked) == 2
        assert used_tokens(canned, "GET /api/v1/services") == ["t1", "t1", "t2", "t2"]


async def test_a_session_that_ends_again_and_again_is_not_renewed_for_ever() -> None:
    async with with_secrets(PASSWORD) as (canned, desk, asked):
        canned.say("POST /api/v1/session", session("t1"))
        canned.say("GET /api/v1/services", Reply(ENDED, 401))
        with pytest.raises(SignInRequired):
            await desk.catalogue()
        assert len(asked) == 2


async def test_another_token_in_the_keyring_is_tried() -> None:
    old, new = Secret(SecretKind.TOKEN, "old"), Secret(SecretKind.TOKEN, "new")
    async with with_secrets(old, new) as (canned, desk, _):
        canned.say("GET /api/v1/services", Reply(ENDED, 401), Reply(SERVICES))
        assert await desk.catalogue() == ()
        assert used_tokens(canned, "GET /api/v1/services") == ["old", "new"]


async def test_too_many_tries_are_told_with_the_time_to_wait() -> None:
    async with with_secrets(PASSWORD) as (canned, desk, _):
        refused: Json = {"error": "slow_down", "message": "Please wait."}
        canned.say("POST /api/v1/session", Reply(refused, 429, (("Retry-After", "8"),)))
        with pytest.raises(DeskUnavailable) as busy:
            await desk.sign_in()
        assert busy.value.after == 8
        assert_plain(busy.value)


async def test_no_secret_is_ever_written_out() -> None:
    assert "correct horse" not in repr(wire_desk.SignIn("jane", "correct horse"))
    assert "t1" not in repr(wire_desk.SignedIn("t1", wire_desk.User("u", "jane", "Jane")))
    async with with_secrets(PASSWORD) as (canned, desk, _):
        canned.say("POST /api/v1/session", Reply({"error": "wrong_password", "message": "No."}, 401))
        with pytest.raises(SignInRequired) as refused:
            await desk.sign_in()
        assert "correct horse" not in repr(refused.value) + str(refused.value.__cause__)


async def test_a_request_one_may_no_longer_see_is_gone() -> None:
    theirs = TICKET | {"requester": {"id": "u7", "name": "Kim"}}
    changes: Json = {
        "changes": [{"seq": 2, "ticket": theirs, "event": EVENT | {"seq": 2, "kind": "reply"}}],
        "cursor": "c2",
    }
    async with canned_desk() as (canned, desk):
        body = b"event: changes\ndata: " + Reply(changes).wire().partition(b"\r\n\r\n")[2] + b"\n\n"
        canned.say("GET /api/v1/changes/stream", Reply(body, media_type="text/event-stream"))
        story = await hear(desk, Cursor("c1"))
        assert story.batches[-1].gone == ("REQ-1",)
