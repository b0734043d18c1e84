"""Access tokens that end after three seconds: renewed once, kept before they are used, whatever stops us."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import anyio
import httpx
import pytest

from tests.desks.matrix.signing_in import WHOAMI, Keeper, ended, long_ago, session_at, signed_in
from tests.rigs.flaky_proxy import Fault, FlakyProxy
from tests.rigs.synapse import SynapseRig
from tests.rigs.synapse_site import ADMIN, JANE, OMAR, TESS
from tracker.desks.base import Secret
from tracker.desks.http import Call
from tracker.desks.matrix import wire
from tracker.desks.matrix.client import MatrixClient
from tracker.desks.matrix.kept import read_kept
from tracker.desks.matrix.login import who
from tracker.desks.matrix.session import MatrixSession
from tracker.model.errors import DeskError, DeskUnavailable, SignInRequired

pytestmark = [pytest.mark.anyio, pytest.mark.matrix]

WITHIN = 20.0


def tomorrow() -> datetime:
    return datetime.now(UTC) + timedelta(days=1)


@pytest.fixture(scope="module")
async def all_ended(company_synapse: SynapseRig) -> list[Secret]:
    """Sign-ins, one for each test, whose access tokens have all ended: one wait for all."""
    secrets = [await signed_in(company_synapse, JANE) for _ in range(16)]
    await ended(company_synapse, secrets[-1])
    return secrets


@pytest.fixture
def held(all_ended: list[Secret]) -> Keeper:
    """A keyring with a sign-in whose access token has ended."""
    return Keeper(all_ended.pop())


async def ask(session: MatrixSession) -> None:
    await session.ask(Call("GET", WHOAMI))


async def test_a_token_that_has_ended_is_renewed_on_the_way_and_kept(
    company_synapse: SynapseRig, held: Keeper
) -> None:
    before = held.held
    async with session_at(company_synapse.url, "", held, now=long_ago) as session:
        await ask(session)
    assert [read_kept(each).access for each in held.all] == [read_kept(held.held).access]
    assert read_kept(held.held).access != read_kept(before).access
    assert read_kept(held.held).refresh != read_kept(before).refresh
    assert who(held.held) == who(before)


async def test_many_calls_at_once_renew_it_once(company_synapse: SynapseRig, held: Keeper) -> None:
    async with (
        session_at(company_synapse.url, "", held, now=long_ago) as session,
        anyio.create_task_group() as group,
    ):
        for _ in range(8):
            group.start_soon(ask, session)
    assert len(held.all) == 1


async def test_a_token_near_its_end_is_renewed_before_it_is_used(company_synapse: SynapseRig) -> None:
    keeper = Keeper(await signed_in(company_synapse, JANE))
    async with session_at(company_synapse.url, "", keeper, now=tomorrow) as session:
        await ask(session)
        await ask(session)
    assert len(keeper.all) == 1, "the new one is good for a while by the same clock"


async def test_a_restart_after_the_end_goes_on_with_what_was_kept(
    company_synapse: SynapseRig, held: Keeper
) -> None:
    async with session_at(company_synapse.url, "", held) as session:
        assert await session.sign_in() == held.held
    await ended(company_synapse, held.held)
    async with session_at(company_synapse.url, "", held) as session:
        assert await session.sign_in() == held.held
    assert len(held.all) == 2


async def test_a_kill_before_the_new_tokens_are_kept_locks_nobody_out(
    company_synapse: SynapseRig, held: Keeper
) -> None:
    class Killed(Keeper):
        async def keep(self, secret: Secret) -> None:
            raise ConnectionAbortedError

    async with session_at(company_synapse.url, "", Killed(held.held), now=long_ago) as session:
        with pytest.raises(ConnectionAbortedError):
            await ask(session)
    async with session_at(company_synapse.url, "", held, now=long_ago) as session:
        await ask(session)


async def test_a_kill_after_the_new_tokens_are_kept_locks_nobody_out(
    company_synapse: SynapseRig, held: Keeper
) -> None:
    class Killed(Keeper):
        async def keep(self, secret: Secret) -> None:
            await held.keep(secret)
            raise ConnectionAbortedError

    async with session_at(company_synapse.url, "", Killed(held.held), now=long_ago) as session:
        with pytest.raises(ConnectionAbortedError):
            await ask(session)
    assert len(held.all) == 1
    async with session_at(company_synapse.url, "", held, now=long_ago) as session:
        await ask(session)


async def test_being_stopped_while_keeping_leaves_the_session_usable(
    company_synapse: SynapseRig, held: Keeper
) -> None:
    begun = anyio.Event()

    class Slow(Keeper):
        async def keep(self, secret: Secret) -> None:
            await super().keep(secret)
            begun.set()
            if len(self.all) == 1:
                await anyio.sleep_forever()

    slow = Slow(held.held)
    async with session_at(company_synapse.url, "", slow, now=long_ago) as session:
        async with anyio.create_task_group() as group:
            group.start_soon(ask, session)
            with anyio.fail_after(WITHIN):
                await begun.wait()
            group.cancel_scope.cancel()
        await ask(session)


@pytest.fixture
async def proxy(company_synapse: SynapseRig) -> AsyncIterator[FlakyProxy]:
    address = urlsplit(company_synapse.url)
    assert address.hostname is not None
    assert address.port is not None
    with FlakyProxy(address.hostname, address.port) as proxy:
        yield proxy


@pytest.mark.parametrize("fault", [Fault.LOSE, Fault.CUT, Fault.DROP, Fault.BUSY, Fault.HALF_JSON])
async def test_a_renewal_whose_answer_is_lost_is_asked_for_again(
    proxy: FlakyProxy, held: Keeper, fault: Fault
) -> None:
    async with session_at(proxy.url, "", held, now=long_ago) as session:
        proxy.fail(fault, times=1, match=b"/refresh")
        with pytest.raises(DeskError, match="We keep trying"):
            await ask(session)
        assert held.all == []
        await ask(session)
    assert len(held.all) == 1


async def test_a_device_that_was_signed_out_elsewhere_asks_for_a_sign_in(
    company_synapse: SynapseRig, held: Keeper
) -> None:
    place = f"{company_synapse.url}/_synapse/admin/v2/users/{JANE.id}/devices/{who(held.held).device}"
    admin = {"authorization": f"Bearer {company_synapse.token(ADMIN)}"}
    httpx.delete(place, headers=admin, trust_env=False).raise_for_status()
    async with session_at(company_synapse.url, "", held) as session:
        with pytest.raises(SignInRequired, match="sign in again"):
            await ask(session)


async def test_a_token_without_another_to_renew_it_asks_for_a_sign_in(
    company_synapse: SynapseRig, held: Keeper
) -> None:
    lone = Keeper(Secret(held.held.kind, read_kept(held.held).access))
    async with session_at(company_synapse.url, "", lone) as session:
        with pytest.raises(SignInRequired, match="sign in again"):
            await ask(session)


async def test_a_new_sign_in_that_was_kept_meanwhile_is_taken(
    company_synapse: SynapseRig, held: Keeper
) -> None:
    async with session_at(company_synapse.url, "", held, now=long_ago) as session:
        lone = read_kept(held.held).access
        held.held = Secret(held.held.kind, lone)
        with pytest.raises(SignInRequired):
            await ask(session)
        held.held = await signed_in(company_synapse, JANE)
        await ask(session)


async def test_a_silent_long_poll_outlives_its_token(company_synapse: SynapseRig) -> None:
    keeper = Keeper(await signed_in(company_synapse, OMAR))
    tess = Keeper(Secret(keeper.held.kind, company_synapse.token(TESS)))
    async with (
        session_at(company_synapse.url, "", keeper, now=long_ago) as session,
        session_at(company_synapse.url, "", tess) as other,
    ):
        client = MatrixClient(session)
        since = (await client.sync(None, wait=0)).next_batch
        while (first := await client.sync(since, wait=0)).next_batch != since:
            since = first.next_batch
        async with anyio.create_task_group() as group:
            seen: list[str] = []

            async def listen() -> None:
                nonlocal since
                while not seen:
                    told = await client.sync(since, wait=10_000)
                    since = told.next_batch
                    seen.extend(told.rooms.invite)

            group.start_soon(listen)
            await ended(company_synapse, keeper.held)
            room = await MatrixClient(other).create_room(wire.NewRoom(name="VPN", invite=(OMAR.id,)))
            with anyio.fail_after(WITHIN):
                while not seen:
                    await anyio.sleep(0.05)
            assert seen == [room]
            # The next call finds its token ended, and nobody notices.
            await client.sync(since, wait=0)
    assert len(keeper.all) == 1


async def test_an_unreachable_server_is_not_a_lost_sign_in(held: Keeper) -> None:
    async with session_at("http://127.0.0.1:9", "", held) as session:
        with pytest.raises(DeskUnavailable, match="cannot be reached"):
            await ask(session)
    assert held.all == []
