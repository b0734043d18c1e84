"""What passes in a room beside its events: who is typing, and how far each has read."""

from datetime import datetime, timedelta

import msgspec

from tracker.desks.matrix import contents, wire
from tracker.desks.matrix.client import MatrixClient
from tracker.desks.matrix.gathered import Gathered
from tracker.desks.matrix.message_reading import read
from tracker.desks.matrix.talk import Talk
from tracker.model.chat import ReadMark, Typing
from tracker.model.errors import CommandRejected
from tracker.model.person import ActorKind

_TYPES_FOR = timedelta(seconds=30)
_RECEIPTS = ("m.read", "m.read.private")
_NEAR = 20
_MOST = 200


class Passing:
    """Follows what passes in all rooms; remembers who was typing, so that the end of it is told."""

    def __init__(self, client: MatrixClient) -> None:
        self._client = client
        self._typing: dict[str, frozenset[str]] = {}

    async def take(self, talk: Talk, events: list[wire.Event], into: Gathered, *, now: datetime) -> None:
        """Take what passed in a room since the last look; after the room's own events."""
        for event in events:
            if event.type == "m.typing":
                self._take_typing(talk, event, into, now)
            elif event.type == "m.receipt":
                await self._take_receipts(talk, event, into)

    def _take_typing(self, talk: Talk, event: wire.Event, into: Gathered, now: datetime) -> None:
        told = wire.content_of(event, contents.Writing)
        users = frozenset(told.user_ids[:_MOST] if told else ()) - {talk.me}
        before = self._typing.get(talk.room, frozenset())
        self._typing[talk.room] = users
        for user in sorted(before - users):
            into.typing.append(Typing(talk.ticket, talk.person(user), None))
        for user in sorted(users):
            into.typing.append(Typing(talk.ticket, talk.person(user), now + _TYPES_FOR))

    async def _take_receipts(self, talk: Talk, event: wire.Event, into: Gathered) -> None:
        told = wire.content_of(event, dict[str, msgspec.Raw]) or {}
        for target, raw in list(told.items())[:_MOST]:
            readers = _readers(raw)
            if not readers:
                continue
            message = await self._message_at(talk, target)
            if not message:
                continue
            sides = {ActorKind.YOU if user == talk.me else ActorKind.AGENT for user in readers}
            into.reads += [ReadMark(talk.ticket, side, message) for side in sorted(sides)]

    async def _message_at(self, talk: Talk, event: str) -> str:
        """Give the message that somebody has read up to who has read up to an event of any kind."""
        if event in talk.up_to:
            return talk.up_to[event]
        if not event.startswith("$") or len(event) > 255:
            return ""
        try:
            around = await self._client.context(talk.room, event, _NEAR)
        except CommandRejected:
            return ""
        for each in wire.events_in((around.event, *around.events_before)):
            if talk.is_message(each):
                return each.event_id
        return ""


def _readers(raw: msgspec.Raw) -> set[str]:
    kinds = read(raw, dict[str, msgspec.Raw]) or {}
    readers: set[str] = set()
    for kind in _RECEIPTS:
        if kind in kinds:
            readers |= set(read(kinds[kind], dict[str, msgspec.Raw]) or {})
    return readers
