"""Signing in with a code on another device: asked as often as the provider allows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.desks.openid.fake_provider import FakeProvider, fake_provider
from tests.rigs.id_tokens import CLIENT
from tracker.desks.openid.device import LONGEST, begin_with_code
from tracker.model.errors import DeskError, SignInRequired, UnexpectedAnswer

pytestmark = pytest.mark.anyio

# The answer that RFC 8628, 3.2 shows, on hosts that a test may name.
RFC: dict[str, Any] = {
    "device_code": "GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS",
    "user_code": "WDJB-MJHT",
    "verification_uri": "https://example.com/device",
    "verification_uri_complete": "https://example.com/device?user_code=WDJB-MJHT",
    "expires_in": 1800,
    "interval": 5,
}
PENDING = (400, {"error": "authorization_pending"})


@pytest.fixture
async def provider() -> AsyncIterator[FakeProvider]:
    async with fake_provider() as one:
        one.configuration["device_authorization_endpoint"] = f"{one.url}/device"
        one.answers = [(200, RFC)]
        yield one


class Pauses:
    """Waits for nothing, and remembers for how long it would have."""

    def __init__(self) -> None:
        self.all: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.all.append(seconds)


async def test_the_code_is_told_as_the_provider_told_it(provider: FakeProvider) -> None:
    attempt = await begin_with_code(provider.company)
    assert (attempt.code, attempt.address, attempt.direct) == (
        RFC["user_code"],
        RFC["verification_uri"],
        RFC["verification_uri_complete"],
    )
    assert (attempt.seconds, attempt.interval) == (1800, 5)
    assert provider.forms == [{"client_id": CLIENT, "scope": "openid profile email offline_access"}]
    assert RFC["device_code"] not in repr(attempt)


async def test_it_asks_as_often_as_allowed_and_slower_when_told(provider: FakeProvider) -> None:
    attempt = await begin_with_code(provider.company)
    slow = (400, {"error": "slow_down"})
    provider.answers = [PENDING, slow, PENDING, (503, b""), PENDING, provider.tokens()]
    pauses = Pauses()
    assert (await attempt.finish(pause=pauses)).refresh == "r-2"
    assert pauses.all == [5, 5, 10, 10, 20, 20]
    assert provider.forms[-1] == {
        "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
        "device_code": RFC["device_code"],
        "client_id": CLIENT,
    }


@pytest.mark.parametrize(
    ("error", "words"),
    [("access_denied", "turned down"), ("expired_token", "run out"), ("other", "did not let")],
)
async def test_a_no_ends_it(provider: FakeProvider, error: str, words: str) -> None:
    attempt = await begin_with_code(provider.company)
    provider.answers = [PENDING, (400, {"error": error})]
    with pytest.raises(SignInRequired, match=words):
        await attempt.finish(pause=Pauses())


async def test_it_ends_by_itself_when_the_time_is_over(provider: FakeProvider) -> None:
    provider.answers = [(200, RFC | {"expires_in": 42})]
    attempt = await begin_with_code(provider.company)
    provider.answers = [PENDING]
    pauses = Pauses()
    with pytest.raises(SignInRequired, match="run out"):
        await attempt.finish(pause=pauses)
    assert sum(pauses.all) == 42


async def test_a_proof_that_comes_with_the_next_tokens_alone_is_got(provider: FakeProvider) -> None:
    attempt = await begin_with_code(provider.company)
    status, told = provider.tokens()
    provider.answers = [(status, told | {"id_token": ""}), (status, told | {"refresh_token": "r-3"})]
    tokens = await attempt.finish(pause=Pauses())
    assert (tokens.proof, tokens.refresh) == (told["id_token"], "r-3")


@pytest.mark.parametrize(
    "wrong",
    [
        {"verification_uri": "http://example.com/device"},
        {"verification_uri": "javascript:alert(1)"},
        {"user_code": "A\nB"},
        {"user_code": ""},
        {"user_code": "x" * 1_000},
        {"expires_in": "soon"},
        {"interval": -1},
        {"device_code": "a b"},
    ],
    ids=str,
)
async def test_an_odd_code_is_not_shown(provider: FakeProvider, wrong: dict[str, object]) -> None:
    provider.answers = [(200, RFC | wrong)]
    with pytest.raises(UnexpectedAnswer):
        await begin_with_code(provider.company)


async def test_what_is_odd_about_time_and_place_does_no_harm(provider: FakeProvider) -> None:
    odd = {"interval": 0, "expires_in": 1e8, "verification_uri_complete": "file:///etc/passwd"}
    provider.answers = [(200, RFC | odd)]
    attempt = await begin_with_code(provider.company)
    assert (attempt.interval, attempt.seconds, attempt.direct) == (1, LONGEST, "")


async def test_a_provider_without_codes_says_so(provider: FakeProvider) -> None:
    provider.answers = [(400, {"error": "unauthorized_client", "error_description": "Not for you"})]
    with pytest.raises(SignInRequired, match=r"Not for you\.$"):
        await begin_with_code(provider.company)
    del provider.configuration["device_authorization_endpoint"]
    with pytest.raises(DeskError, match="Use the browser"):
        await begin_with_code(provider.company)
