"""A server with the limits that Synapse has by itself: nothing is hammered, nothing is lost, it is said."""

from __future__ import annotations

import re
from collections.abc import Iterator

import anyio
import msgspec
import pytest

from tests.desks.matrix.signing_in import Keeper, password_of, session_at
from tests.rigs.synapse import SynapseRig
from tests.rigs.synapse_site import JANE, OMAR, TESS
from tracker.desks.base import Secret, SecretKind
from tracker.desks.http import Call
from tracker.desks.matrix import wire
from tracker.desks.matrix.client import Direction, MatrixClient
from tracker.desks.matrix.login import who
from tracker.desks.matrix.session import MatrixSession
from tracker.model.errors import DeskError, DeskUnavailable, SignInRequired

pytestmark = [pytest.mark.anyio, pytest.mark.matrix]

BURST = 10  # Synapse's rc_message: the tenth in a row has to wait, then one goes every five seconds
ALLOWED = 5  # and rc_login: so many at once, then one every five minutes


class Text(msgspec.Struct, frozen=True):
    body: str
    msgtype: str = "m.text"


async def send(client: MatrixClient, room: str, number: int) -> float:
    """Send one message, waiting as long as the server asks; gives the seconds waited."""
    waited = 0.0
    while True:
        try:
            await client.send(room, "m.room.message", Text(f"{number}"), txn=f"txn-{number}")
        except DeskUnavailable as asked:
            wait = asked.after or 0.0
        else:
            return waited
        waited += wait
        await anyio.sleep(wait)


async def test_a_burst_of_messages_waits_as_asked_and_arrives_once_and_in_order(
    strict_synapse: SynapseRig,
) -> None:
    keeper = Keeper(Secret(SecretKind.TOKEN, strict_synapse.token(OMAR)))
    async with session_at(strict_synapse.url, "", keeper) as session:
        client = MatrixClient(session)
        room = await client.create_room(wire.NewRoom(name="Burst"))
        waits = [await send(client, room, number) for number in range(BURST)]
        page = await client.messages(room, direction=Direction.FORWARD)
    texts = [wire.content_of(event, Text) for event in wire.events_in(page.chunk)]
    assert [text.body for text in texts if text] == [str(number) for number in range(BURST)]
    assert 0 < sum(waits) <= 10, "there was something to wait for, and no more than that was waited"


async def test_many_first_calls_at_once_sign_in_once_and_starting_again_never(
    strict_synapse: SynapseRig,
) -> None:
    keeper = Keeper(password_of(JANE))

    async def ask() -> None:
        await session.ask(Call("GET", "/_matrix/client/v3/account/whoami"))

    async with (
        session_at(strict_synapse.url, "jane", keeper) as session,
        anyio.create_task_group() as group,
    ):
        for _ in range(2 * ALLOWED):
            group.start_soon(ask)
    assert len(keeper.all) == 1
    for _ in range(2 * ALLOWED):
        async with session_at(strict_synapse.url, "jane", keeper) as session:
            assert (await session.identity()).device == who(keeper.held).device
            await ask()
    assert len(keeper.all) == 1


@pytest.fixture
def used_up(strict_synapse: SynapseRig) -> Iterator[SynapseRig]:
    """The server, which forgets afterwards how often somebody signed in: it counts in memory."""
    yield strict_synapse
    strict_synapse.stop()
    strict_synapse.serve()


async def test_too_many_sign_ins_are_said_with_how_long_to_wait(used_up: SynapseRig) -> None:
    wrong = Keeper(Secret(SecretKind.PASSWORD, "not it"))
    async with session_at(used_up.url, TESS.name, wrong) as session:
        refusals = [await refusal(session) for _ in range(2 * ALLOWED)]
    assert isinstance(refusals[0], SignInRequired)
    last = refusals[-1]
    assert isinstance(last, DeskUnavailable)
    assert re.search(r"only a few sign-ins .* in \d+ (minutes|seconds)", str(last))
    assert last.after is not None
    assert last.after > 1


async def refusal(session: MatrixSession) -> DeskError:
    with pytest.raises(DeskError) as told:
        await session.sign_in()
    return told.value
