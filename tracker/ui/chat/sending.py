"""Which commands send what was written in a conversation, by how one can chat and how the chat stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.chat import ChatWay
from tracker.model.command import Command, Delivery, PostReply, SendMessage, StartChat, new_command_id

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tracker.model.attachment import LocalFile
    from tracker.model.chat import Chat
    from tracker.model.command import Pending
    from tracker.model.ticket import TicketId


def commands_for(
    ticket: TicketId, text: str, files: tuple[LocalFile, ...], *, way: ChatWay, goes_on: bool, now: datetime
) -> tuple[Command, ...]:
    """Give what is to be submitted, in order. `goes_on`: a session is there, or is being started."""
    if way is ChatWay.REPLIES:
        return (PostReply(new_command_id(), now, ticket, text, files),)
    if goes_on:
        return (SendMessage(new_command_id(), now, ticket, text, files),)
    start = StartChat(new_command_id(), now, ticket, text)
    return (start, SendMessage(new_command_id(), now, ticket, "", files)) if files else (start,)


def is_starting(chat: Chat | None, pending: Iterable[Pending]) -> bool:
    """Say whether a session has been asked for and is not there yet."""
    if chat is not None and chat.is_active:
        return False
    return any(
        isinstance(each.command, StartChat)
        and each.delivery is not Delivery.REJECTED
        and (chat is None or chat.ended_at is None or each.command.at > chat.ended_at)
        for each in pending
    )
