"""What one look at the server has brought, put together as a batch."""

from dataclasses import dataclass, field

from tracker.model.batch import Batch, Cursor
from tracker.model.chat import Amendment, Chat, Message, ReadMark, Typing
from tracker.model.event import Event
from tracker.model.ticket import TicketId


@dataclass(slots=True)
class Gathered:
    """Facts in the order in which they are found."""

    events: list[Event] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    amendments: list[Amendment] = field(default_factory=list)
    reads: list[ReadMark] = field(default_factory=list)
    typing: list[Typing] = field(default_factory=list)
    chats: dict[TicketId, Chat] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """True when there is nothing to tell."""
        return not (self.is_lasting or self.typing)

    @property
    def is_lasting(self) -> bool:
        """True when there is something that has to be kept."""
        return bool(self.events or self.messages or self.amendments or self.reads or self.chats)

    def join(self, other: "Gathered") -> None:
        """Add what was found after."""
        self.events += other.events
        self.messages += other.messages
        self.amendments += other.amendments
        self.reads += other.reads
        self.typing += other.typing
        self.chats |= other.chats

    def batch(self, cursor: Cursor | None, *, live: bool, caught_up: bool) -> Batch:
        """Give it all as one batch."""
        return Batch(
            events=tuple(self.events),
            cursor=cursor,
            live=live,
            caught_up=caught_up,
            chats=tuple(self.chats.values()),
            messages=tuple(self.messages),
            amendments=tuple(self.amendments),
            reads=tuple(self.reads),
            typing=tuple(self.typing),
        )
