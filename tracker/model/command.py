"""What a person asked for, and how far it has got on its way to the desk."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from tracker.model.attachment import LocalFile
from tracker.model.ticket import LOCAL_PREFIX, Priority, TicketId

CommandId = NewType("CommandId", str)
"""A UUID made here; it is what makes sending twice harmless."""


class Delivery(StrEnum):
    """Where a command stands. `UNSURE`: it may have arrived, so look before sending again."""

    QUEUED = "queued"
    UNSURE = "unsure"
    DELIVERED = "delivered"
    REJECTED = "rejected"


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


Command = CreateTicket | PostReply | ConfirmFixed | SayNotFixed


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
