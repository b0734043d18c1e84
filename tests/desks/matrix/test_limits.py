"""A server with the limits it has by itself: messages wait as it says, and arrive in order, each once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest

from tests.contract.chat_writing import a_chat, a_message
from tests.contract.listening import hear
from tests.contract.writing import Outgoing
from tests.desks.matrix.site import MatrixSite
from tests.desks.matrix.site_fixtures import outgoing
from tests.rigs.flaky_proxy import FlakyProxy
from tests.rigs.synapse import SynapseRig
from tracker.desks.matrix.desk import MatrixDesk
from tracker.model.command import Command
from tracker.model.errors import DeskUnavailable

__all__ = ["outgoing"]

pytestmark = [pytest.mark.anyio, pytest.mark.matrix]


@pytest.fixture
def strict_site(strict_synapse: SynapseRig, tmp_path: Path) -> Iterator[MatrixSite]:
    with FlakyProxy("127.0.0.1", strict_synapse.port) as proxy:
        site = MatrixSite(strict_synapse, proxy, agents_room="")
        yield site
        site.close()


async def send_when_one_may(desk: MatrixDesk, command: Command, outgoing: Outgoing) -> list[float]:
    """Send as the outbox does; give the seconds for which the server made it wait."""
    waits: list[float] = []
    while True:
        try:
            await desk.send(command, outgoing)
        except DeskUnavailable as error:
            waits.append(error.after or 0.0)
            await anyio.sleep(waits[-1])
        else:
            return waits


async def test_messages_wait_as_the_server_says_and_keep_their_order(
    strict_site: MatrixSite, outgoing: Outgoing
) -> None:
    jane = strict_site.desk("jane")
    await jane.sign_in()
    ticket = await strict_site.ticket("Too quick")
    texts = [f"Number {number}." for number in range(12)]
    waits = await send_when_one_may(jane, a_chat(ticket), outgoing)
    for text in texts:
        waits += await send_when_one_may(jane, a_message(ticket, text), outgoing)
    assert waits
    assert all(0 < wait < 60 for wait in waits)
    assert (await hear(jane)).said(ticket) == texts
    assert await strict_site.agent.messages(ticket) == texts
    await jane.aclose()
