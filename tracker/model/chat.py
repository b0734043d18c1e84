"""A chat on a request: who is in it, where one stands in the queue, and what was written."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tracker.model.attachment import Attachment
from tracker.model.chat_end import EndedBy as EndedBy
from tracker.model.person import SYSTEM, ActorKind, Person
from tracker.model.ticket import TicketId


class ChatState(StrEnum):
    """Where a session stands: waiting for an agent, with one, or over."""

    QUEUED = "queued"
    OPEN = "open"
    ENDED = "ended"


class ChatWay(StrEnum):
    """How one can chat on this profile."""

    NONE = "none"
    LIVE = "live"  # a desk, or a chat server beside it, that chats
    REPLIES = "replies"  # the desk cannot: the chat page shows the replies, asked for at the quickest pace


@dataclass(frozen=True, slots=True)
class Wait:
    """How long it may take until somebody answers, as a range."""

    shortest: timedelta
    longest: timedelta


@dataclass(frozen=True, slots=True)
class Chat:
    """The conversation on one request, as it stands in its latest session.

    A request has one conversation; each time it is taken up is a session. `place` is 1 for whoever is next;
    `first_place` is where one stood at first. `agent` is who is in it, or was last. `ends_at`: when it ends
    by itself unless somebody writes, and `warned` that this is near. `encrypted`: what is written there
    cannot be read by this program.
    """

    ticket: TicketId
    session: str
    state: ChatState
    started_at: datetime
    agent: Person | None = None
    joined_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: EndedBy | None = None
    place: int | None = None
    first_place: int | None = None
    wait: Wait | None = None
    ends_at: datetime | None = None
    warned: bool = False
    encrypted: bool = False

    @property
    def is_active(self) -> bool:
        """True while somebody waits or talks."""
        return self.state is not ChatState.ENDED


class MessageKind(StrEnum):
    """What a message is."""

    TEXT = "text"  # words, or files with or without words
    UNREADABLE = "unreadable"  # encrypted, and this program has no key
    UNKNOWN = "unknown"  # of a kind this program does not know; `text` may say more


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `place` orders the messages of a request and never changes; `text` is safe plain text.

    `command_id` names the command of ours that wrote it. `changed_at`, `removed`: it was edited or taken
    back; a removed one has no text and no files.
    """

    id: str
    ticket: TicketId
    place: int
    at: datetime
    sender: Person = SYSTEM
    text: str = ""
    kind: MessageKind = MessageKind.TEXT
    attachments: tuple[Attachment, ...] = ()
    command_id: str | None = None
    session: str = ""
    changed_at: datetime | None = None
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Amendment:
    """A message was edited (`text` is what it says now) or taken back (`text` None). May come before it."""

    message: str
    ticket: TicketId
    at: datetime
    text: str | None


@dataclass(frozen=True, slots=True)
class ReadMark:
    """Up to which message somebody has read: `by` is YOU (here or elsewhere) or AGENT (the desk's side)."""

    ticket: TicketId
    by: ActorKind
    message: str


@dataclass(frozen=True, slots=True)
class Typing:
    """Somebody of the desk's side is writing until `until`, or (None) has stopped. Never stored."""

    ticket: TicketId
    person: Person
    until: datetime | None


class OfferState(StrEnum):
    """Whether somebody would answer now."""

    OPEN = "open"
    CLOSED = "closed"  # outside the opening hours
    NOBODY = "nobody"  # open, but nobody chats
    FULL = "full"  # somebody chats, but the queue is too long


@dataclass(frozen=True, slots=True)
class ChatOffer:
    """What a person is told at the click: `place` and `wait` they would have, or when it opens again."""

    state: OfferState
    agents: int = 0
    place: int | None = None
    wait: Wait | None = None
    opens_at: datetime | None = None
