"""Signing in at a real Matrix server with a password, staying signed in, and leaving."""

from __future__ import annotations

import logging

import httpx
import pytest

from tests.desks.matrix.signing_in import Keeper, password_of, session_at, signed_in
from tests.rigs.synapse import SynapseRig
from tests.rigs.synapse_site import ADMIN, JANE, OMAR, TESS
from tracker.desks.base import Secret, SecretKind
from tracker.desks.matrix.kept import read_kept, tokens_in
from tracker.desks.matrix.login import sign_out, who
from tracker.desks.matrix.signals import MatrixSignals
from tracker.model.errors import SignInRequired, UnexpectedAnswer

pytestmark = [pytest.mark.anyio, pytest.mark.matrix]


def devices(rig: SynapseRig, token: str) -> list[str]:
    answer = httpx.get(
        f"{rig.url}/_matrix/client/v3/devices",
        headers={"authorization": f"Bearer {token}"},
        trust_env=False,
    )
    return [device["device_id"] for device in answer.raise_for_status().json()["devices"]]


async def test_a_password_is_traded_for_tokens_that_can_be_renewed(synapse_rig: SynapseRig) -> None:
    secret = await signed_in(synapse_rig, JANE)
    kept = read_kept(secret)
    assert secret.kind is SecretKind.TOKEN
    assert kept.user == JANE.id
    assert kept.device
    assert kept.refresh
    assert kept.renew_at is not None
    assert JANE.password not in secret.value


@pytest.mark.parametrize("user", ["jane", "@jane:desk.example.test"])
async def test_a_name_may_be_written_short_or_whole(synapse_rig: SynapseRig, user: str) -> None:
    async with session_at(synapse_rig.url, user, Keeper(password_of(JANE))) as session:
        assert (await session.identity()).user == JANE.id


@pytest.mark.parametrize("user", ["jane", "nobody", "@jane:elsewhere.test", "not a name"])
async def test_a_wrong_name_or_password_is_said_plainly(synapse_rig: SynapseRig, user: str) -> None:
    wrong = Keeper(Secret(SecretKind.PASSWORD, "not it"))
    async with session_at(synapse_rig.url, user, wrong) as session:
        with pytest.raises(SignInRequired, match="does not know this name with this password"):
            await session.sign_in()


async def test_a_closed_account_is_not_signed_in(synapse_rig: SynapseRig) -> None:
    admin = {"authorization": f"Bearer {synapse_rig.token(ADMIN)}"}
    place = f"{synapse_rig.url}/_synapse/admin"
    with httpx.Client(trust_env=False, headers=admin, timeout=30) as http:
        gone = "@gone:desk.example.test"
        http.put(f"{place}/v2/users/{gone}", json={"password": "gone-pass"}).raise_for_status()
        secret = Secret(SecretKind.PASSWORD, "gone-pass")
        async with session_at(synapse_rig.url, "gone", Keeper(secret)) as session:
            await session.sign_in()
            http.post(f"{place}/v1/deactivate/{gone}", json={}).raise_for_status()
            with pytest.raises(SignInRequired):
                await session.sign_in()


async def test_a_restart_goes_on_without_a_new_sign_in(synapse_rig: SynapseRig) -> None:
    secret = await signed_in(synapse_rig, OMAR)
    before = devices(synapse_rig, synapse_rig.token(OMAR))
    for _ in range(3):
        async with session_at(synapse_rig.url, "omar", Keeper(secret)) as session:
            assert await session.sign_in() == secret
            assert await session.identity() == who(secret)
    assert devices(synapse_rig, synapse_rig.token(OMAR)) == before


async def test_signing_in_again_stays_the_same_device(synapse_rig: SynapseRig) -> None:
    device = who(await signed_in(synapse_rig, JANE)).device
    async with session_at(synapse_rig.url, "jane", Keeper(password_of(JANE)), device=device) as session:
        assert who(await session.sign_in()).device == device


async def test_a_token_that_somebody_typed_in_is_enough(synapse_rig: SynapseRig) -> None:
    typed = Keeper(Secret(SecretKind.TOKEN, synapse_rig.token(TESS)))
    async with session_at(synapse_rig.url, "", typed) as session:
        kept = await session.sign_in()
        assert who(kept).user == TESS.id
        assert (await MatrixSignals(session).profile(TESS.id)).displayname == "Tess Tech"


async def test_a_token_of_somebody_else_is_not_taken_for_ours(synapse_rig: SynapseRig) -> None:
    kept = read_kept(await signed_in(synapse_rig, JANE))
    mixed = f'{{"access":"{kept.access}","user":"@omar:desk.example.test"}}'
    async with session_at(synapse_rig.url, "", Keeper(Secret(SecretKind.TOKEN, mixed))) as session:
        with pytest.raises(SignInRequired, match="by another name"):
            await session.sign_in()


async def test_leaving_ends_the_session_at_the_server_too(synapse_rig: SynapseRig) -> None:
    secret = await signed_in(synapse_rig, OMAR)
    assert await sign_out(synapse_rig.url, secret)
    assert who(secret).device not in devices(synapse_rig, synapse_rig.token(OMAR))
    async with session_at(synapse_rig.url, "", Keeper(secret)) as session:
        with pytest.raises(SignInRequired, match="sign in again"):
            await session.sign_in()
    assert await sign_out(synapse_rig.url, secret), "it is over, which is all that was asked"


async def test_leaving_while_the_server_is_away_takes_no_longer_than_that() -> None:
    secret = Secret(SecretKind.TOKEN, '{"access":"syt_x","user":"@jane:desk.example.test"}')
    assert not await sign_out("http://127.0.0.1:9", secret)


async def test_no_token_is_ever_in_an_address_a_log_or_a_representation(
    synapse_rig: SynapseRig, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    keeper = Keeper(password_of(JANE))
    async with session_at(synapse_rig.url, "jane", keeper) as session:
        secret = await session.sign_in()
        said = f"{caplog.text} {session!r} {secret!r} {read_kept(secret)!r} {session.http!r}"
    tokens = tokens_in(secret)
    assert len(tokens) == 2
    assert "_matrix/client" in said, "nothing was logged, so this shows nothing"
    assert not [token for token in (*tokens, JANE.password) if token in said]


async def test_what_is_kept_fits_into_every_keyring(synapse_rig: SynapseRig) -> None:
    assert len((await signed_in(synapse_rig, JANE)).value) < 600


async def test_what_is_too_long_for_keyrings_is_refused_at_the_sign_in() -> None:
    kept = read_kept(Secret(SecretKind.TOKEN, "t" * 1200))
    with pytest.raises(UnexpectedAnswer, match="too long"):
        kept.as_secret()
