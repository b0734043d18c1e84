"""The list beside a conversation: whether one is there for chats, who waits, and one's own chats."""

from dataclasses import dataclass
from sqlite3 import Connection

from tracker.frontdesk.answers import Attending
from tracker.frontdesk.attendance import attending
from tracker.frontdesk.chat_values import Chat
from tracker.frontdesk.pages.visitor import Visitor
from tracker.frontdesk.reading import seen_chat
from tracker.frontdesk.storage import chats
from tracker.frontdesk.storage.numbers import parse_number
from tracker.frontdesk.values import Ticket
from tracker.model.event import EventKind
from tracker.model.wording import span

MOST_COUNTED = 50
"""Unread messages are counted up to here; nobody reads a higher number."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One chat of the list. `line` says how long they wait, or what is new; `unread` counts messages."""

    ticket: Ticket
    chat: Chat
    line: str
    unread: int = 0
    is_writing: bool = False

    @property
    def mark(self) -> str:
        """Name the state the ticket is in, so that a button pressed twice is one thing, done once."""
        return f"{self.chat.session}.{self.ticket.updated_at.timestamp():.6f}"


@dataclass(frozen=True, slots=True)
class Side:
    """Everything in the list; `elsewhere` counts the chats that colleagues are in."""

    attending: Attending
    offered: tuple[Entry, ...]
    queue: tuple[Entry, ...]
    mine: tuple[Entry, ...]
    elsewhere: int

    @property
    def waiting(self) -> int:
        """How many wait for somebody, those handed over to this agent among them."""
        return len(self.offered) + len(self.queue)


def read_side(visitor: Visitor, writing: frozenset[str] = frozenset()) -> Side:
    """Read the list; `writing`: the tickets on whose other side somebody is writing."""
    me = visitor.session.user.id
    with visitor.desk.reading() as connection:
        context = visitor.desk.context(connection)
        found = chats.chats_of_desk(connection)
        seen = [(ticket, seen_chat(ticket, context)) for ticket in found]
        entries = [
            _entry(visitor, ticket, chat, unread=_unread(connection, ticket, chat, me), writing=writing)
            for ticket, chat in seen
            if chat is not None
        ]
    waiting = [entry for entry in entries if entry.chat.state == "queued"]
    offered = [one for one in waiting if one.chat.offered is not None and one.chat.offered.id == me]
    mine = [entry for entry in entries if is_in_it(entry.chat, me)]
    return Side(
        attending=attending(visitor.desk, visitor.session.user),
        offered=tuple(offered),
        queue=tuple(entry for entry in waiting if entry not in offered),
        mine=tuple(sorted(mine, key=lambda entry: entry.chat.joined_at or entry.chat.started_at)),
        elsewhere=len(entries) - len(waiting) - len(mine),
    )


def is_in_it(chat: Chat | None, agent_id: str) -> bool:
    """Tell whether an agent is in an open chat."""
    return chat is not None and chat.state == "open" and chat.agent is not None and chat.agent.id == agent_id


def waiting_chats(visitor: Visitor) -> int:
    """Count those who wait for somebody to join their chat."""
    with visitor.desk.reading() as connection:
        return len(chats.queue_numbers(connection))


def _entry(visitor: Visitor, ticket: Ticket, chat: Chat, *, unread: int, writing: frozenset[str]) -> Entry:
    is_writing = ticket.number in writing
    if chat.state == "queued":
        place = f"Number {chat.place}, waits " if chat.place is not None else "Waits "
        line = f"{place}{span(visitor.time.now - chat.started_at)}"
    elif is_writing:
        line = "is writing…"
    elif unread:
        line = f"{unread if unread < MOST_COUNTED else f'{MOST_COUNTED} or more'} new"
    else:
        line = "ends soon: nobody writes" if chat.warned else "nothing new"
    return Entry(ticket, chat, line, unread, is_writing)


def _unread(connection: Connection, ticket: Ticket, chat: Chat | None, me: str) -> int:
    if not is_in_it(chat, me) or chat is None:
        return 0
    seen = chats.find_message(connection, chat.read.agent) if chat.read.agent is not None else None
    after = seen.event.seq if seen is not None else 0
    said = chats.messages_after(connection, parse_number(ticket.number), after=after, limit=MOST_COUNTED)
    return sum(
        event.kind is EventKind.CHAT_MESSAGE and ticket.concerns(event.actor.id or "") for event in said
    )
