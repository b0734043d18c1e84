"""A request and its present state, as the desk last told it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from tracker.model.call import Call
from tracker.model.option import Option
from tracker.model.person import Person
from tracker.model.promise import Promise
from tracker.model.visit import Visit

TicketId = NewType("TicketId", str)
"""The desk's own id of a ticket; before the desk has it, the local reference (`LOCAL_PREFIX`…)."""

LOCAL_PREFIX = "local-"


class Priority(StrEnum):
    """How urgent, in the four steps that the default cadence knows."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class TicketState(StrEnum):
    """What a connector's map turns the desk's own status word into."""

    NEW = "new"
    ASSIGNED = "assigned"
    WORKING = "working"
    WAITING_FOR_YOU = "waiting_for_you"
    WAITING_FOR_SUPPLIER = "waiting_for_supplier"
    WAITING_FOR_APPROVAL = "waiting_for_approval"
    WAITING_FOR_PARTS = "waiting_for_parts"
    WAITING_FOR_CHANGE = "waiting_for_change"
    VISIT = "visit"
    RESOLVED = "resolved"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    MERGED = "merged"
    UNKNOWN = "unknown"

    @property
    def is_over(self) -> bool:
        """True when nobody is expected to do anything any more."""
        return self in OVER


OVER = frozenset({TicketState.CLOSED, TicketState.CANCELLED, TicketState.MERGED})


class Act(StrEnum):
    """What a requester may do with a ticket, as far as the desk lets them."""

    REPLY = "reply"
    ANSWER = "answer"
    CONFIRM = "confirm"
    NOT_FIXED = "not_fixed"
    RATE = "rate"
    ASK_FOR_NEWS = "ask_for_news"
    FOLLOW = "follow"
    RAISE_AGAIN = "raise_again"
    ASK_FOR_CALL = "ask_for_call"
    LET_WAIT = "let_wait"
    THANK = "thank"
    CHECK_IN = "check_in"
    CONFIRM_VISIT = "confirm_visit"
    MOVE_VISIT = "move_visit"
    CHOOSE = "choose"
    CHAT = "chat"


@dataclass(frozen=True, slots=True)
class Ticket:
    """One request. `state_word` is the desk's own word; times are aware UTC.

    `state_since` and `state_reason` tell since when and why it waits, where the desk says so; `state_until`
    when that should end, `waiting_for` who can end it, `meanwhile` what the requester can do until then.
    `options` are the ways out where the desk can do nothing now; `call` is the latest call-back.
    `may` holds what the desk lets this requester do now.
    """

    id: TicketId
    number: str
    subject: str
    state: TicketState
    created_at: datetime
    updated_at: datetime
    state_word: str = ""
    state_since: datetime | None = None
    state_reason: str | None = None
    service: str = ""
    priority: Priority = Priority.NORMAL
    requester: str = ""
    team: str = ""
    owner: Person | None = None
    promises: tuple[Promise, ...] = ()
    visit: Visit | None = None
    auto_close_at: datetime | None = None
    merged_into: TicketId | None = None
    channel: str = ""
    rating: int | None = None
    may: frozenset[Act] = frozenset({Act.REPLY})
    url: str | None = None
    state_until: datetime | None = None
    waiting_for: str = ""
    meanwhile: str = ""
    call: Call | None = None
    options: tuple[Option, ...] = ()
