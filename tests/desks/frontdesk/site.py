"""The real front desk as a site of the contract tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

import anyio.to_thread

from tests.rigs.flaky_proxy import FlakyProxy
from tests.rigs.frontdesk import EVERYBODY, FrontDeskRig
from tests.rigs.frontdesk_agent import Agent
from tracker.desks.base import Desk, DeskConfig, Secret, SecretKind
from tracker.desks.frontdesk.desk import KIND, open_desk
from tracker.model.ticket import TicketId

T = TypeVar("T")
run = anyio.to_thread.run_sync


class FrontDeskTechnician:
    """Tess, over the API; her calls run in a thread so that the connector's loop goes on."""

    def __init__(self, agent: Agent, proxy: FlakyProxy) -> None:
        self.name = agent.name
        self._agent = agent
        self._proxy = proxy

    async def assign(self, ticket: TicketId) -> None:
        await run(self._agent.assign, ticket)

    async def start(self, ticket: TicketId) -> None:
        await run(self._agent.start, ticket)

    async def reply(
        self, ticket: TicketId, text: str, *, html: bool = False, files: Mapping[str, bytes] | None = None
    ) -> None:
        await run(self._agent.reply, ticket, text, files)

    async def note(self, ticket: TicketId, text: str) -> None:
        await run(self._agent.note, ticket, text)

    async def ask(self, ticket: TicketId, text: str) -> None:
        await run(self._agent.ask, ticket, text)

    async def promise(self, ticket: TicketId, latest: datetime) -> None:
        await run(self._agent.promise, ticket, latest)

    async def book_visit(self, ticket: TicketId, starts: datetime, ends: datetime) -> None:
        await run(self._agent.book_visit, ticket, starts, ends)

    async def on_the_way(self, ticket: TicketId, earliest: datetime, latest: datetime) -> None:
        await run(self._agent.on_the_way, ticket, earliest, latest)

    async def arrive(self, ticket: TicketId) -> None:
        await run(self._agent.arrive, ticket)

    async def resolve(self, ticket: TicketId, text: str) -> None:
        await run(self._agent.resolve, ticket, text)

    async def unknown_status(self, ticket: TicketId) -> str:
        await run(self._agent.start, ticket)
        self._proxy.swap(b'"working"', b'"dormant"')  # a state that only a newer desk would know
        return "dormant"

    async def messages(self, ticket: TicketId) -> list[str]:
        return await run(self._agent.messages, ticket)

    async def tickets(self, subject: str) -> list[TicketId]:
        return [TicketId(number) for number in await run(self._agent.tickets, subject)]


class FrontDeskSite:
    """A running front desk behind a flaky proxy."""

    service = "other"
    writes = rb"POST /api/v1/tickets"
    question = "vpn"

    def __init__(self, rig: FrontDeskRig, agent: Agent, proxy: FlakyProxy) -> None:
        self.rig = rig
        self.network = proxy
        self.helpdesk = FrontDeskTechnician(agent, proxy)
        self._tokens: dict[str, Secret] = {}

    def desk(self, who: str = "jane", *, secret: Secret | None = None, patience: float | None = None) -> Desk:
        """Make a connector that goes through the proxy."""
        account = next(each for each in EVERYBODY if each.login == who)
        given = secret or Secret(SecretKind.PASSWORD, account.password)

        async def source() -> Secret:
            return given

        options = (("timeout", str(patience)),) if patience else ()
        return open_desk(DeskConfig(KIND, self.network.url, who, options), source)

    async def token(self, who: str) -> Secret:
        """Give a token of this person, got with the password the first time."""
        if who not in self._tokens:
            desk = self.desk(who)
            self._tokens[who] = await desk.sign_in()
            await desk.aclose()
        return self._tokens[who]
