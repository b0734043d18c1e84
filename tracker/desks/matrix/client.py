"""A Matrix server's calls on rooms and their events, one method each; typed answers."""

from enum import StrEnum
from typing import TypeVar

import msgspec

from tracker.desks.answer import decode
from tracker.desks.http import Call
from tracker.desks.matrix import wire
from tracker.desks.matrix.paths import V3, part, room_path
from tracker.desks.matrix.refusals import MatrixRefused
from tracker.desks.matrix.session import MatrixSession

T = TypeVar("T")

LONG_POLL = 25_000
"""Milliseconds for which a sync waits for news: less than the silence after which a call counts as lost."""

PAGE = 100


class Direction(StrEnum):
    """Which way to read a room's messages."""

    BACK = "b"
    FORWARD = "f"


class MatrixClient:
    """What is asked about rooms. Errors are those of `MatrixSession`; `MatrixRefused.code` says why not.

    Contents go out as structs of whoever calls, which know their own shape.
    """

    def __init__(self, session: MatrixSession) -> None:
        self.session = session

    async def create_room(self, room: wire.NewRoom) -> str:
        """Make a room and invite people; gives its id."""
        return (await self._send("POST", f"{V3}/createRoom", wire.RoomMade, room)).room_id

    async def invite(self, room: str, user: str) -> None:
        """Ask somebody in."""
        await self._send("POST", room_path(room, "invite"), _Nothing, _Invite(user))

    async def join(self, room: str) -> str:
        """Go into a room one was invited to, by its id or alias; gives its id."""
        return (await self._send("POST", f"{V3}/join/{part(room)}", wire.RoomMade, _EMPTY)).room_id

    async def joined_members(self, room: str) -> dict[str, wire.Member]:
        """List who is in a room, by user id."""
        return (await self._get(room_path(room, "joined_members"), wire.Members)).joined

    async def put_state(self, room: str, kind: str, content: msgspec.Struct, *, key: str = "") -> str:
        """Set one piece of a room's state; gives the event's id."""
        path = room_path(room, "state", kind, key)
        return (await self._send("PUT", path, wire.EventMade, content)).event_id

    async def send(self, room: str, kind: str, content: msgspec.Struct, *, txn: str) -> str:
        """Send an event; gives its id, the same one when this device sends again with the same `txn`."""
        path = room_path(room, "send", kind, txn)
        return (await self._send("PUT", path, wire.EventMade, content)).event_id

    async def messages(
        self,
        room: str,
        start: str | None = None,
        *,
        direction: Direction = Direction.BACK,
        limit: int = PAGE,
        filtered: msgspec.Struct | None = None,
    ) -> wire.Page:
        """Read a page of a room from `start` on (None: its newest going back, its oldest going forward)."""
        query: tuple[tuple[str, str], ...] = (("dir", direction.value), ("limit", str(limit)))
        if start is not None:
            query = (*query, ("from", start))
        return await self._get(room_path(room, "messages"), wire.Page, (*query, *_filter(filtered)))

    async def context(self, room: str, event: str, limit: int = 10) -> wire.Context:
        """Read an event with what is around it."""
        return await self._get(room_path(room, "context", event), wire.Context, (("limit", str(limit)),))

    async def event(self, room: str, event: str) -> wire.Event | None:
        """Read one event; None where there is none that we may see."""
        try:
            return await self._get(room_path(room, "event", event), wire.Event)
        except MatrixRefused as error:
            if error.code not in ("M_NOT_FOUND", "M_FORBIDDEN"):
                raise
        return None

    async def sync(
        self,
        since: str | None,
        *,
        wait: int = LONG_POLL,
        filtered: msgspec.Struct | None = None,
        presence: str = "online",
    ) -> wire.Sync:
        """Ask for what is new, waiting up to `wait` milliseconds for it. Being `online` shows to others."""
        asked = (("timeout", str(wait)), ("set_presence", presence), *_filter(filtered))
        if since is not None:
            asked = (*asked, ("since", since))
        return await self._get(f"{V3}/sync", wire.Sync, asked)

    async def _get(self, path: str, kind: type[T], query: tuple[tuple[str, str], ...] = ()) -> T:
        return decode(await self.session.ask(Call("GET", path, query=query)), kind)

    async def _send(self, method: str, path: str, kind: type[T], body: msgspec.Struct) -> T:
        return decode(await self.session.ask(Call(method, path, body=msgspec.json.encode(body))), kind)


class _Invite(msgspec.Struct, frozen=True):
    user_id: str


class _Nothing(msgspec.Struct, frozen=True):
    pass


_EMPTY = _Nothing()


def _filter(filtered: msgspec.Struct | None) -> tuple[tuple[str, str], ...]:
    return () if filtered is None else (("filter", msgspec.json.encode(filtered).decode()),)
