"""What the front desk keeps and tells: tickets, events, promises, visits, people.

One set of frozen structs is stored (as JSON) and sent, so what is on the wire is what was decided. Times
are aware UTC. New fields need a default: old rows are read with it.
"""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from msgspec import Struct

from tracker.frontdesk.chat_values import Chat, ChatEnder
from tracker.frontdesk.people import Actor as Actor
from tracker.frontdesk.people import Person as Person
from tracker.frontdesk.people import Role as Role
from tracker.frontdesk.people import User as User
from tracker.model.event import EventKind
from tracker.model.option import OptionKind
from tracker.model.ticket import Priority

Impact = Literal["me", "team", "everyone"]
MadePromise = Literal["first_reply", "next_update", "fix", "visit", "callback"]
PromiseStanding = Literal["open", "paused", "kept", "missed", "moved", "withdrawn"]
VisitStanding = Literal["scheduled", "on_the_way", "on_site", "done", "failed", "cancelled"]
CallStanding = Literal["asked", "booked", "tried", "done", "missed", "cancelled"]
Act = Literal[
    "reply",
    "confirm",
    "not_fixed",
    "rate",
    "ask_for_news",
    "let_wait",
    "ask_for_call",
    "thank",
    "check_in",
    "confirm_visit",
    "move_visit",
    "choose",
    "chat",
]


class State(StrEnum):
    """The desk's own words for where a ticket stands."""

    NEW = "new"
    ASSIGNED = "assigned"
    WORKING = "working"
    WAITING_FOR_REQUESTER = "waiting_for_requester"
    WAITING_FOR_SUPPLIER = "waiting_for_supplier"
    WAITING_FOR_APPROVAL = "waiting_for_approval"
    WAITING_FOR_PARTS = "waiting_for_parts"
    WAITING_FOR_CHANGE = "waiting_for_change"
    VISIT = "visit"
    RESOLVED = "resolved"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    MERGED = "merged"


WAITING = frozenset(state for state in State if state.startswith("waiting_for_"))
ENDED = frozenset({State.CLOSED, State.CANCELLED, State.MERGED})
NOT_WORKED_ON = ENDED | {State.RESOLVED}


class Named(Struct, frozen=True, kw_only=True):
    """Something with an id, named as it was at the time."""

    id: str
    name: str


class FieldValue(Struct, frozen=True, kw_only=True):
    """What was filled in on the service's form, with the label it had then."""

    id: str
    label: str
    value: str


class Attachment(Struct, frozen=True, kw_only=True):
    """A file at the desk; `size` in bytes, `sha256` in hexadecimal."""

    id: str
    name: str
    size: int
    mime: str
    sha256: str


class Promise(Struct, frozen=True, kw_only=True):
    """Something the desk said it would do by `latest`."""

    id: str
    kind: MadePromise
    latest: datetime
    made_at: datetime
    made_by: str
    source: Literal["sla", "agent"]
    earliest: datetime | None = None
    reason: str | None = None
    supersedes: str | None = None
    state: PromiseStanding = "open"
    ended_at: datetime | None = None


class Window(Struct, frozen=True, kw_only=True):
    """A stretch of time, from start to end."""

    starts: datetime
    ends: datetime


class Call(Struct, frozen=True, kw_only=True):
    """A call-back: when the requester is free, which window the desk took, and what became of it.

    `tries`: how often they were rung without an answer.
    """

    id: str
    asked_at: datetime
    phone: str
    windows: tuple[Window, ...]
    state: CallStanding = "asked"
    starts: datetime | None = None
    ends: datetime | None = None
    agent: Person | None = None
    tries: int = 0


class Option(Struct, frozen=True, kw_only=True):
    """One way out where the desk can do nothing now."""

    id: str
    kind: OptionKind
    label: str
    text: str = ""


class Visit(Struct, frozen=True, kw_only=True):
    """A technician's visit: the booked window, and the range of the arrival once they are on the way.

    `zone`: IANA name of where the place is. `wished`: another window the requester asked for.
    `booked_at`: since when this window stands.
    """

    id: str
    starts: datetime
    ends: datetime
    place: str
    agent: Person | None = None
    state: VisitStanding = "scheduled"
    eta_earliest: datetime | None = None
    eta_latest: datetime | None = None
    zone: str | None = None
    directions: str = ""
    prepare: tuple[str, ...] = ()
    confirmed: bool = False
    not_there: bool = False
    wished: Window | None = None
    booked_at: datetime | None = None


class Rating(Struct, frozen=True, kw_only=True):
    """What the requester thought of it, from 1 to 5."""

    score: int
    text: str
    at: datetime


class Ticket(Struct, frozen=True, kw_only=True):
    """A request as it stands. `may` is filled in for whoever looks and means nothing where it is stored.

    `news_asked_at`, `can_wait_since`: what the requester said since `last_word_at`, an agent's last public
    word. `thanked_at`, `checked_in_at`: said once for each solving, once for each closing.
    """

    number: str
    subject: str
    service: Named
    priority: Priority
    impact: Impact | None
    state: State
    state_since: datetime
    requester: Person
    created_at: datetime
    updated_at: datetime
    state_reason: str | None = None
    team: str | None = None
    owner: Person | None = None
    cc: tuple[Person, ...] = ()
    promises: tuple[Promise, ...] = ()
    visit: Visit | None = None
    auto_close_at: datetime | None = None
    merged_into: str | None = None
    rating: Rating | None = None
    channel: str = "app"
    fields: tuple[FieldValue, ...] = ()
    may: tuple[Act, ...] = ()
    call: Call | None = None
    options: tuple[Option, ...] = ()
    state_until: datetime | None = None
    waiting_for: str | None = None
    meanwhile: str | None = None
    news_asked_at: datetime | None = None
    can_wait_since: datetime | None = None
    last_word_at: datetime | None = None
    thanked_at: datetime | None = None
    checked_in_at: datetime | None = None
    chat: Chat | None = None

    @property
    def people(self) -> tuple[Person, ...]:
        """Those who may see it without being agents."""
        return (self.requester, *self.cc)

    def concerns(self, person_id: str) -> bool:
        """Tell whether this person raised the ticket or is in copy."""
        return any(person.id == person_id for person in self.people)


class EventData(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an event carries besides text; which keys a kind has is in docs/frontdesk-api.md."""

    from_state: State | None = None
    to_state: State | None = None
    reason: str | None = None
    number: str | None = None
    service: Named | None = None
    was_service: Named | None = None
    priority: Priority | None = None
    was_priority: Priority | None = None
    team: str | None = None
    was_team: str | None = None
    owner: Person | None = None
    was_owner: Person | None = None
    promise: Promise | None = None
    was_latest: datetime | None = None
    visit: Visit | None = None
    was_starts: datetime | None = None
    was_ends: datetime | None = None
    auto_close_at: datetime | None = None
    closed_by: Literal["confirmed", "auto_close", "agent"] | None = None
    score: int | None = None
    into: str | None = None
    call: Call | None = None
    windows: tuple[Window, ...] = ()
    options: tuple[Option, ...] = ()
    option: Option | None = None
    fine: bool | None = None
    until: datetime | None = None
    who: str | None = None
    meanwhile: str | None = None
    session: str | None = None
    message: str | None = None
    agent: Person | None = None
    previous: Person | None = None
    by: ChatEnder | None = None
    messages: int | None = None
    seconds: int | None = None


class Event(Struct, frozen=True, kw_only=True):
    """One fact about a ticket. `id` and `seq` are given when it is stored."""

    id: str = ""
    seq: int = 0
    ticket: str
    kind: EventKind
    at: datetime
    actor: Actor
    text: str = ""
    data: EventData = EventData()
    attachments: tuple[Attachment, ...] = ()
    command_id: str | None = None
    public: bool = True
