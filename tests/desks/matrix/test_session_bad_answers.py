"""Whatever a server or a network answers to a sign-in: a sentence for people, and nothing lost."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import msgspec
import pytest

from tests.desks.matrix.signing_in import WHOAMI, Keeper, password_of, session_at
from tests.rigs.flaky_proxy import Fault, FlakyProxy
from tests.rigs.synapse import SynapseRig
from tests.rigs.synapse_site import JANE
from tracker.desks.answer import Answer, decode
from tracker.desks.base import Secret, SecretKind
from tracker.desks.http import Call
from tracker.desks.matrix.client import MatrixClient
from tracker.desks.matrix.kept import read_kept
from tracker.desks.matrix.wire_account import SignedIn
from tracker.model.errors import DeskError, UnexpectedAnswer

pytestmark = [pytest.mark.anyio, pytest.mark.matrix]

FAULTS = [fault for fault in Fault if fault is not Fault.STALL]  # which takes as long as a person waits


@pytest.fixture(scope="module")
def proxy(synapse_rig: SynapseRig) -> Iterator[FlakyProxy]:
    with FlakyProxy("127.0.0.1", synapse_rig.port) as proxy:
        yield proxy


def is_sentence(error: DeskError) -> bool:
    said = str(error)
    return said[0].isupper() and said.endswith(".") and "M_" not in said and "_matrix" not in said


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("place", [b"/versions", b"/login", b"/whoami"])
async def test_a_sign_in_that_goes_wrong_is_said_and_works_the_next_time(
    proxy: FlakyProxy, fault: Fault, place: bytes
) -> None:
    proxy.restore()
    async with session_at(proxy.url, "jane", Keeper(password_of(JANE))) as session:
        proxy.fail(fault, times=2, match=place)  # twice: a lost connection is tried once more by itself
        with pytest.raises(DeskError) as told:
            await session.sign_in()
        assert is_sentence(told.value), told.value
        proxy.restore()
        assert read_kept(await session.sign_in()).user == JANE.id
    assert proxy.visitors == [], "nothing was sent to where a redirect led"


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_sync_that_goes_wrong_is_said_and_goes_on(proxy: FlakyProxy, fault: Fault) -> None:
    proxy.restore()
    async with session_at(proxy.url, "", Keeper(await signed_in_at(proxy))) as session:
        client = MatrixClient(session)
        since = (await client.sync(None, wait=0)).next_batch
        proxy.fail(fault, times=2, match=b"/sync")
        with pytest.raises(DeskError) as told:
            await client.sync(since, wait=0)
        assert is_sentence(told.value), told.value
        proxy.restore()
        await client.sync(since, wait=0)
    assert proxy.visitors == []


async def signed_in_at(proxy: FlakyProxy) -> Secret:
    async with session_at(proxy.url, "jane", Keeper(password_of(JANE))) as session:
        return await session.sign_in()


@pytest.mark.parametrize(
    "kept",
    [
        "",
        " ",
        "two words",
        "two\nlines",
        "ümlaut",
        "{}",
        "[]",
        "null",
        '{"access":5}',
        '{"access":"a","renew_at":"yesterday"}',
        "\ud800",
        "{" * 5000,
    ],
)
async def test_what_was_kept_and_is_damaged_asks_for_a_sign_in(proxy: FlakyProxy, kept: str) -> None:
    proxy.restore()
    async with session_at(proxy.url, "", Keeper(Secret(SecretKind.TOKEN, kept))) as session:
        with pytest.raises(DeskError) as told:
            await session.ask(Call("GET", WHOAMI))
    assert is_sentence(told.value), told.value


def test_an_answer_of_another_shape_is_never_taken_for_a_sign_in() -> None:
    bodies: tuple[object, ...] = (
        {},
        [],
        {"user_id": ""},
        {"user_id": "@a:b", "access_token": "", "device_id": "D"},
    )
    for body in bodies:
        with pytest.raises(UnexpectedAnswer):
            decode(Answer("The chat server", 200, httpx.Headers(), msgspec.json.encode(body)), SignedIn)
