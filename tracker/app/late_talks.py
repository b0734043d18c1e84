"""What the chat page reads from: the profile's file as soon as there is one, no chats before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from tracker.model.chat import ChatWay

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.model.chat import Chat, Message
    from tracker.model.command import Pending
    from tracker.model.person import ActorKind
    from tracker.model.ticket import TicketId
    from tracker.store.talks import Talks

T = TypeVar("T")


class Ask(Protocol):
    """Asks the file, and gives `nothing` where it cannot be read."""

    def __call__(self, question: Callable[[Talks], T], nothing: T) -> T:
        """Ask."""
        ...


class LateTalks:
    """`Conversations` over a file that may not be there yet."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def way(self) -> ChatWay:
        """Tell how one can chat."""
        return self._ask(lambda talks: talks.way(), ChatWay.NONE)

    def chats(self) -> tuple[Chat, ...]:
        """List the conversations."""
        return self._ask(lambda talks: talks.chats(), ())

    def chat(self, ticket: TicketId) -> Chat | None:
        """Give the conversation on a request."""
        return self._ask(lambda talks: talks.chat(ticket), None)

    def messages(
        self, ticket: TicketId, *, before: int | None = None, limit: int = 100
    ) -> tuple[Message, ...]:
        """Give the newest messages before a place."""
        return self._ask(lambda talks: talks.messages(ticket, before=before, limit=limit), ())

    def since(self, ticket: TicketId, place: int, *, limit: int | None = None) -> tuple[Message, ...]:
        """Give the oldest messages from a place on."""
        return self._ask(lambda talks: talks.since(ticket, place, limit=limit), ())

    def count(self, ticket: TicketId) -> int:
        """Count the messages of a conversation."""
        return self._ask(lambda talks: talks.count(ticket), 0)

    def read_to(self, ticket: TicketId, by: ActorKind) -> int:
        """Give the place up to which somebody has read."""
        return self._ask(lambda talks: talks.read_to(ticket, by), -1)

    def unread(self, ticket: TicketId) -> int:
        """Count what the person has not read."""
        return self._ask(lambda talks: talks.unread(ticket), 0)

    def all_unread(self) -> dict[TicketId, int]:
        """Count what is unread on each request that has any."""
        return self._ask(lambda talks: talks.all_unread(), {})

    def found(self, ticket: TicketId, words: str) -> tuple[int, ...]:
        """Give the places of the messages that hold these words."""
        return self._ask(lambda talks: talks.found(ticket, words), ())

    def pending(self, ticket: TicketId) -> tuple[Pending, ...]:
        """List what is not with the desk yet."""
        return self._ask(lambda talks: talks.pending(ticket), ())
