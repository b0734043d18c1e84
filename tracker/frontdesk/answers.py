"""What the desk answers: the bodies of everything that is not a refusal."""

from datetime import date, datetime
from typing import Literal, get_args

from msgspec import Raw, Struct

from tracker.frontdesk import limits
from tracker.frontdesk.chat_values import Chat, OfferStanding, WaitRange
from tracker.frontdesk.refusals import Code
from tracker.frontdesk.rules.flags import Flag
from tracker.frontdesk.rules.slots import Slot
from tracker.frontdesk.settings import Article, CannedAnswer, Service
from tracker.frontdesk.values import Attachment, Event, Person, Ticket, User

API_VERSION = 1

Capability = Literal[
    "create",
    "reply",
    "attach",
    "push",
    "confirm",
    "not_fixed",
    "rate",
    "visit",
    "promises",
    "history",
    "search_answers",
    "calls",
    "visit_answers",
    "slots",
    "thanks",
    "check_ins",
    "options",
    "preferences",
    "chat",
]
CAPABILITIES: tuple[Capability, ...] = get_args(Capability)


def capabilities(*, chat: bool) -> tuple[Capability, ...]:
    """List what a desk can do; whether it chats is in its settings."""
    return tuple(each for each in CAPABILITIES if chat or each != "chat")


class Answer(Struct, frozen=True, kw_only=True):
    """The base of all answers."""


class Refusal(Answer, frozen=True):
    """Why not: a code for programs, a sentence for people."""

    error: Code
    message: str


class Session(Answer, frozen=True):
    """A sign-in: the token is told once and kept nowhere at the desk."""

    token: str
    expires_at: datetime
    user: User

    def __repr__(self) -> str:
        return f"Session(user={self.user!r})"


class Me(Answer, frozen=True):
    """Who is signed in."""

    user: User
    expires_at: datetime


class Limits(Answer, frozen=True):
    """How much may be sent at once."""

    attachment_bytes: int
    attachments_per_message: int = limits.ATTACHMENTS_PER_MESSAGE
    text_bytes: int = limits.TEXT_BYTES
    subject_chars: int = limits.SUBJECT_CHARS
    page: int = limits.PAGE_ITEMS
    chat_page: int = limits.PAGE_MESSAGES


class Hours(Answer, frozen=True):
    """When the desk is open: per weekday, Monday first, spells of local time as `HH:MM`.

    `holidays` are the days off of this year and the next two.
    """

    zone: str
    week: tuple[tuple[tuple[str, str], ...], ...]
    holidays: tuple[date, ...]


class CompanyTold(Answer, frozen=True):
    """The OpenID provider that the desk believes, and how that knows the program."""

    issuer: str
    client_id: str


class SignInWays(Answer, frozen=True):
    """How people may sign in; `company` null: with a password alone."""

    password: bool
    company: CompanyTold | None


class DeskInfo(Answer, frozen=True):
    """What the desk says of itself to anybody."""

    name: str
    version: str
    api: int
    time: datetime
    min_client_version: str
    limits: Limits
    hours: Hours | None
    capabilities: tuple[Capability, ...]
    sign_in: SignInWays


class Services(Answer, frozen=True):
    """The catalogue."""

    services: tuple[Service, ...]


class Articles(Answer, frozen=True):
    """Answers that may save the asking."""

    articles: tuple[Article, ...]


class FeedEnd(Answer, frozen=True):
    """Where the feed ends now."""

    cursor: str


class TicketItem(Answer, frozen=True):
    """A ticket with its events, where they were asked for."""

    ticket: Ticket
    events: tuple[Event, ...] | None


class TicketPage(Answer, frozen=True):
    """Some tickets; `next` is where to go on, null at the end."""

    items: tuple[TicketItem, ...]
    next: str | None


class QueueItem(Answer, frozen=True):
    """A ticket in the agents' queue: with what they should know first."""

    ticket: Ticket
    events: tuple[Event, ...] | None
    flags: tuple[Flag, ...]


class QueuePage(Answer, frozen=True):
    """Some of the queue, the most pressing first; `next` is where to go on, null at the end."""

    items: tuple[QueueItem, ...]
    next: str | None


class Slots(Answer, frozen=True):
    """Windows offered for a visit, soonest first."""

    slots: tuple[Slot, ...]


class Preferences(Answer, frozen=True):
    """How a person wants to be told, in their program's own words; null when nothing was left here."""

    preferences: dict[str, Raw] | None
    changed_at: datetime | None


class Change(Answer, frozen=True):
    """One event with its ticket, which is never older than the event."""

    seq: int
    ticket: Ticket
    event: Event


class Changes(Answer, frozen=True):
    """News after a cursor. `reset`: take a new snapshot and go on from `cursor`."""

    changes: tuple[Change, ...]
    cursor: str
    more: bool = False
    reset: bool = False


class Done(Answer, frozen=True):
    """A command was carried out: the ticket after it and its main event."""

    ticket: Ticket
    event: Event


class CommandOutcome(Answer, frozen=True):
    """What became of a command: a ticket and an event, or an uploaded file."""

    ticket: Ticket | None = None
    event: Event | None = None
    attachment: Attachment | None = None


class ChatOffer(Answer, frozen=True):
    """What a person who starts a chat now would get; `wait` is in seconds."""

    state: OfferStanding
    agents: int
    place: int | None
    wait: WaitRange | None
    opens_at: datetime | None


class Conversation(Answer, frozen=True):
    """A chat that goes on, and on which ticket."""

    ticket: str
    chat: Chat


class Chats(Answer, frozen=True):
    """The chats that go on: those who wait first."""

    chats: tuple[Conversation, ...]


class Messages(Answer, frozen=True):
    """What was said in a conversation, in order; `next` is where to go on, null at the end."""

    events: tuple[Event, ...]
    next: int | None


class Attending(Answer, frozen=True):
    """Whether an agent takes chats, how many they are in, and how many they can be in."""

    available: bool
    active: int
    most: int


class CannedAnswers(Answer, frozen=True):
    """Words that agents often need."""

    answers: tuple[CannedAnswer, ...]


class TypingTold(Answer, frozen=True):
    """Somebody is writing in a conversation, or has stopped."""

    ticket: str
    person: Person
    typing: bool


class People(Answer, frozen=True):
    """Who has a sign-in."""

    people: tuple[User, ...]
