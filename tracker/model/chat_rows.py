"""Chats in a request's history: which rows belong together, and where one talked."""

from collections.abc import Sequence

from tracker.model.event import Event, EventKind

_OF_CHAT = frozenset(
    {
        EventKind.CHAT_STARTED,
        EventKind.CHAT_QUEUED,
        EventKind.CHAT_JOINED,
        EventKind.CHAT_LEFT,
        EventKind.CHAT_HANDED_OVER,
        EventKind.CHAT_ENDED,
    }
)
_TALK = {
    EventKind.CHAT_JOINED: True,
    EventKind.CHAT_LEFT: False,
    EventKind.CHAT_HANDED_OVER: False,  # until whoever has it next joins
    EventKind.CHAT_ENDED: False,
}


def newest_of_each_chat(events: Sequence[Event]) -> frozenset[str]:
    """Give the ids of the newest event of each chat, where the conversation is offered; `events` in order."""
    found: set[str] = set()
    newest: str | None = None
    for event in events:
        if event.kind not in _OF_CHAT:
            continue
        if event.kind is EventKind.CHAT_STARTED and newest is not None:
            found.add(newest)
        newest = event.id
    return frozenset(found if newest is None else {*found, newest})


def in_the_chat(events: Sequence[Event]) -> Event | None:
    """Give the event with which somebody of the desk came into a chat and is in it still; else None."""
    joined: Event | None = None
    for event in events:
        if event.kind in _TALK:
            joined = event if _TALK[event.kind] else None
    return joined


def talks(event: Event, before: bool) -> bool:
    """Say whether somebody of the desk is in the chat after an event, given whether they were before it."""
    return _TALK.get(event.kind, before)
