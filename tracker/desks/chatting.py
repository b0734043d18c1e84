"""What a desk that chats gives beyond `Desk`; also what a chat server beside a ticket desk gives.

News of chats comes with `Desk.news`, as `Batch.chats`, `messages`, `amendments`, `reads` and `typing`;
`StartChat`, `SendMessage` and `EndChat` go through `Desk.send` and `Desk.find` like every command. A chat
server that holds no tickets (Matrix) is a `ChatDesk` whose other answers are empty, which refuses the other
commands, and whose batches carry `events` (joined, left, ended) for the history of the ticket desk's request.
"""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from tracker.desks.base import Desk, Secret
from tracker.model.chat import ChatOffer
from tracker.model.ticket import Ticket, TicketId


@runtime_checkable
class ChatDesk(Desk, Protocol):
    """A desk one can chat with."""

    async def chat_offer(self) -> ChatOffer:
        """Tell whether somebody would answer now, and after how long."""
        ...

    async def say_typing(self, ticket: TicketId, *, typing: bool) -> None:
        """Let the other side see that the person is writing. It also counts as being there still."""
        ...

    async def mark_read(self, ticket: TicketId, message: str) -> None:
        """Note at the desk that the person has read up to this message."""
        ...


@runtime_checkable
class RoomNamer(Desk, Protocol):
    """A chat server that holds no tickets, but names the places of its chats after them."""

    def look_up_with(self, known: Callable[[TicketId], Ticket | None]) -> None:
        """Let it look up a request of the desk beside it; without this it knows the id alone."""
        ...


@runtime_checkable
class SecretKeeper(Protocol):
    """A `SecretSource` that also keeps: for a desk whose token is renewed while it is in use."""

    async def __call__(self) -> Secret:
        """Give the secret; raises `SignInRequired` when there is none."""
        ...

    async def keep(self, secret: Secret) -> None:
        """Keep this one instead from now on."""
        ...
