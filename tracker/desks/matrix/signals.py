"""A Matrix server's calls on people: typing, read marks, presence and names."""

from typing import TypeVar

import msgspec

from tracker.desks.answer import decode
from tracker.desks.http import Call
from tracker.desks.matrix import wire
from tracker.desks.matrix.paths import V3, part, room_path
from tracker.desks.matrix.refusals import MatrixRefused
from tracker.desks.matrix.session import MatrixSession

T = TypeVar("T")

TYPING_FOR = 20_000
"""Milliseconds after which typing counts as stopped, unless it is said again."""


class MatrixSignals:
    """The small signals between people. Errors are those of `MatrixSession`."""

    def __init__(self, session: MatrixSession) -> None:
        self._session = session

    async def typing(self, room: str, *, typing: bool) -> None:
        """Show, or stop showing, that the person is writing."""
        me = await self._session.identity()
        body = _Typing(typing, TYPING_FOR if typing else 0)
        await self._put("PUT", room_path(room, "typing", me.user), body)

    async def read_markers(self, room: str, event: str) -> None:
        """Show the others, and note for all devices of the person, how far they have read."""
        await self._put("POST", room_path(room, "read_markers"), _Markers(event, event))

    async def presence(self, user: str) -> wire.Presence:
        """Ask whether somebody is there. MatrixRefused where the server does not tell."""
        path = f"{V3}/presence/{part(user)}/status"
        return decode(await self._session.ask(Call("GET", path)), wire.Presence)

    async def profile(self, user: str) -> wire.Profile:
        """Ask what somebody calls themselves; nothing where they are unknown."""
        return await self._get(f"{V3}/profile/{part(user)}", wire.Profile) or wire.Profile()

    async def _get(self, path: str, kind: type[T]) -> T | None:
        try:
            return decode(await self._session.ask(Call("GET", path)), kind)
        except MatrixRefused as error:
            if error.code != "M_NOT_FOUND":
                raise
        return None

    async def _put(self, method: str, path: str, body: msgspec.Struct) -> None:
        await self._session.ask(Call(method, path, body=msgspec.json.encode(body)))


class _Typing(msgspec.Struct, frozen=True):
    typing: bool
    timeout: int


class _Markers(msgspec.Struct, frozen=True, rename={"fully_read": "m.fully_read", "read": "m.read"}):
    fully_read: str
    read: str
