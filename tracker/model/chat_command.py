"""What a person does in a chat, on its way to the desk."""

from dataclasses import dataclass
from datetime import datetime

from tracker.model.attachment import LocalFile
from tracker.model.identity import CommandId
from tracker.model.ticket import TicketId


@dataclass(frozen=True, slots=True)
class StartChat:
    """Begin a session on a request, with the first words. On one not at the desk yet: as soon as it is.

    Taking an ended chat up again is starting a new session on the same request.
    """

    id: CommandId
    at: datetime
    ticket: TicketId
    text: str = ""


@dataclass(frozen=True, slots=True)
class SendMessage:
    """Write a message in the chat of a request."""

    id: CommandId
    at: datetime
    ticket: TicketId
    text: str
    files: tuple[LocalFile, ...] = ()


@dataclass(frozen=True, slots=True)
class EndChat:
    """End the session, or leave the queue."""

    id: CommandId
    at: datetime
    ticket: TicketId


ChatCommand = StartChat | SendMessage | EndChat
