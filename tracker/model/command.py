"""What a person asked for, and how far it has got on its way to the desk."""

from dataclasses import dataclass
from datetime import datetime

from tracker.model.attachment import LocalFile
from tracker.model.chat_command import ChatCommand, EndChat, SendMessage, StartChat
from tracker.model.delivery import Delivery
from tracker.model.identity import CommandId
from tracker.model.ticket import LOCAL_PREFIX, Priority, TicketId
from tracker.model.wish import Wish

__all__ = [
    "ChatCommand",
    "Command",
    "CommandId",
    "ConfirmFixed",
    "CreateTicket",
    "Delivery",
    "EndChat",
    "Pending",
    "PostReply",
    "Receipt",
    "SayNotFixed",
    "SendMessage",
    "StartChat",
    "TicketCommand",
    "Wish",
    "files_of",
    "local_reference",
    "new_command_id",
    "text_of",
]


@dataclass(frozen=True, slots=True)
class CreateTicket:
    """Raise a request. `fields` holds (field id, value) pairs of the service's form."""

    id: CommandId
    at: datetime
    service: str
    subject: str
    text: str
    fields: tuple[tuple[str, str], ...] = ()
    priority: Priority = Priority.NORMAL
    files: tuple[LocalFile, ...] = ()

    @property
    def ticket(self) -> TicketId:
        """The local reference under which the request is shown until the desk has it, and after."""
        return local_reference(self.id)


@dataclass(frozen=True, slots=True)
class PostReply:
    """Write to the desk on a ticket; also how a question is answered."""

    id: CommandId
    at: datetime
    ticket: TicketId
    text: str
    files: tuple[LocalFile, ...] = ()


@dataclass(frozen=True, slots=True)
class ConfirmFixed:
    """Say "Yes, it works"."""

    id: CommandId
    at: datetime
    ticket: TicketId


@dataclass(frozen=True, slots=True)
class SayNotFixed:
    """Say "Not yet", with the one line that is needed."""

    id: CommandId
    at: datetime
    ticket: TicketId
    text: str


TicketCommand = CreateTicket | PostReply | ConfirmFixed | SayNotFixed | Wish
Command = TicketCommand | ChatCommand


def text_of(command: Command) -> str:
    """Give what the person wrote with it; nothing for a word that has no text."""
    return "" if isinstance(command, ConfirmFixed | EndChat) else command.text


def files_of(command: Command) -> tuple[LocalFile, ...]:
    """Give the files that go along."""
    return command.files if isinstance(command, CreateTicket | PostReply | SendMessage) else ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """The desk's word that it has a command: the ticket, its number, the event if it named one.

    `kept_here` is true where the desk cannot take such a word and it is only noted on this computer.
    """

    ticket: TicketId
    number: str = ""
    event: str | None = None
    kept_here: bool = False


@dataclass(frozen=True, slots=True)
class Pending:
    """A command in the outbox as a person sees it: what, how far, and why it was refused."""

    command: Command
    delivery: Delivery
    attempts: int = 0
    error: str | None = None


def new_command_id() -> CommandId:
    """Make an id no other command has."""
    import uuid

    return CommandId(str(uuid.uuid4()))


def local_reference(command: CommandId) -> TicketId:
    """Name a ticket that the desk does not have yet, short enough to read out (48 bits of the id)."""
    return TicketId(LOCAL_PREFIX + command.replace("-", "")[:12])
