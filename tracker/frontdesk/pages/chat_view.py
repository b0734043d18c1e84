"""One conversation read for its page: where it stands, what was said, and what can be done in it."""

from dataclasses import dataclass

from tracker.frontdesk import reading
from tracker.frontdesk.chat_values import Chat
from tracker.frontdesk.chatting import last_messages
from tracker.frontdesk.pages.chat_side import is_in_it
from tracker.frontdesk.pages.chat_talk import Item, Teller
from tracker.frontdesk.pages.chat_words import Piece, pieces_of
from tracker.frontdesk.pages.telling import CHAT_NOTES
from tracker.frontdesk.pages.visitor import Visitor
from tracker.frontdesk.storage.chats import find_message
from tracker.frontdesk.values import Attachment, Event, Person, Ticket
from tracker.model.event import EventKind
from tracker.model.wording import span

SHOWN = 100
MOST_SHOWN = 10_000
"""Messages on a page at first, and at most when earlier ones are asked for."""

ENDERS = {"you": "by them", "agent": "by an agent", "idle": "since nobody wrote", "desk": "by the desk"}


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation. `about` is the request's own text; `state` names what buttons depend on."""

    ticket: Ticket
    chat: Chat | None
    items: tuple[Item, ...]
    about: tuple[Piece, ...]
    about_files: tuple[Attachment, ...]
    more: int
    read: int
    me: str
    head: tuple[str, str]
    colleagues: tuple[Person, ...]

    @property
    def is_mine(self) -> bool:
        """True while this agent is in it."""
        return is_in_it(self.chat, self.me)

    @property
    def can_accept(self) -> bool:
        """True while somebody waits on it; one's own request is a colleague's to take."""
        waits = self.chat is not None and self.chat.state == "queued"
        return waits and not self.ticket.concerns(self.me)

    @property
    def mark(self) -> str:
        """Name the state the ticket is in, so that a button pressed twice is one thing, done once."""
        session = self.chat.session if self.chat is not None else "none"
        return f"{session}.{self.ticket.updated_at.timestamp():.6f}"

    @property
    def state(self) -> str:
        """Name what the buttons depend on: they are made anew only when this changes."""
        chat = self.chat
        if chat is None:
            return "none"
        holders = "-".join(one.id if one is not None else "" for one in (chat.agent, chat.offered))
        return f"{chat.session}.{chat.state}.{holders}"


def read_talk(visitor: Visitor, number: str, *, shown: int = SHOWN) -> Talk:
    """Read the last of a conversation; raises `Refused` (not found)."""
    desk, me = visitor.desk, visitor.session.user.id
    found = reading.one_ticket(desk, visitor.viewer, number, with_events=True)
    said = last_messages(desk, visitor.viewer, number, limit=shown)
    events = found.events or ()
    read = read_place(visitor, found.ticket.chat)
    first = said.events[0].seq if said.next is not None and said.events else 0
    notes = [event for event in events if event.kind in CHAT_NOTES and event.seq >= first]
    teller = Teller(me, found.ticket.chat, read, visitor.time)
    about = next((event for event in events if event.kind is EventKind.CREATED), None)
    return Talk(
        ticket=found.ticket,
        chat=found.ticket.chat,
        items=tuple(teller.items(sorted((*notes, *said.events), key=_place))),
        about=pieces_of(about.text) if about is not None else (),
        about_files=about.attachments if about is not None else (),
        more=min(shown * 5, MOST_SHOWN) if said.next is not None and shown < MOST_SHOWN else 0,
        read=read,
        me=me,
        head=head_words(visitor, found.ticket),
        colleagues=_colleagues(visitor, found.ticket),
    )


def read_place(visitor: Visitor, chat: Chat | None) -> int:
    """Give the place of the last message that the requester's side has read, 0 for none."""
    if chat is None or chat.read.requester is None:
        return 0
    with visitor.desk.reading() as connection:
        said = find_message(connection, chat.read.requester)
    return said.event.seq if said is not None else 0


def head_words(visitor: Visitor, ticket: Ticket) -> tuple[str, str]:
    """Say where a conversation stands, with the tone of it."""
    chat, time, me = ticket.chat, visitor.time, visitor.session.user.id
    if chat is None:
        return ("Nobody has chatted about this request.", "neutral")
    if chat.state == "queued":
        offered = chat.offered is not None and chat.offered.id == me
        who = "Handed over to you, waits" if offered else "Waits"
        return (f"{who} for somebody to join, since {span(time.now - chat.started_at)}.", "warn")
    if chat.state == "ended":
        ended = time.say(chat.ended_at) if chat.ended_at is not None else ""
        return (f"This chat ended {ended}, {ENDERS[chat.ended_by or 'desk']}.", "neutral")
    end = time.say(chat.ends_at) if chat.ends_at is not None else ""
    if not is_in_it(chat, me):
        return (f"{chat.agent.name if chat.agent is not None else 'A colleague'} is in this chat.", "neutral")
    if chat.warned:
        return (f"Nobody has written for a while. The chat ends by itself at {end}.", "warn")
    return ("You are in this chat.", "ok")


def _colleagues(visitor: Visitor, ticket: Ticket) -> tuple[Person, ...]:
    """List the agents to whom a chat could be handed over now."""
    me = visitor.session.user.id
    with visitor.desk.reading() as connection:
        directory = visitor.desk.context(connection).directory
        there = directory.chat_floor().available
        agents = directory.agents()
    return tuple(one for one in agents if one.id in there and one.id != me and not ticket.concerns(one.id))


def _place(event: Event) -> int:
    return event.seq
