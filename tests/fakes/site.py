"""The fake desk as a site of the contract tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from tests.fakes.desk import ALL, FakeDesk
from tests.fakes.helpdesk import FakeHelpdesk
from tests.fakes.house_rules import SERVICES, TECHNICIAN
from tests.fakes.network import FakeNetwork
from tracker.desks.base import Capability, Secret, SecretKind
from tracker.model.ticket import TicketId


class FakeTechnician:
    """The technician of a `FakeHelpdesk`, as the contract calls one."""

    name = TECHNICIAN.name

    def __init__(self, helpdesk: FakeHelpdesk) -> None:
        self._helpdesk = helpdesk

    async def assign(self, ticket: TicketId) -> None:
        self._helpdesk.assign(ticket)

    async def start(self, ticket: TicketId) -> None:
        self._helpdesk.start(ticket)

    async def reply(
        self, ticket: TicketId, text: str, *, html: bool = False, files: Mapping[str, bytes] | None = None
    ) -> None:
        self._helpdesk.reply(ticket, text, files)

    async def note(self, ticket: TicketId, text: str) -> None:
        self._helpdesk.note(ticket, text)

    async def ask(self, ticket: TicketId, text: str) -> None:
        self._helpdesk.ask(ticket, text)

    async def promise(self, ticket: TicketId, latest: datetime) -> None:
        self._helpdesk.promise(ticket, latest)

    async def book_visit(self, ticket: TicketId, starts: datetime, ends: datetime) -> None:
        self._helpdesk.book_visit(ticket, starts, ends)

    async def on_the_way(self, ticket: TicketId, earliest: datetime, latest: datetime) -> None:
        self._helpdesk.on_the_way(ticket, earliest, latest)

    async def arrive(self, ticket: TicketId) -> None:
        self._helpdesk.arrive(ticket)

    async def resolve(self, ticket: TicketId, text: str) -> None:
        self._helpdesk.resolve(ticket, text)

    async def unknown_status(self, ticket: TicketId) -> str:
        self._helpdesk.set_word(ticket, "pending vendor moon")
        return "pending vendor moon"

    async def messages(self, ticket: TicketId) -> list[str]:
        return self._helpdesk.messages(ticket)

    async def tickets(self, subject: str) -> list[TicketId]:
        return [ticket.id for ticket in self._helpdesk.tickets.values() if ticket.subject == subject]


class FakeSite:
    """A fresh fake desk and its network."""

    service = SERVICES[0]
    writes = rb"POST /commands"
    question = "vpn"

    def __init__(self, capabilities: frozenset[Capability] = ALL) -> None:
        self._world = FakeHelpdesk()
        self._capabilities = capabilities
        self.network = FakeNetwork(self._world.bell)
        self.helpdesk = FakeTechnician(self._world)

    def desk(
        self, who: str = "jane", *, secret: Secret | None = None, patience: float | None = None
    ) -> FakeDesk:
        given = secret or Secret(SecretKind.PASSWORD, self._world.passwords[who])

        async def source() -> Secret:
            return given

        return FakeDesk(
            self._world, self.network, who, source, capabilities=self._capabilities, patience=patience
        )
