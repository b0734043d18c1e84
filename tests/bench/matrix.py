"""A chat over Matrix: an agent's send to our news, beside a bare httpx loop over the same server's sync."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing, asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast
from urllib.parse import quote

import httpx

from tests.bench.figures import Figure, percentile
from tests.desks.matrix.site import token_of
from tests.rigs.matrix_agent import MatrixAgent
from tests.rigs.synapse import SynapseRig
from tests.rigs.synapse_site import JANE, TESS
from tracker.desks.base import DeskConfig, Secret
from tracker.desks.matrix.desk import MatrixDesk, open_desk
from tracker.desks.polling import Pace
from tracker.model.command import StartChat, new_command_id
from tracker.model.ticket import TicketId

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.bench.place import Place
    from tracker.model.batch import Batch

TIMES = 100
LIMIT = 1.5
TICKET = TicketId("T-bench")
PATIENCE = 20.0
_SYNC = "/_matrix/client/v3/sync"


class Arrivals:
    """When each text was first seen."""

    def __init__(self) -> None:
        self._seen: dict[str, asyncio.Future[float]] = {}

    def note(self, text: object) -> None:
        """Note that a text is there now."""
        waiting = self._seen.get(str(text))
        if waiting is not None and not waiting.done():
            waiting.set_result(time.monotonic())

    def expect(self, text: str) -> asyncio.Future[float]:
        """Give what will hold the moment at which this text is there."""
        return self._seen.setdefault(text, asyncio.get_running_loop().create_future())


def measure(place: Place) -> Iterator[Figure]:
    """Let an agent write, and see when a bare loop and our connector have it; both listen at once."""
    with SynapseRig(place.folder / "synapse") as rig:
        agent = MatrixAgent(rig, TESS, JANE.id)
        try:
            bare, ours = asyncio.run(_listen_to(rig, agent))
        finally:
            agent.close()
    yield Figure("a bare httpx sync loop, p50", percentile(bare, 0.5), "ms")
    yield Figure("a bare httpx sync loop, p95", percentile(bare, 0.95), "ms")
    yield Figure("our connector, p50", percentile(ours, 0.5), "ms")
    yield Figure("our connector, p95", percentile(ours, 0.95), "ms", limit=LIMIT * percentile(bare, 0.95))


async def _listen_to(rig: SynapseRig, agent: MatrixAgent) -> tuple[list[float], list[float]]:
    async with _our_desk(rig) as desk:
        await desk.sign_in()
        start = StartChat(new_command_id(), datetime.now(UTC), TICKET, "Are you there?")
        await desk.send(start, lambda file: (_ for _ in ()).throw(FileNotFoundError(file.key)))
        await agent.join(TICKET)
        bare, ours = Arrivals(), Arrivals()
        listeners = [
            asyncio.create_task(_bare_loop(rig, bare)),
            asyncio.create_task(_our_loop(desk, ours)),
        ]
        try:
            return await _written(agent, bare, ours)
        finally:
            for listener in listeners:
                listener.cancel()
            for listener in listeners:
                with suppress(asyncio.CancelledError):
                    await listener


async def _written(agent: MatrixAgent, bare: Arrivals, ours: Arrivals) -> tuple[list[float], list[float]]:
    spans: tuple[list[float], list[float]] = ([], [])
    for number in range(TIMES + 3):
        text = f"Message {number} of {uuid.uuid4()}"
        waiting = [bare.expect(text), ours.expect(text)]
        began = time.monotonic()
        await asyncio.to_thread(agent.send, TICKET, {"msgtype": "m.text", "body": text})
        for span, seen in zip(spans, await asyncio.wait_for(asyncio.gather(*waiting), PATIENCE), strict=True):
            if number >= 3:  # the first ones find connections still being opened
                span.append((seen - began) * 1000)
    return spans


async def _bare_loop(rig: SynapseRig, arrivals: Arrivals) -> None:
    headers = {"authorization": f"Bearer {rig.token(JANE)}"}
    async with httpx.AsyncClient(base_url=rig.url, headers=headers, trust_env=False, timeout=60) as http:
        since = ""
        while True:
            answer = (await http.get(f"{_SYNC}?timeout=30000{since}")).json()
            since = f"&since={quote(answer['next_batch'])}"
            for room in answer.get("rooms", {}).get("join", {}).values():
                for event in room["timeline"]["events"]:
                    arrivals.note(event["content"].get("body"))


async def _our_loop(desk: MatrixDesk, arrivals: Arrivals) -> None:
    async with aclosing(cast("AsyncGenerator[Batch, None]", desk.news(None, Pace()))) as batches:
        async for batch in batches:
            for message in batch.messages:
                arrivals.note(message.text)


@asynccontextmanager
async def _our_desk(rig: SynapseRig) -> AsyncIterator[MatrixDesk]:
    async def source() -> Secret:
        return token_of(rig, JANE)

    desk = open_desk(DeskConfig("matrix", rig.url, JANE.name, (("invite", TESS.id),)), source)
    try:
        yield desk
    finally:
        await desk.aclose()
