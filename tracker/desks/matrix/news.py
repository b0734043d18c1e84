"""News of all chats from a Matrix server: history first, then one long poll after the other."""

from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator

import anyio

from tracker.desks.matrix import wire
from tracker.desks.matrix.book import Book
from tracker.desks.matrix.client import LONG_POLL, MatrixClient
from tracker.desks.matrix.gathered import Gathered
from tracker.desks.matrix.policy import Policy
from tracker.desks.matrix.refusals import MatrixRefused
from tracker.desks.matrix.room_news import RoomNews
from tracker.desks.matrix.sync_filter import discovery, following, marks_only
from tracker.desks.matrix.talk import Talk
from tracker.model.batch import Batch, Cursor
from tracker.model.errors import CommandRejected, DeskError

_AT_ONCE = 4
_WATCHED = 8
"""Rooms just entered that are watched for a while: one of them may become a chat."""


class News:
    """Tells one account's chats; the book is kept up to date by it."""

    def __init__(self, client: MatrixClient, book: Book, me: str, *, rooms: RoomNews, policy: Policy) -> None:
        self._client = client
        self._book = book
        self._me = me
        self._rooms = rooms
        self._policy = policy
        self._since = ""
        self._new_rooms: deque[str] = deque(maxlen=_WATCHED)

    async def tell(self, since: Cursor | None, *, wait: int = LONG_POLL) -> AsyncGenerator[Batch, None]:
        """Tell everything after `since`, then what happens; the server may be silent for `wait` (ms)."""
        first = await self._resumed(since)
        if first is None:
            async for batch in self._from_the_start():
                yield batch
        else:
            into = await self._digest(first)
            yield self._batch(into, caught_up=True)
        self._book.is_followed = True
        try:
            while True:
                into = await self._digest(await self._ask(wait))
                if not into.is_empty:
                    yield self._batch(into, caught_up=True)
        finally:
            self._book.is_followed = False

    async def _resumed(self, cursor: Cursor | None) -> wire.Sync | None:
        """Ask what is new since a cursor; None where that place is not known any more."""
        since = self._book.go_on(cursor, self._me)
        if since is None:
            return None
        self._since = since
        try:
            return await self._ask(0)
        except MatrixRefused as error:
            if error.code not in ("M_INVALID_PARAM", "M_UNKNOWN", "M_UNKNOWN_POS", "M_BAD_JSON"):
                raise
            self._book.go_on(None, self._me)
            return None

    async def _from_the_start(self) -> AsyncIterator[Batch]:
        found = await self._client.sync(None, wait=0, filtered=discovery(), presence="offline")
        talks = []
        for room, told in found.rooms.join.items():
            talk = self._rooms.recognise(room, wire.events_in(told.state.events))
            if talk is not None:
                talk.learn(wire.events_in(told.state.events))
                talks.append(talk)
        self._book.is_whole = True
        for start in range(0, len(talks), _AT_ONCE):
            some = talks[start : start + _AT_ONCE]
            read = await self._read(some, found.next_batch)
            for talk, events in zip(some, read, strict=True):
                async for into in self._rooms.history(talk, events):
                    chat = talk.chat()
                    if chat is not None:
                        into.chats[talk.ticket] = chat
                    yield into.batch(None, live=False, caught_up=False)
                events.clear()
        self._since = found.next_batch
        into = await self._marks([talk.room for talk in talks])
        await self._accept(found.rooms)
        yield into.batch(self._cursor(), live=False, caught_up=True)

    async def _read(self, talks: list[Talk], until_now: str) -> list[list[wire.Event]]:
        """Read some rooms at once: most are small, and waiting for the server is most of the time."""
        read: list[list[wire.Event]] = [[] for _ in talks]
        failures: list[DeskError] = []

        async def read_one(number: int) -> None:
            try:
                read[number] = await self._rooms.whole(talks[number], until_now)
            except DeskError as error:
                failures.append(error)

        async with anyio.create_task_group() as group:
            for number in range(len(talks)):
                group.start_soon(read_one, number)
        if failures:
            raise failures[0]
        return read

    async def _marks(self, rooms: list[str]) -> Gathered:
        into = Gathered()
        if not rooms:
            return into
        told = await self._client.sync(None, wait=0, filtered=marks_only(rooms), presence="offline")
        for room, news in told.rooms.join.items():
            talk = self._book.at(room)
            if talk is not None:
                await self._rooms.marks(talk, news.ephemeral.events, into)
        return into

    async def _ask(self, wait: int) -> wire.Sync:
        followed = [talk.room for talk in self._book.talks() if talk.is_told]
        followed += [room for room in self._new_rooms if room not in followed]
        return await self._client.sync(
            self._since, wait=wait, filtered=following(followed), presence="offline"
        )

    async def _digest(self, told: wire.Sync) -> Gathered:
        into = Gathered()
        for room, news in told.rooms.join.items():
            await self._take_room(room, news, into, now_at=told.next_batch)
        for room, left in told.rooms.leave.items():
            talk = self._book.at(room)
            if talk is not None:
                await self._rooms.news(talk, left, into, since=self._since)
                self._book.remove(room)
        await self._accept(told.rooms)
        self._since = told.next_batch
        return into

    async def _take_room(self, room: str, news: wire.JoinedRoom, into: Gathered, *, now_at: str) -> None:
        state = wire.events_in((*news.state.events, *news.timeline.events))
        talk = self._rooms.recognise(room, state)
        if talk is None:
            # It may be in the making: what makes it a chat of ours comes a moment after its maker.
            self._new_rooms.append(room)
            return
        if talk.is_told:
            await self._rooms.news(talk, news, into, since=self._since)
            return
        talk.learn(state)
        async for step in self._rooms.history(talk, await self._rooms.whole(talk, now_at)):
            into.join(step)
        await self._rooms.marks(talk, news.ephemeral.events, into)
        chat = talk.chat()
        if chat is not None:
            into.chats[talk.ticket] = chat

    async def _accept(self, rooms: wire.Rooms) -> None:
        """Go into rooms of requests that the agents have made; other invitations are the person's own."""
        for room, invited in rooms.invite.items():
            state = wire.events_in(invited.invite_state.events)
            callers = {event.sender for event in state if _is_invitation(event, self._me)}
            if callers & set(self._policy.invite) and self._rooms.is_ours(state):
                try:
                    await self._client.join(room)
                except CommandRejected:
                    continue  # taken back meanwhile

    def _batch(self, into: Gathered, *, caught_up: bool) -> Batch:
        # Who types need not be stored, nor the place after it.
        cursor = self._cursor() if into.is_lasting or not into.typing else None
        return into.batch(cursor, live=True, caught_up=caught_up)

    def _cursor(self) -> Cursor:
        return self._book.cursor(self._me, self._since)


def _is_invitation(event: wire.Event, me: str) -> bool:
    return event.type == "m.room.member" and event.state_key == me
