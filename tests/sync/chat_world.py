"""A profile that chats: at the desk itself, or at a chat server beside it."""

from __future__ import annotations

from pathlib import Path

from tests.fakes.chat_site import CHAT_SERVER
from tests.fakes.desk import FakeDesk
from tests.fakes.house_rules import TECHNICIAN
from tests.fakes.network import FakeNetwork
from tests.sync.world import Desk, World
from tracker.desks.base import Secret, SecretKind
from tracker.model.attachment import LocalFile
from tracker.model.chat import Chat, ChatWay, Message
from tracker.model.command import EndChat, SendMessage, StartChat
from tracker.model.ticket import TicketId


class ChatWorld(World):
    """A world with a chat server, which is used where a story says so."""

    def __init__(self, folder: Path, empty: Path) -> None:
        super().__init__(folder, empty)
        self.server = Desk(only_chats=True)
        self.server.clocks = self.clocks
        self.server_network = FakeNetwork(self.server.bell)
        self.server_secret = Secret(SecretKind.PASSWORD, "jane-pass")

    def server_desk(self) -> FakeDesk:
        """Sign in at the chat server as Jane does."""

        async def secret() -> Secret:
            return self.server_secret

        return FakeDesk(self.server, self.server_network, "jane", secret, capabilities=CHAT_SERVER)

    def start(self, ticket: TicketId, text: str = "") -> StartChat:
        """Make a beginning."""
        return StartChat(self._next(), self._now(), ticket, text)

    def say(self, ticket: TicketId, text: str, *files: LocalFile) -> SendMessage:
        """Make a message."""
        return SendMessage(self._next(), self._now(), ticket, text, files)

    def end(self, ticket: TicketId) -> EndChat:
        """Make an end."""
        return EndChat(self._next(), self._now(), ticket)

    def said(self, ticket: TicketId) -> list[str]:
        """Give what is stored of a conversation, as it reads."""
        return [message.text for message in self.messages(ticket)]

    def messages(self, ticket: TicketId) -> tuple[Message, ...]:
        """Give the stored messages."""
        with self.reading() as reader:
            return reader.talks.messages(ticket)

    def chat(self, ticket: TicketId) -> Chat | None:
        """Give the stored conversation."""
        with self.reading() as reader:
            return reader.talks.chat(ticket)

    def way(self) -> ChatWay:
        """Tell how one can chat, as stored."""
        with self.reading() as reader:
            return reader.talks.way()

    async def talking(self, desk: Desk | None = None) -> TicketId:
        """Have a chat with the agent in it, on a request of Jane's; both sides know."""
        ticket = self.raised()
        await self.in_step()
        self.engine.letters.submit(self.start(ticket))
        chats = (desk or self.helpdesk).chats
        await self.until(lambda: ticket in chats.by_ticket)
        chats.join(ticket, TECHNICIAN)
        await self.until(lambda: (chat := self.chat(ticket)) is not None and chat.agent is not None)
        await self.in_step()
        return ticket
