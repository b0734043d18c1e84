"""News of a conversation as events, for the notice policy and for whoever watches. Never stored."""

from datetime import datetime

from tracker.model.chat import Chat, ChatState, Message
from tracker.model.event import Details, Event, EventKind


def as_event(message: Message) -> Event:
    """Make the event that tells a message."""
    return Event(
        id=message.id,
        ticket=message.ticket,
        kind=EventKind.CHAT_MESSAGE,
        at=message.at,
        actor=message.sender,
        text=message.text,
        details=Details(attachments=message.attachments),
        command_id=message.command_id,
    )


def idle_event(chat: Chat, now: datetime) -> Event | None:
    """Make the event that tells that silence is about to end a chat; None while it is not.

    It has the same name however often the desk says so of the same silence.
    """
    if chat.state is not ChatState.OPEN or not chat.warned or chat.ends_at is None:
        return None
    return Event(
        id=f"{chat.ticket}:chat-idle:{chat.session}:{chat.ends_at.isoformat()}",
        ticket=chat.ticket,
        kind=EventKind.CHAT_IDLE,
        at=now,
        details=Details(until=chat.ends_at),
    )
