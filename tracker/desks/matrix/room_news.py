"""What is new in one room: gaps filled, edits checked, then followed event by event."""

from collections.abc import AsyncIterator, Callable, Iterable
from datetime import datetime

import msgspec

from tracker.desks.matrix import contents, wire
from tracker.desks.matrix.book import Book
from tracker.desks.matrix.client import MatrixClient
from tracker.desks.matrix.gathered import Gathered
from tracker.desks.matrix.pages import Pages, read_back
from tracker.desks.matrix.passing import Passing
from tracker.desks.matrix.policy import Policy
from tracker.desks.matrix.talk import Talk
from tracker.model.ticket import TicketId

_STEP = 500
"""Events told at once: a long conversation must not be held whole in memory."""

_MOST_MISSED = 50_000


class RoomNews:
    """Reads rooms for one account. `now` is the server's time."""

    def __init__(
        self, client: MatrixClient, book: Book, me: str, *, policy: Policy, now: Callable[[], datetime]
    ) -> None:
        self._client = client
        self._pages = Pages(client)
        self._passing = Passing(client)
        self._book = book
        self._me = me
        self._policy = policy
        self._now = now

    def recognise(self, room: str, state: Iterable[wire.Event]) -> Talk | None:
        """Give the conversation in a room, if it is about a request of ours; it is in the book then."""
        known = self._book.at(room)
        if known is not None:
            return known
        for event in state:
            link = self._link(event)
            if link is not None:
                return self._book.add(Talk(room, TicketId(link.id), self._me))
        return None

    def is_ours(self, state: Iterable[wire.Event]) -> bool:
        """Tell whether these events make a room one about a request of ours."""
        return any(self._link(event) is not None for event in state)

    async def whole(self, talk: Talk, until_now: str) -> list[wire.Event]:
        """Read a conversation from its beginning up to a place."""
        events, state = await read_back(self._pages.back(talk.room, until_now), self._policy.history)
        talk.learn(state)
        return events

    async def history(self, talk: Talk, events: list[wire.Event]) -> AsyncIterator[Gathered]:
        """Follow a conversation from its beginning, told in steps."""
        for start in range(0, max(len(events), 1), _STEP):
            into = Gathered()
            await self._follow(talk, events[start : start + _STEP], into)
            yield into
        talk.is_told = True

    async def news(
        self, talk: Talk, told: wire.JoinedRoom | wire.LeftRoom, into: Gathered, *, since: str
    ) -> None:
        """Take what is new in a room since a place; what lies between is read first."""
        before = talk.chat()
        talk.learn(wire.events_in(told.state.events))
        events = wire.events_in(told.timeline.events)
        if told.timeline.limited and told.timeline.prev_batch:
            between = self._pages.back(talk.room, told.timeline.prev_batch, until=since)
            missed, state = await read_back(between, _MOST_MISSED)
            talk.learn(state)
            events = [*missed, *events]
        await self._follow(talk, events, into)
        if isinstance(told, wire.JoinedRoom):
            await self.marks(talk, told.ephemeral.events, into)
        chat = talk.chat()
        if chat is not None and chat != before:
            into.chats[talk.ticket] = chat

    async def marks(self, talk: Talk, raw: Iterable[msgspec.Raw], into: Gathered) -> None:
        """Take who types and how far each has read."""
        await self._passing.take(talk, wire.events_in(raw), into, now=self._now())

    async def _follow(self, talk: Talk, events: list[wire.Event], into: Gathered) -> None:
        for event in events:
            target = talk.edit(event)
            if target is not None and target not in talk.senders:
                await self._look_up_sender(talk, target)
            talk.take(event, into, now=self._now())

    async def _look_up_sender(self, talk: Talk, event: str) -> None:
        """Find out who wrote a message that was told before this program was started."""
        if not event.startswith("$") or len(event) > 255:
            return
        found = await self._client.event(talk.room, event)
        if found is not None and talk.is_message(found):
            talk.senders[event] = found.sender

    def _link(self, event: wire.Event) -> contents.TicketLink | None:
        """Read which request a room is about; what a stranger says of that counts for nothing."""
        if event.type != contents.TICKET or event.state_key:
            return None
        if event.sender != self._me and event.sender not in self._policy.invite:
            return None
        link = wire.content_of(event, contents.TicketLink)
        return link if link is not None and link.desk == self._policy.desk else None
