"""The fake desk, or a fake chat server, as a site of the contract tests of chats."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from tests.fakes.desk import ALL, FakeDesk
from tests.fakes.helpdesk import FakeHelpdesk
from tests.fakes.house_rules import SERVICES, TECHNICIAN
from tests.fakes.network import FakeNetwork
from tracker.desks.base import Capability, Secret, SecretKind
from tracker.model.command import CreateTicket, new_command_id
from tracker.model.person import ActorKind
from tracker.model.ticket import TicketId

CHAT_SERVER = frozenset({Capability.CHAT, Capability.ATTACH, Capability.PUSH})
"""What a chat server can do, and nothing else."""


class FakeAgent:
    """The agent of a `FakeHelpdesk`, as the contract calls one."""

    name = TECHNICIAN.name

    def __init__(self, helpdesk: FakeHelpdesk) -> None:
        self._chats = helpdesk.chats

    async def available(self, *, yes: bool) -> None:
        self._chats.agents = int(yes)

    async def join(self, ticket: TicketId) -> None:
        self._chats.join(ticket, TECHNICIAN)

    async def leave(self, ticket: TicketId) -> None:
        self._chats.leave(ticket)

    async def end(self, ticket: TicketId) -> None:
        self._chats.end(ticket)

    async def say(self, ticket: TicketId, text: str, files: Mapping[str, bytes] | None = None) -> None:
        self._chats.say(ticket, text, tuple((files or {}).items()))

    async def edit(self, ticket: TicketId, old: str, new: str) -> None:
        self._chats.edit(ticket, self._chats.named(ticket, old), new)

    async def remove(self, ticket: TicketId, text: str) -> None:
        self._chats.edit(ticket, self._chats.named(ticket, text), None)

    async def typing(self, ticket: TicketId, *, on: bool) -> None:
        self._chats.type_as(TECHNICIAN, ticket, typing=on)

    async def read(self, ticket: TicketId, text: str) -> None:
        self._chats.mark(ticket, ActorKind.AGENT, self._chats.named(ticket, text))

    async def messages(self, ticket: TicketId) -> list[str]:
        return self._chats.texts(ticket)

    async def sees_typing(self, ticket: TicketId) -> bool:
        return ticket in self._chats.writing

    async def sees_read(self, ticket: TicketId) -> str | None:
        read = self._chats.read.get((ticket, ActorKind.YOU))
        return self._chats.messages[read].text if read else None


class FakeChatSite:
    """A fresh fake desk one can chat with, and its network; `only_chats`: a chat server without requests."""

    writes = rb"POST /commands"
    has_queue = True

    def __init__(self, *, only_chats: bool = False) -> None:
        self._world = FakeHelpdesk(only_chats=only_chats)
        self._capabilities = CHAT_SERVER if only_chats else ALL
        self._numbers = 0
        self.network = FakeNetwork(self._world.bell)
        self.agent = FakeAgent(self._world)

    async def ticket(self, subject: str, who: str = "jane") -> TicketId:
        self._numbers += 1
        if self._world.only_chats:
            return TicketId(f"T-{self._numbers}")
        command = CreateTicket(new_command_id(), datetime.now(UTC), SERVICES[0], subject, "It is about this.")
        return self._world.create(who, command, ()).ticket

    def desk(
        self, who: str = "jane", *, secret: Secret | None = None, patience: float | None = None
    ) -> FakeDesk:
        given = secret or Secret(SecretKind.PASSWORD, self._world.passwords[who])

        async def source() -> Secret:
            return given

        return FakeDesk(
            self._world, self.network, who, source, capabilities=self._capabilities, patience=patience
        )
