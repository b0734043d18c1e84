"""Hear a desk's news as the store would: apply batches, keep what was told, wait for a condition."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import replace

import anyio

from tracker.desks.base import Desk
from tracker.desks.polling import Pace
from tracker.model.batch import Batch, Cursor
from tracker.model.chat import Amendment, Chat, Message, Typing
from tracker.model.event import Event, EventKind
from tracker.model.person import ActorKind
from tracker.model.ticket import Ticket, TicketId

LIMIT = 30.0


class Story:
    """Everything told so far. `told` and `written` hold each telling of an event or a message in a chat, so
    that doubles can be seen."""

    def __init__(self) -> None:
        self.tickets: dict[TicketId, Ticket] = {}
        self.events: dict[str, Event] = {}
        self.told: list[Event] = []
        self.batches: list[Batch] = []
        self.confirmed: set[str] = set()
        self.cursor: Cursor | None = None
        self.caught_up = False
        self.chats: dict[TicketId, Chat] = {}
        self.messages: dict[str, Message] = {}
        self.written: list[Message] = []
        self.amended: dict[str, Amendment] = {}
        self.read: dict[tuple[TicketId, ActorKind], str] = {}
        self.typing: list[Typing] = []

    def add(self, batch: Batch) -> None:
        """Take in one batch."""
        self.batches.append(batch)
        self.tickets |= {ticket.id: ticket for ticket in batch.tickets}
        self.events |= {event.id: event for event in batch.events}
        self.told += batch.events
        self.confirmed |= set(batch.confirms)
        self.confirmed |= {event.command_id for event in batch.events if event.command_id}
        self.cursor = batch.cursor or self.cursor
        self.caught_up = self.caught_up or batch.caught_up
        self._add_chats(batch)

    def _add_chats(self, batch: Batch) -> None:
        self.chats |= {chat.ticket: chat for chat in batch.chats}
        self.messages |= {message.id: message for message in batch.messages}
        self.written += batch.messages
        self.amended |= {amendment.message: amendment for amendment in batch.amendments}
        self.read |= {(mark.ticket, mark.by): mark.message for mark in batch.reads}
        self.typing += batch.typing
        self.confirmed |= {message.command_id for message in batch.messages if message.command_id}

    def talk(self, ticket: TicketId) -> list[Message]:
        """List the messages of one chat in their order, each once, as they read now."""
        told = (message for message in self.messages.values() if message.ticket == ticket)
        return [self._as_it_reads(message) for message in sorted(told, key=lambda each: each.place)]

    def said(self, ticket: TicketId) -> list[str]:
        """List what was said in one chat and not taken back, in its order."""
        return [message.text for message in self.talk(ticket) if not message.removed]

    def message(self, ticket: TicketId, text: str) -> Message:
        """Give the one message with this text."""
        (found,) = (message for message in self.talk(ticket) if message.text == text)
        return found

    def read_text(self, ticket: TicketId, by: ActorKind) -> str | None:
        """Give the text of the message up to which somebody has read."""
        message = self.messages.get(self.read.get((ticket, by), ""))
        return None if message is None else self._as_it_reads(message).text

    def _as_it_reads(self, message: Message) -> Message:
        amendment = self.amended.get(message.id)
        if amendment is None:
            return message
        if amendment.text is None:
            return replace(message, text="", attachments=(), removed=True, changed_at=amendment.at)
        return replace(message, text=amendment.text, changed_at=amendment.at)

    def of(self, ticket: TicketId) -> list[Event]:
        """List what happened to one ticket, as told, each event once."""
        return [event for event in self.events.values() if event.ticket == ticket]

    def kinds(self, ticket: TicketId) -> list[EventKind]:
        """List the kinds of what happened to one ticket."""
        return [event.kind for event in self.of(ticket)]

    def texts(self, ticket: TicketId) -> list[str]:
        """List what was written on one ticket; line ends at the end do not count."""
        return [event.text.rstrip() for event in self.of(ticket) if event.text.strip()]

    def says(self, ticket: TicketId, text: str) -> bool:
        """Tell whether exactly this was written."""
        return text in self.texts(ticket)


class Ear:
    """One open `news` stream and the story it has told."""

    def __init__(self, stream: AsyncIterator[Batch]) -> None:
        self._stream = stream
        self.story = Story()

    async def until(self, done: Callable[[Story], bool], *, within: float = LIMIT) -> Story:
        """Listen until the story is so; fails with what was heard when it takes too long."""
        try:
            with anyio.fail_after(within):
                while not done(self.story):
                    self.story.add(await anext(self._stream))
        except TimeoutError:
            heard = [(event.kind.value, event.text[:40]) for event in self.story.told]
            heard += [("message", message.text[:40]) for message in self.story.written]
            raise AssertionError(f"not heard within {within} s; heard {heard}") from None
        return self.story

    async def until_said(self, ticket: TicketId, text: str) -> Story:
        """Listen until exactly this was written on the ticket."""
        return await self.until(lambda told: told.says(ticket, text))


@asynccontextmanager
async def listening(
    desk: Desk, since: Cursor | None = None, *, kicking: bool = True, pace: Pace | None = None
) -> AsyncIterator[Ear]:
    """Open the news; desks that must be asked are asked five times a second unless `kicking` is off."""
    pace = pace or Pace(fixed=300.0)
    kicker = asyncio.create_task(_kick(pace)) if kicking else None
    stream = desk.news(since, pace)
    try:
        async with aclosing(stream):  # type: ignore[type-var]
            yield Ear(stream)
    finally:
        if kicker:
            kicker.cancel()
            with suppress(asyncio.CancelledError):
                await kicker


async def hear(desk: Desk, since: Cursor | None = None) -> Story:
    """Listen until the desk has told all it has now."""
    async with listening(desk, since) as ear:
        return await ear.until(lambda story: story.caught_up)


async def _kick(pace: Pace) -> None:
    while True:
        pace.kick()
        await asyncio.sleep(0.2)
