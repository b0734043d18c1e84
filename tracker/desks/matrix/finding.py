"""Looks whether a room already has what a person did: by the command's id that our events carry."""

from datetime import datetime

from tracker.desks.matrix.rooms import Rooms
from tracker.desks.matrix.talk import Talk
from tracker.model.chat_command import ChatCommand, SendMessage, StartChat
from tracker.model.command import Receipt


async def found(rooms: Rooms, command: ChatCommand, now: datetime) -> Receipt | None:
    """Give the receipt of a command that is whole at the server; None when it, or a part of it, is not."""
    talk = await rooms.find(command.ticket)
    if talk is None:
        return None
    anew = await rooms.read_anew(talk, now)
    parts = anew.commands.get(command.id, {})
    if not _is_whole(command, anew, len(parts)):
        return None
    return Receipt(talk.ticket, event=parts[max(parts)] if parts else None)


def _is_whole(command: ChatCommand, talk: Talk, parts: int) -> bool:
    if isinstance(command, SendMessage):
        words = 1 if command.text.strip() and len(command.files) != 1 else 0
        return parts >= len(command.files) + words
    if isinstance(command, StartChat) and command.text.strip():
        return command.id in talk.steps and parts > 0
    return command.id in talk.steps
