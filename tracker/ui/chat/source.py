"""Where the page reads a conversation from: the chat on a request, or its replies where there is no chat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tracker.model.command import PostReply
from tracker.model.person import ActorKind
from tracker.model.replies_as_chat import replies_as_chat

if TYPE_CHECKING:
    from tracker.model.chat import Message
    from tracker.model.command import Pending
    from tracker.model.ticket import TicketId
    from tracker.model.track import Track
    from tracker.ui.ports import Conversations, View

_END = 2**63 - 1


class Source(Protocol):
    """One conversation, read by pages; messages come in the order of their places."""

    def before(self, place: int | None, limit: int) -> tuple[Message, ...]:
        """Give the newest messages before a place (None: the newest of all)."""
        ...

    def since(self, place: int, limit: int) -> tuple[Message, ...]:
        """Give the oldest messages from a place on."""
        ...

    def count(self) -> int:
        """Count all messages."""
        ...

    def found(self, words: str) -> tuple[int, ...]:
        """Give the places of the messages that hold these words, newest first."""
        ...

    def read_to(self, by: ActorKind) -> int:
        """Give the place up to which the person or the desk's side has read; -1 for nothing."""
        ...

    def pending(self) -> tuple[Pending, ...]:
        """List what is not with the desk yet, oldest first."""
        ...


class LiveSource:
    """The chat on a request."""

    def __init__(self, talks: Conversations, ticket: TicketId) -> None:
        self._talks, self._ticket = talks, ticket

    def before(self, place: int | None, limit: int) -> tuple[Message, ...]:
        """Give a page of messages before a place."""
        return self._talks.messages(self._ticket, before=place, limit=limit)

    def since(self, place: int, limit: int) -> tuple[Message, ...]:
        """Give a page of messages from a place on."""
        return self._talks.since(self._ticket, place, limit=limit)

    def count(self) -> int:
        """Count all messages."""
        return self._talks.count(self._ticket)

    def found(self, words: str) -> tuple[int, ...]:
        """Give the places of the messages that hold these words."""
        return self._talks.found(self._ticket, words)

    def read_to(self, by: ActorKind) -> int:
        """Give the place up to which somebody has read."""
        return self._talks.read_to(self._ticket, by)

    def pending(self) -> tuple[Pending, ...]:
        """List what is not with the desk yet."""
        return self._talks.pending(self._ticket)


class ReplySource:
    """The replies on a request, at a desk without chat. Nobody tells there what has been read."""

    def __init__(self, view: View, track: Track | None) -> None:
        self._view = view
        self._track = track
        self._messages = replies_as_chat(track) if track is not None else ()

    def before(self, place: int | None, limit: int) -> tuple[Message, ...]:
        """Give a page of replies before a place."""
        end = _END if place is None else place
        return tuple([each for each in self._messages if each.place < end][-limit:])

    def since(self, place: int, limit: int) -> tuple[Message, ...]:
        """Give a page of replies from a place on."""
        return tuple([each for each in self._messages if each.place >= place][:limit])

    def count(self) -> int:
        """Count the replies."""
        return len(self._messages)

    def found(self, words: str) -> tuple[int, ...]:
        """Give the places of the replies that hold these words."""
        wanted = words.strip().casefold()
        found = [each.place for each in self._messages if wanted in each.text.casefold()]
        return tuple(reversed(found)) if wanted else ()

    def read_to(self, by: ActorKind) -> int:
        """Take all of it as read by the person; of the desk's side nothing is known."""
        return _END if by is ActorKind.YOU else -1

    def pending(self) -> tuple[Pending, ...]:
        """List the replies that are not with the desk yet."""
        if self._track is None:
            return ()
        own = {entry.command for entry in self._track.entries if entry.command is not None}
        return tuple(
            each
            for each in self._view.outbox()
            if isinstance(each.command, PostReply)
            and (each.command.ticket == self._track.ticket.id or each.command.id in own)
        )
