"""The feed as server-sent events: a message per commit within milliseconds, a sign of life every 20 s."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import anyio
import anyio.to_thread
import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from tracker.frontdesk import limits, reading
from tracker.frontdesk.answers import Answer, Changes, TypingTold
from tracker.frontdesk.attendance import note_presence
from tracker.frontdesk.chatting import chats_named, chats_of
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.feed import EVERYTHING, Whisper
from tracker.frontdesk.reading import Viewer
from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.signing_in import Caller, still_signed_in
from tracker.frontdesk.web.incoming import decode_query
from tracker.frontdesk.web.requesters import View, scoped
from tracker.frontdesk.web.route import Route, Spec, admitted

EVENT_STREAM = "text/event-stream"
HEARTBEAT = 20.0
STILL_HERE = b": still here\n\n"

Write = Callable[[bytes], Awaitable[None]]

_encode = msgspec.json.Encoder().encode


class StreamQuery(Struct, frozen=True, kw_only=True):
    """After which cursor, unless Last-Event-ID says; neither: from now on."""

    after: str | None = None
    scope: View = "mine"


class Streaming(Route):
    """Tell changes as they are committed. `heartbeat` is in seconds."""

    spec = Spec(
        "GET",
        "/changes/stream",
        "Changes as they happen; each message's data is what /changes answers",
        Changes,
        query=StreamQuery,
        gives=EVENT_STREAM,
        refusals=("not_allowed", "slow_down"),
        headers=("Last-Event-ID",),
    )

    def __init__(self, heartbeat: float = HEARTBEAT) -> None:
        self._heartbeat = heartbeat

    async def respond(self, desk: Desk, request: Request) -> Response:
        """Start the stream with what happened since the cursor."""
        query = decode_query(request, StreamQuery)
        caller = await anyio.to_thread.run_sync(admitted, desk, request, self.spec)
        viewer = scoped(Viewer(caller.user), query.scope)
        cursor = request.headers.get("last-event-id") or query.after
        follower = _Follower(desk, caller, viewer, self._heartbeat)
        desk.hub.require_room(follower.ear_of)
        return _Stream(follower, await anyio.to_thread.run_sync(follower.first, cursor))


@dataclass(frozen=True, slots=True)
class _Follower:
    desk: Desk
    caller: Caller
    viewer: Viewer
    heartbeat: float

    @property
    def ear_of(self) -> str:
        return EVERYTHING if self.viewer.whole_desk else self.viewer.user.id

    def first(self, cursor: str | None) -> Changes:
        return self.news(cursor if cursor is not None else reading.feed_end(self.desk))

    def news(self, cursor: str) -> Changes:
        """Look for what is new; whoever looks is there."""
        note_presence(self.desk, self.viewer.user)
        return reading.changes_after(self.desk, self.viewer, cursor, limit=limits.PAGE_ITEMS)

    async def tell(self, first: Changes, write: Write) -> None:
        """Write messages until the desk stops or the session ends.

        Listening starts before each look, so what is committed in between is found by the next look.
        """
        await write(_message(first))
        cursor = first.cursor
        with self.desk.hub.listening(self.ear_of) as ear:
            await self._tell_chats(write)
            while not self.desk.hub.stopping:
                ear.clear()
                whispers = ear.take()
                news = await anyio.to_thread.run_sync(self.news, cursor)
                cursor = news.cursor
                if news.changes or news.reset:
                    await write(_message(news))
                if whispers:
                    await self._pass_on(whispers, write)
                if not news.more and not await self._wait(ear, write):
                    return

    async def _tell_chats(self, write: Write) -> None:
        """Write how the chats stand that go on."""
        going_on = await anyio.to_thread.run_sync(chats_of, self.desk, self.viewer)
        for conversation in going_on.chats:
            await write(_passing("chat", conversation))

    async def _pass_on(self, whispers: tuple[Whisper, ...], write: Write) -> None:
        """Write what was whispered; that one is writing oneself is no news."""
        moved = frozenset(whisper.ticket for whisper in whispers if whisper.person is None)
        if moved:
            named = await anyio.to_thread.run_sync(chats_named, self.desk, self.viewer, moved)
            for conversation in named.chats:
                await write(_passing("chat", conversation))
        for each in whispers:
            if each.person is not None and each.person.id != self.viewer.user.id:
                told = TypingTold(ticket=each.ticket, person=each.person, typing=each.typing)
                await write(_passing("typing", told))

    async def _wait(self, ear: asyncio.Event, write: Write) -> bool:
        """Wait for news, with a comment line now and then; false when the session has ended."""
        while not ear.is_set():
            with anyio.move_on_after(self.heartbeat):
                await ear.wait()
                return True
            if not await anyio.to_thread.run_sync(self._is_still_there):
                return False
            await write(STILL_HERE)
        return True

    def _is_still_there(self) -> bool:
        note_presence(self.desk, self.viewer.user)
        return still_signed_in(self.desk, self.caller)


class _Stream(Response):
    """Sends what a follower tells until either side is gone."""

    media_type = EVENT_STREAM

    def __init__(self, follower: _Follower, first: Changes) -> None:
        super().__init__(headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._follower = follower
        self._first = first

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def write(content: bytes) -> None:
            await send({"type": "http.response.body", "body": content, "more_body": True})

        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        async with anyio.create_task_group() as group:
            group.start_soon(_until_gone, receive, group.cancel_scope)
            with contextlib.suppress(Refused):
                await self._follower.tell(self._first, write)
            group.cancel_scope.cancel()
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _until_gone(receive: Receive, scope: anyio.CancelScope) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    scope.cancel()


def _message(news: Changes) -> bytes:
    return b"id: %s\nevent: changes\ndata: %s\n\n" % (news.cursor.encode(), _encode(news))


def _passing(kind: str, said: Answer) -> bytes:
    """Write what is no fact: without an id, so that no stream goes on from it."""
    return b"event: %s\ndata: %s\n\n" % (kind.encode(), _encode(said))
