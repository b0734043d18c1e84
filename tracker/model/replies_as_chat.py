"""The replies on a request as a conversation, for the chat page at a desk that cannot chat."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tracker.model.chat import Message
from tracker.model.event import EventKind
from tracker.model.person import SYSTEM

if TYPE_CHECKING:
    from tracker.model.track import Entry, Track

_SAID = frozenset(
    {
        EventKind.REPLY,
        EventKind.AUTO_REPLY,
        EventKind.QUESTION,
        EventKind.ANSWER,
        EventKind.ATTACHMENT,
        EventKind.HEARTBEAT,
        EventKind.NOT_FIXED,
        EventKind.SOLVED,
        EventKind.CLOSED,
    }
)
_START = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def replies_as_chat(track: Track) -> tuple[Message, ...]:
    """Give what was written both ways, oldest first; not the request's own text, and nothing on its way.

    A message's place is its time in microseconds, the next free one where two share a moment.
    """
    found: list[Message] = []
    place = -1
    for entry in reversed(track.entries):
        if entry.event not in _SAID or not (entry.text or entry.attachments):
            continue
        place = max(place + 1, (entry.at - _START) // _MICROSECOND)
        found.append(_message(entry, track, place))
    return tuple(found)


def _message(entry: Entry, track: Track, place: int) -> Message:
    return Message(
        id=entry.id,
        ticket=track.ticket.id,
        place=place,
        at=entry.at,
        sender=entry.actor or SYSTEM,
        text=entry.text,
        attachments=entry.attachments,
    )
