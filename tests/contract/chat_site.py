"""What a rig gives the contract tests of chats: desks to chat with, an agent's hands, a network to break."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from tests.contract.site import Network
from tracker.desks.base import Secret
from tracker.desks.chatting import ChatDesk
from tracker.model.ticket import TicketId


class ChatHelpdesk(Protocol):
    """An agent in chats, at the desk itself and never through the broken network.

    Each act raises when the desk did not do it, and is at the desk when it returns. `ticket` is what the
    connector calls the ticket; messages are named by their words, which the tests make different.
    """

    name: str  # as the requester reads it in a message's sender

    async def available(self, *, yes: bool) -> None:
        """Be there for chats, or not (nobody else is); does nothing where the desk cannot know."""
        ...

    async def join(self, ticket: TicketId) -> None:
        """Take the chat."""
        ...

    async def leave(self, ticket: TicketId) -> None:
        """Go, without ending it."""
        ...

    async def end(self, ticket: TicketId) -> None:
        """End the session."""
        ...

    async def say(self, ticket: TicketId, text: str, files: Mapping[str, bytes] | None = None) -> None:
        """Write a message; one with files where `text` may be empty."""
        ...

    async def edit(self, ticket: TicketId, old: str, new: str) -> None:
        """Change an own message."""
        ...

    async def remove(self, ticket: TicketId, text: str) -> None:
        """Take an own message back."""
        ...

    async def typing(self, ticket: TicketId, *, on: bool) -> None:
        """Begin or stop writing."""
        ...

    async def read(self, ticket: TicketId, text: str) -> None:
        """Read up to this message."""
        ...

    async def messages(self, ticket: TicketId) -> list[str]:
        """Give the text of every message in the chat as the desk stores it, oldest first."""
        ...

    async def sees_typing(self, ticket: TicketId) -> bool:
        """Tell whether the requester is writing now, as an agent sees it."""
        ...

    async def sees_read(self, ticket: TicketId) -> str | None:
        """Give the text of the message up to which the requester has read; None for nothing."""
        ...


class ChatSite(Protocol):
    """A running desk, or chat server, where "jane" and "omar" may chat and one agent is there.

    `writes` finds the first line of the requests by which a message is sent (and no other: not typing, not
    reading, not uploading). `has_queue`: it knows who is there, tells one's place, and refuses when nobody
    is there.
    """

    network: Network
    agent: ChatHelpdesk
    writes: bytes
    has_queue: bool

    async def ticket(self, subject: str, who: str = "jane") -> TicketId:
        """Let this person have a request to chat on; for a server that holds none, just a new name."""
        ...

    def desk(
        self, who: str = "jane", *, secret: Secret | None = None, patience: float | None = None
    ) -> ChatDesk:
        """Make a desk that has not signed in yet and goes through `network`.

        `secret` None: whatever signs this person in; where logins are limited, a token made before.
        """
        ...
