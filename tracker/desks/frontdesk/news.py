"""News of the embedded desk: a snapshot by pages, then what it pushes; asking where pushing does not work."""

from collections.abc import AsyncGenerator, AsyncIterator, Iterable
from contextlib import AsyncExitStack, aclosing
from dataclasses import replace

import anyio
import anyio.lowlevel

from tracker.desks.frontdesk import wire, wire_chat
from tracker.desks.frontdesk.client import FrontDeskClient
from tracker.desks.frontdesk.reading import Reader, event_id_of
from tracker.desks.frontdesk.stream import Told, told_changes
from tracker.desks.frontdesk.talk_news import TalkNews
from tracker.desks.frontdesk.talk_reading import is_word, words_in
from tracker.desks.polling import Pace
from tracker.model.batch import Batch, Cursor
from tracker.model.errors import CommandRejected, DeskUnavailable, UnexpectedAnswer
from tracker.model.event import EventKind
from tracker.model.ticket import TicketId

PAGE = 50
"""Tickets asked for at once: fewer cost round trips; more are decoded in a longer breath and leave holes."""

_AT_ONCE = 50
"""Tickets in one batch, so that reading and storing one stays short."""

_FIRST_MESSAGE = 10.0
"""The desk speaks at once on a stream; silence for so many seconds means that something holds it back."""


class News:
    """Tells batches for the person `me`. `pushes` turns false when the stream is held back on the way.

    `talks` None: the desk does not chat.
    """

    def __init__(self, client: FrontDeskClient, desk: str, reader: Reader, talks: TalkNews | None) -> None:
        self.pushes = True
        self._client = client
        self._desk = desk
        self._me = reader.me
        self._reader = reader
        self._talks = talks
        self._met: set[str] = set()

    async def tell(self, since: Cursor | None, pace: Pace) -> AsyncGenerator[Batch, None]:
        """Give everything after `since`, then go on; ends only by an error."""
        # Taken before the snapshot, so that what happens meanwhile is told after it.
        place = str(since) if since is not None else await self._client.cursor()
        lost = since is None
        while True:
            if lost:
                async with aclosing(self._snapshot(place)) as batches:
                    async for batch in batches:
                        yield batch
            async with aclosing(self._listened(place, pace, after_snapshot=lost)) as told:
                async for news in told:
                    if not isinstance(news, wire.Changes):
                        yield news
                        continue
                    place, lost = news.cursor, news.reset
                    if lost:
                        break
                    async for batch in self._batches(news):
                        yield batch

    async def _listened(
        self, place: str, pace: Pace, *, after_snapshot: bool
    ) -> AsyncGenerator[wire.Changes | Batch, None]:
        """Give the feed; that a snapshot is whole is said first, but not before somebody listens.

        What passes beside the feed is never told again.
        """
        async with aclosing(self._changes(place, pace)) as told:
            async for news in told:
                if after_snapshot:
                    yield Batch(cursor=Cursor(place), caught_up=True)
                    after_snapshot = False
                yield news

    async def _snapshot(self, place: str) -> AsyncGenerator[Batch, None]:
        after: str | None = None
        asked: set[str] = set()
        chatted: list[wire.Ticket] = []
        while True:
            page = await self._client.page(after, PAGE)
            chatted += [item.ticket for item in page.items if item.ticket.chat is not None]
            for start in range(0, len(page.items), _AT_ONCE):
                yield self._batch_of(page.items[start : start + _AT_ONCE])
                # Reading so many takes some milliseconds; others on this thread come first.
                await anyio.lowlevel.checkpoint()
            after = page.next
            if after is None:
                break
            if after in asked:
                raise UnexpectedAnswer(
                    f"{self._desk} repeats itself in the list of requests. Please tell IT."
                )
            asked.add(after)
        for ticket in chatted:
            async with aclosing(self._said_before(ticket)) as batches:
                async for batch in batches:
                    yield batch
        yield Batch(cursor=Cursor(place))

    def _batch_of(self, items: tuple[wire.Item, ...]) -> Batch:
        read_ticket, read_event = self._reader.ticket, self._reader.event
        tickets = tuple([read_ticket(item.ticket) for item in items])
        events = tuple([read_event(event) for item in items for event in item.events or ()])
        self._met.update(item.ticket.number for item in items if item.ticket.requester.id != self._me)
        return self._with_standing(Batch(tickets, events), [item.ticket for item in items])

    async def _said_before(self, ticket: wire.Ticket) -> AsyncGenerator[Batch, None]:
        if self._talks is None:
            return
        async with aclosing(self._talks.said_before(ticket)) as batches:
            async for batch in batches:
                yield batch

    def _with_standing(self, batch: Batch, tickets: Iterable[wire.Ticket]) -> Batch:
        """Add how the conversations stand. How far they are read comes with the words in the snapshot."""
        if self._talks is None:
            return batch
        standing = self._talks.standing(tickets)
        return replace(batch, chats=standing.chats, reads=standing.reads if batch.live else ())

    async def _changes(self, place: str, pace: Pace) -> AsyncGenerator[wire.Changes | Batch, None]:
        if self.pushes:
            async with aclosing(self._pushed(place)) as pushed:
                async for told in pushed:
                    if isinstance(told, wire.Changes):
                        place = told.cursor
                        yield told
                    elif (batch := self._beside(told)) is not None:
                        yield batch
        while True:
            changes = await self._client.changes(place)
            yield changes
            place = changes.cursor
            if not changes.more:
                standing = None if self._talks is None else await self._talks.asked()
                if standing is not None:
                    yield standing
                await pace.wait()

    def _beside(self, told: wire_chat.ChatTold | wire_chat.TypingTold) -> Batch | None:
        """Read what is pushed beside the feed; it has no place there and is never told again."""
        if self._talks is None:
            return None
        if isinstance(told, wire_chat.TypingTold):
            return self._talks.typing(told)
        return self._talks.different((told,))

    async def _pushed(self, place: str) -> AsyncGenerator[Told, None]:
        async with AsyncExitStack() as closing:
            with anyio.move_on_after(_FIRST_MESSAGE) as waiting:
                first, stream = await self._open_stream(place, closing)
            if waiting.cancelled_caught:
                self.pushes = False
                return
            if first is not None:
                yield first
            if stream is not None:
                async for told in stream:
                    yield told
        raise DeskUnavailable(f"{self._desk} has ended the connection. We keep trying.")

    async def _open_stream(
        self, place: str, closing: AsyncExitStack
    ) -> tuple[Told | None, AsyncIterator[Told] | None]:
        try:
            response = await closing.enter_async_context(self._client.change_stream(place))
        except CommandRejected:
            # Our note of the place is damaged: the desk cannot even read it.
            return wire.Changes((), await self._client.cursor(), reset=True), None
        stream = await closing.enter_async_context(aclosing(told_changes(self._desk, response)))
        return await anext(stream, None), stream

    async def _batches(self, changes: wire.Changes) -> AsyncGenerator[Batch, None]:
        gone: list[TicketId] = []
        for number in self._newly_met(changes):
            item = await self._client.ticket(number)
            if item is None:
                gone.append(TicketId(number))
                continue
            self._met.add(number)
            yield self._history_before(item, changes)
            async with aclosing(self._said_before(item.ticket)) as batches:
                async for batch in batches:
                    yield batch
        yield self._told_now(changes, tuple(gone))

    def _told_now(self, changes: wire.Changes, gone: tuple[TicketId, ...]) -> Batch:
        newest = {told.ticket.number: told.ticket for told in changes.changes}
        facts = [told.event for told in changes.changes if not is_word(told.event)]
        said = [told.event for told in changes.changes if is_word(told.event)]
        words = words_in(said, self._reader.person)
        batch = Batch(
            tickets=tuple([self._reader.ticket(ticket) for ticket in newest.values()]),
            events=tuple([self._reader.event(fact) for fact in facts]),
            cursor=Cursor(changes.cursor),
            live=True,
            caught_up=not changes.more,
            gone=gone,
            messages=tuple(words.messages),
            amendments=tuple(words.amendments),
        )
        return self._with_standing(batch, newest.values())

    def _newly_met(self, changes: wire.Changes) -> list[str]:
        """List others' tickets we came to by a copy or a merge: their past was never in our feed."""
        found = {
            told.ticket.number: None
            for told in changes.changes
            if told.ticket.requester.id != self._me
            and told.ticket.number not in self._met
            and told.event.kind != EventKind.CREATED
        }
        return list(found)

    def _history_before(self, item: wire.Item, changes: wire.Changes) -> Batch:
        coming = {event_id_of(told.event) for told in changes.changes}
        past = [event for event in item.events or () if event_id_of(event) not in coming]
        return Batch(
            tickets=(self._reader.ticket(item.ticket),),
            events=tuple([self._reader.event(event) for event in past]),
        )
