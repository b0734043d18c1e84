"""How far the files of a command have got on their way up: a fact of the moment that nothing keeps."""

from dataclasses import dataclass

from tracker.model.identity import CommandId
from tracker.model.ticket import TicketId


@dataclass(frozen=True, slots=True)
class Uploading:
    """Bytes of a command's files that were handed to the network, of all there are; 0: nothing goes now."""

    command: CommandId
    ticket: TicketId
    sent: int
    size: int

    @property
    def percent(self) -> int:
        """How much of it went, 0 to 100: all of it only when all went."""
        return min(100, self.sent * 100 // self.size) if self.size > 0 else 0
