"""News from a desk: what changed, and from where to ask next."""

from dataclasses import dataclass
from typing import NewType

from tracker.model.chat import Amendment, Chat, Message, ReadMark, Typing
from tracker.model.command import CommandId
from tracker.model.event import Event
from tracker.model.ticket import Ticket, TicketId

Cursor = NewType("Cursor", str)
"""An opaque "since" token: only the connector that made it reads it."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One step of news, stored together with its cursor in one transaction.

    `cursor` None: not yet safe to resume from here (a snapshot is under way). `live` is false while
    history is being read, so that nothing in it is announced; `caught_up` is true when the desk has
    told everything it has now. `gone` are tickets this person may no longer see. `confirms` are
    commands whose effect is in this batch, for desks whose events cannot carry the command's id.
    `chats` as they stand now, `messages` new in them, what became of older ones, who has read how far, and
    who is typing (which is told and never stored).
    """

    tickets: tuple[Ticket, ...] = ()
    events: tuple[Event, ...] = ()
    cursor: Cursor | None = None
    live: bool = False
    caught_up: bool = False
    gone: tuple[TicketId, ...] = ()
    confirms: tuple[CommandId, ...] = ()
    chats: tuple[Chat, ...] = ()
    messages: tuple[Message, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    reads: tuple[ReadMark, ...] = ()
    typing: tuple[Typing, ...] = ()
