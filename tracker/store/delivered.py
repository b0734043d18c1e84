"""Commands that the desk has taken and not told yet: when what it tells ends the waiting for that."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tracker.model.batch import Batch
from tracker.model.ticket import Ticket, TicketState
from tracker.store.codec import moment
from tracker.store.origin import Origin
from tracker.store.turns import CHAT_KINDS

UNNAMED = timedelta(minutes=1)
"""A desk that did not name the event of a command has told it by its first word this long after."""
UNHEARD = timedelta(days=1)
"""So long after delivery a command is not waited for any more: the desk does not show what came of it."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """A command that the desk has taken and not told yet; `event` is the one it named, if it did."""

    kind: str
    ticket: str
    event: str | None
    at: int

    def is_shown(self, batch: Batch, now: datetime, origin: Origin = Origin.DESK) -> bool:
        """Say whether this batch shows what came of it, or ends the waiting for that."""
        if self.event is not None and self.event in ids_told(batch):
            return True
        if origin is Origin.CHAT_SERVER and self.kind not in CHAT_KINDS:
            return False  # it says nothing of what the desk was asked
        there = next((ticket for ticket in batch.tickets if ticket.id == self.ticket), None)
        if self.kind == "create":
            return there is not None
        if there is not None and self.event is None and settled(self.kind, there):
            return True
        return batch.caught_up and now - moment(self.at) > (UNNAMED if self.event is None else UNHEARD)


def ids_told(batch: Batch) -> set[str | None]:
    """Give the ids of what a batch tells: events, and messages in chats."""
    told: set[str | None] = {event.id for event in batch.events}
    return told.union(message.id for message in batch.messages)


def settled(kind: str, ticket: Ticket) -> bool:
    """Say whether the desk's present word shows the effect of a command it gives no event for."""
    if kind == "confirm":
        return ticket.state in (TicketState.CLOSED, TicketState.MERGED) or ticket.rating is not None
    return kind == "not_fixed" and ticket.state is not TicketState.RESOLVED
