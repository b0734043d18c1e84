"""Signing in with the browser: believed from this provider, to this question, now."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from tests.desks.openid.fake_provider import BACK, FakeProvider, fake_provider
from tests.rigs.id_tokens import CLIENT, new_key
from tests.rigs.synapse import free_port
from tracker.desks.openid.browser import BrowserAttempt, begin
from tracker.desks.openid.id_token import SKEW
from tracker.desks.openid.provider import Company, find_provider
from tracker.desks.openid.tokens import ProviderRefused, renew, revoke
from tracker.model.errors import DeskError, DeskUnavailable, SignInRequired, UnexpectedAnswer

pytestmark = pytest.mark.anyio


@pytest.fixture
async def provider() -> AsyncIterator[FakeProvider]:
    async with fake_provider() as one:
        yield one


def back_with(attempt: BrowserAttempt, **fields: str) -> str:
    return urlencode({"state": attempt.state, "code": "c-1"} | fields)


async def test_what_is_asked_is_a_code_bound_to_what_stays_here(provider: FakeProvider) -> None:
    attempt = await provider.begin()
    asked = {name: values[0] for name, values in parse_qs(urlsplit(attempt.url).query).items()}
    digest = hashlib.sha256(attempt.verifier.encode()).digest()
    assert asked == {
        "response_type": "code",
        "client_id": CLIENT,
        "redirect_uri": BACK,
        "scope": "openid profile email offline_access",
        "state": attempt.state,
        "nonce": attempt.nonce,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    provider.answers = [provider.tokens(attempt)]
    tokens = await attempt.finish(back_with(attempt))
    assert tokens.refresh == "r-2"
    assert provider.forms == [
        {
            "grant_type": "authorization_code",
            "code": "c-1",
            "redirect_uri": BACK,
            "code_verifier": attempt.verifier,
            "client_id": CLIENT,
        }
    ]
    hidden = f"{attempt!r} {tokens!r}"
    assert not [each for each in (attempt.verifier, tokens.proof) if each in hidden]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": "another"}, "another sign-in"),
        ({"state": ""}, "another sign-in"),
        ({"state": "ä"}, "another sign-in"),
        ({"code": ""}, "without a sign-in"),
        ({"iss": "https://evil.example"}, "did not come from"),
    ],
)
async def test_an_answer_to_another_question_is_not_used(
    provider: FakeProvider, fields: dict[str, str], words: str
) -> None:
    attempt = await provider.begin()
    with pytest.raises(UnexpectedAnswer, match=words):
        await attempt.finish(back_with(attempt, **fields))
    assert provider.forms == []  # nothing was sent to anybody


async def test_a_query_that_is_none_is_not_used(provider: FakeProvider) -> None:
    attempt = await provider.begin()
    twice = f"{back_with(attempt)}&state=other"
    for query in ("", "&" * 1_000, "a=1&" * 1_000, "%ff%fe", "x" * 100_000, twice):
        with pytest.raises(UnexpectedAnswer, match="another sign-in"):
            await attempt.finish(query)


async def test_a_provider_that_says_it_names_itself_must(provider: FakeProvider) -> None:
    provider.configuration["authorization_response_iss_parameter_supported"] = True
    attempt = await provider.begin()
    with pytest.raises(UnexpectedAnswer, match="did not come from"):
        await attempt.finish(back_with(attempt))
    provider.answers = [provider.tokens(attempt)]
    await attempt.finish(back_with(attempt, iss=provider.url))


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"nonce": "another"}, "not a proof of this sign-in"),
        ({"without": "nonce"}, "not a proof of this sign-in"),
        ({"iss": "https://evil.example"}, "not a proof of this sign-in"),
        ({"aud": "another-program"}, "not a proof of this sign-in"),
        ({"aud": [CLIENT, "another"]}, "not a proof of this sign-in"),
        ({"azp": "another"}, "not a proof of this sign-in"),
        ({"without": "sub"}, "not a proof of this sign-in"),
        ({"iat": int(time.time()) + 3600}, "not a proof of this sign-in"),
        ({"key": new_key("k1")}, "not a proof of this sign-in"),
        ({"exp": int(time.time()) - SKEW - 60}, "date and the time of this computer"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",  # moments differ from run to run
)
async def test_a_proof_of_something_else_is_none(
    provider: FakeProvider, claims: dict[str, Any], words: str
) -> None:
    attempt = await provider.begin()
    provider.answers = [provider.tokens(attempt, **claims)]
    with pytest.raises(UnexpectedAnswer, match=words):
        await attempt.finish(back_with(attempt))


async def test_clocks_may_be_apart_and_several_may_be_meant(provider: FakeProvider) -> None:
    attempt = await provider.begin()
    late = int(time.time()) - SKEW + 60
    provider.answers = [provider.tokens(attempt, exp=late, aud=[CLIENT, "desk"], azp=CLIENT)]
    assert (await attempt.finish(back_with(attempt))).proof


async def test_new_keys_of_the_provider_are_taken(provider: FakeProvider) -> None:
    attempt = await provider.begin()
    provider.signer.rotate()
    provider.answers = [provider.tokens(attempt)]
    assert (await attempt.finish(back_with(attempt))).proof


async def test_no_or_later_is_said_in_plain_words(provider: FakeProvider) -> None:
    attempt = await provider.begin()
    told = {"error": "invalid_scope", "error_description": "\x1b[31mCall\r\n+1 900 \u202e" + "x" * 9_000}
    with pytest.raises(SignInRequired) as refused:
        await attempt.finish(back_with(attempt, **told))
    words = str(refused.value)
    assert words.startswith("127.0.0.1 did not let you sign in: ")
    assert words.isprintable()
    assert len(words) < 300
    with pytest.raises(SignInRequired, match="turned down"):
        await attempt.finish(back_with(attempt, error="access_denied"))
    with pytest.raises(DeskUnavailable, match="busy"):
        await attempt.finish(back_with(attempt, error="temporarily_unavailable"))


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ((400, {"error": "invalid_grant"}), ProviderRefused),
        ((401, b"<html>no</html>"), ProviderRefused),
        ((400, b"[" * 50_000), ProviderRefused),
        ((503, b""), DeskUnavailable),
        ((302, b""), UnexpectedAnswer),
        ((200, b"x" * 300_000), UnexpectedAnswer),
        ((200, {"access_token": "a", "token_type": "mac"}), UnexpectedAnswer),
        ((200, {"access_token": "a b", "token_type": "Bearer"}), UnexpectedAnswer),
        ((200, {"access_token": "a", "token_type": "Bearer", "id_token": "x" * 20_000}), UnexpectedAnswer),
        ((200, {"access_token": "a", "token_type": "Bearer"}), UnexpectedAnswer),
        ((200, {"access_token": "a", "token_type": "Bearer", "id_token": "a.b.c"}), UnexpectedAnswer),
        ((200, b"not json"), UnexpectedAnswer),
    ],
    ids=lambda value: str(value)[:40],
)
async def test_bad_answers_are_errors_with_a_sentence(
    provider: FakeProvider, answer: tuple[int, Any], kind: type[DeskError]
) -> None:
    attempt = await provider.begin()
    provider.answers = [answer]
    with pytest.raises(kind) as error:
        await attempt.finish(back_with(attempt))
    assert str(error.value).endswith(".")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"issuer": "https://evil.example"}, "calls itself"),
        ({"token_endpoint": "http://login.example.org/token"}, "not encrypted"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "not encrypted"),
        ({"jwks_uri": "https://user:pass@login.example.org/keys"}, "not encrypted"),
        ({"device_authorization_endpoint": "file:///etc/passwd"}, "not encrypted"),
        ({"token_endpoint": ""}, "where to sign in"),
        ({"code_challenge_methods_supported": ["plain"]}, "PKCE"),
        ({"token_endpoint": 7}, "unknown shape"),
    ],
)
async def test_a_provider_that_says_something_odd_is_not_used(
    provider: FakeProvider, wrong: dict[str, object], words: str
) -> None:
    provider.configuration |= wrong
    with pytest.raises(UnexpectedAnswer, match=words):
        await provider.begin()


async def test_a_provider_that_is_away_or_unencrypted_is_said(provider: FakeProvider) -> None:
    with pytest.raises(DeskUnavailable, match="cannot be reached"):
        await begin(Company(f"http://127.0.0.1:{free_port()}", CLIENT), BACK)
    with pytest.raises(UnexpectedAnswer, match="not encrypted"):
        await begin(Company("http://login.example.org", CLIENT), BACK)
    with pytest.raises(UnexpectedAnswer, match="this computer"):
        await begin(provider.company, "https://evil.example/signed-in")


async def test_a_refresh_goes_on_with_the_token_it_was_given_or_the_one_before(
    provider: FakeProvider,
) -> None:
    found = await find_provider(provider.company)
    plain = provider.tokens()
    provider.answers = [plain, (200, json.loads(json.dumps(plain[1] | {"refresh_token": ""})))]
    assert (await renew(found, "r-1")).refresh == "r-2"
    assert (await renew(found, "r-2")).refresh == "r-2"
    assert provider.forms[0]["grant_type"] == "refresh_token"


async def test_revoking_is_said_where_the_provider_has_no_place_for_it(provider: FakeProvider) -> None:
    found = await find_provider(provider.company)
    assert await revoke(found, "r-1") is False
    provider.configuration["revocation_endpoint"] = f"{provider.url}/revoke"
    provider.answers = [(200, b""), (400, {"error": "unsupported_token_type"})]
    found = await find_provider(provider.company)
    assert [await revoke(found, "r-1"), await revoke(found, "r-1"), await revoke(found, "")] == [
        True,
        False,
        False,
    ]
    assert provider.forms[0] == {"token": "r-1", "token_type_hint": "refresh_token", "client_id": CLIENT}
