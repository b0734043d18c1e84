"""News of conversations at the embedded desk: as they stand, what was said before, who is writing."""

from collections.abc import AsyncGenerator, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import anyio.lowlevel

from tracker.desks.frontdesk import wire, wire_chat
from tracker.desks.frontdesk.chat_client import ChatClient
from tracker.desks.frontdesk.reading import Reader
from tracker.desks.frontdesk.safe_values import line_of
from tracker.desks.frontdesk.talk_reading import chat_of, reads_of, words_in
from tracker.model.batch import Batch
from tracker.model.chat import Chat, ReadMark, Typing
from tracker.model.errors import UnexpectedAnswer
from tracker.model.person import Person
from tracker.model.ticket import TicketId

TYPING_LASTS = timedelta(seconds=8)
"""For how long somebody who writes is shown to: the desk says so again while they do."""
_REMEMBERED = 2000
"""Conversations of which it is remembered how they were told last."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Conversations as they stand and how far they are read, as parts of a batch."""

    chats: tuple[Chat, ...]
    reads: tuple[ReadMark, ...]


class TalkNews:
    """Tells conversations for the person `me`; `now` is the time as the desk has it."""

    def __init__(self, client: ChatClient, reader: Reader, me: str, now: Callable[[], datetime]) -> None:
        self._client = client
        self._reader = reader
        self._me = me
        self._now = now
        self._last: dict[str, wire_chat.Chat] = {}
        self._mine: dict[str, bool] = {}

    def standing(self, tickets: Iterable[wire.Ticket]) -> Standing:
        """Read how the conversations on these tickets stand."""
        chats: list[Chat] = []
        reads: list[ReadMark] = []
        for ticket in tickets:
            if ticket.chat is not None:
                self._remember(ticket)
                chats.append(chat_of(ticket.number, ticket.chat))
                mine = ticket.requester.id == self._me
                reads += reads_of(ticket.number, ticket.chat, mine=mine)
        return Standing(tuple(chats), tuple(reads))

    def different(self, told: Iterable[wire_chat.ChatTold]) -> Batch | None:
        """Read conversations that are told without a fact; None where nothing about them is new."""
        new = [each for each in told if self._last.get(each.ticket) != each.chat]
        self._last |= {each.ticket: each.chat for each in new}
        if not new:
            return None
        reads = [
            mark
            for each in new
            for mark in reads_of(each.ticket, each.chat, mine=self._mine.get(each.ticket, True))
        ]
        return Batch(
            chats=tuple([chat_of(each.ticket, each.chat) for each in new]), reads=tuple(reads), live=True
        )

    async def asked(self) -> Batch | None:
        """Ask for the conversations that go on, where the desk's push is held back."""
        return self.different(await self._client.chats())

    def typing(self, told: wire_chat.TypingTold) -> Batch | None:
        """Read who writes; None for the person's own writing on another computer."""
        if told.person.id == self._me:
            return None
        until = self._now() + TYPING_LASTS if told.typing else None
        writing = Typing(TicketId(told.ticket), Person(line_of(told.person.name)), until)
        return Batch(typing=(writing,), live=True)

    async def said_before(self, ticket: wire.Ticket) -> AsyncGenerator[Batch, None]:
        """Give all that was said on a ticket by pages, as history; how far it is read comes last."""
        after: int | None = None
        while ticket.chat is not None:
            page = await self._client.messages(ticket.number, after)
            if page is None:
                return
            words = words_in(page.events, self._reader.person)
            ends = page.next is None
            reads = self.standing((ticket,)).reads if ends else ()
            yield Batch(messages=tuple(words.messages), amendments=tuple(words.amendments), reads=reads)
            if page.next is None:
                return
            if after is not None and page.next <= after:
                raise UnexpectedAnswer("The desk repeats itself in a conversation. Please tell IT.")
            after = page.next
            # Reading so many takes some milliseconds; others on this thread come first.
            await anyio.lowlevel.checkpoint()

    def _remember(self, ticket: wire.Ticket) -> None:
        if ticket.chat is None:
            return
        if len(self._last) > _REMEMBERED:
            self._last.clear()
            self._mine.clear()
        self._last[ticket.number] = ticket.chat
        self._mine[ticket.number] = ticket.requester.id == self._me
