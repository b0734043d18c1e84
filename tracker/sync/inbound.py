"""News into the store: each batch judged, stored with its cursor in one transaction, then told."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from typing import cast

from tracker.desks.base import Desk
from tracker.desks.polling import Pace
from tracker.model.batch import Batch, Cursor
from tracker.model.event import Event
from tracker.model.notice import Notice, Show, Withdrawal
from tracker.model.ticket import TicketId
from tracker.store.origin import Origin
from tracker.store.writer import Told, Writer
from tracker.sync.gathering import Gathering
from tracker.sync.herald import Fresh, Herald
from tracker.sync.told_in_chats import ToldInChats
from tracker.sync.workplace import Workplace


class Inbound:
    """Listens to one desk, or to the chat server beside it; used on the sync thread."""

    def __init__(
        self,
        writer: Writer,
        herald: Herald,
        place: Workplace,
        *,
        chats: ToldInChats,
        origin: Origin = Origin.DESK,
    ) -> None:
        self._writer = writer
        self._herald = herald
        self._chats = chats
        self._origin = origin
        self._publisher = place.publisher
        self._listener = place.listener
        self._time = place.time
        self._checkpoint = place.checkpoint
        self._continuous = False

    async def listen(
        self, desk: Desk, since: Cursor | None, *, pace: Pace, heard: Callable[[Batch], None]
    ) -> None:
        """Take news until an error or a cancel; `heard` hears each batch after it is stored."""
        self._continuous = False
        gathering = Gathering()
        async with aclosing(cast("AsyncGenerator[Batch, None]", desk.news(since, pace))) as batches:
            async for told in batches:
                for batch in gathering.add(told):
                    self.take(batch)
                    heard(batch)

    def take(self, batch: Batch) -> None:
        """Store one batch and tell of it."""
        if batch.typing:
            self._listener.typing(batch.typing)
            if batch == Batch(typing=batch.typing, live=batch.live):
                return  # it is over in a moment: nothing of it is kept
        now = self._time.now()
        fresh = self._writer.unknown(batch.events) if batch.live else ()
        heard = Fresh(fresh, self._chats.events(batch, now), self._chats.read(batch))
        told = self._herald.judge(batch, heard, now=now, continuous=self._continuous, origin=self._origin)
        self._checkpoint("news.before_store")
        change = self._writer.apply(batch, told, now, self._origin)
        self._checkpoint("news.after_store")
        self._continuous = self._continuous or batch.caught_up
        self._publisher.add(change)
        if batch.live and change.chats:
            self._publisher.hurry()
        self._tell(told, (*heard.events, *heard.said), {*told.read, *batch.gone})
        self._checkpoint("news.after_tell")

    def remind(self) -> None:
        """Tell what the clock has made due."""
        now = self._time.now()
        tickets = self._writer.due(now)
        told = self._herald.remind(tickets, now)
        self._publisher.add(self._writer.tell(told, tickets))
        self._tell(told, (), set())

    def _tell(self, told: Told, fresh: Sequence[Event], read: set[TicketId]) -> None:
        if told.attention is not None:
            self._herald.attention = told.attention
        if fresh:
            self._listener.heard(tuple(fresh))
        shown = {notice.ticket for notice in told.notices if notice.show is not Show.LIST}
        gone: list[Notice | Withdrawal] = [Withdrawal(ticket) for ticket in sorted(read - shown)]
        if told.notices or gone:
            self._listener.told((*gone, *told.notices))
