"""One fact about a ticket, append-only."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from tracker.model.attachment import Attachment
from tracker.model.call import Call
from tracker.model.chat_end import ChatEnd
from tracker.model.option import Option
from tracker.model.person import SYSTEM, ActorKind, Person
from tracker.model.promise import Promise
from tracker.model.ticket import TicketId
from tracker.model.visit import Visit


class EventKind(StrEnum):
    """Every kind of fact; desks map theirs to these, the rest is `OTHER` with the desk's own words."""

    CREATED = "created"
    RECEIVED = "received"
    CATEGORISED = "categorised"
    PRIORITY = "priority"
    ASSIGNED = "assigned"
    HANDED_OVER = "handed_over"
    WORK_STARTED = "work_started"
    REPLY = "reply"
    AUTO_REPLY = "auto_reply"
    QUESTION = "question"
    ANSWER = "answer"
    ATTACHMENT = "attachment"
    STATUS = "status"
    APPROVAL_ASKED = "approval_asked"
    APPROVAL_GIVEN = "approval_given"
    APPROVAL_REFUSED = "approval_refused"
    ON_HOLD = "on_hold"
    RESUMED = "resumed"
    PROMISE_MADE = "promise_made"
    PROMISE_MOVED = "promise_moved"
    PROMISE_KEPT = "promise_kept"
    PROMISE_MISSED = "promise_missed"
    PROMISE_WITHDRAWN = "promise_withdrawn"
    VISIT_BOOKED = "visit_booked"
    VISIT_MOVED = "visit_moved"
    VISIT_CANCELLED = "visit_cancelled"
    VISIT_ON_THE_WAY = "visit_on_the_way"
    VISIT_ETA = "visit_eta"
    VISIT_ARRIVED = "visit_arrived"
    VISIT_DONE = "visit_done"
    VISIT_FAILED = "visit_failed"
    CALLBACK_ASKED = "callback_asked"
    CALLBACK_BOOKED = "callback_booked"
    CALLBACK_TRIED = "callback_tried"
    CALLBACK_DONE = "callback_done"
    CALLBACK_MISSED = "callback_missed"
    CHAT_STARTED = "chat_started"
    CHAT_QUEUED = "chat_queued"
    CHAT_JOINED = "chat_joined"
    CHAT_LEFT = "chat_left"
    CHAT_HANDED_OVER = "chat_handed_over"
    CHAT_ENDED = "chat_ended"
    CHAT_MESSAGE = "chat_message"  # told, and kept with the conversation instead of the history
    CHAT_EDITED = "chat_edited"  # as these two: they amend a message
    CHAT_REMOVED = "chat_removed"
    CHAT_IDLE = "chat_idle"  # told by this program and never kept: silence is about to end the chat
    LINKED = "linked"
    MERGED = "merged"
    OUTAGE_LINKED = "outage_linked"
    SOLVED = "solved"
    CONFIRMED = "confirmed"
    NOT_FIXED = "not_fixed"
    REOPENED = "reopened"
    AUTO_CLOSE_SET = "auto_close_set"
    CLOSED = "closed"
    RATED = "rated"
    CHECKED_IN = "checked_in"
    HEARTBEAT = "heartbeat"
    NEWS_ASKED = "news_asked"
    CAN_WAIT = "can_wait"
    CALLBACK_CANCELLED = "callback_cancelled"
    VISIT_CONFIRMED = "visit_confirmed"
    VISIT_MOVE_ASKED = "visit_move_asked"
    VISIT_NOT_THERE = "visit_not_there"
    VISIT_PLACE = "visit_place"
    THANKED = "thanked"
    OPTIONS_OFFERED = "options_offered"
    OPTION_CHOSEN = "option_chosen"
    OTHER = "other"


class Confidence(StrEnum):
    """Whether the desk said it, or we noticed it as a change between two looks."""

    STATED = "stated"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class Details:
    """What some kinds carry besides text; every field is optional.

    `until`: when a wait ends, or the time before a promise or a visit was moved. `options` of an
    `OPTION_CHOSEN` is the one chosen. `fine` tells how a `CHECKED_IN` went. `person` is who joined or left a
    chat, or has it next; `chat` tells how one ended.
    """

    reason: str | None = None
    team: str | None = None
    person: str | None = None
    previous: str | None = None
    promise: Promise | None = None
    visit: Visit | None = None
    attachments: tuple[Attachment, ...] = ()
    target: TicketId | None = None
    score: int | None = None
    until: datetime | None = None
    status_word: str | None = None
    call: Call | None = None
    options: tuple[Option, ...] = ()
    who_ends: str | None = None
    meanwhile: str | None = None
    fine: bool | None = None
    chat: ChatEnd | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One fact. `id` is the desk's own or `event_id`; `at` is when it happened, `seen_at` when we saw it.

    `text` is already safe plain text. `command_id` names the command of ours that caused it, where the
    desk can tell. `raw_id` and `raw_type` are the desk's own, for support.
    """

    id: str
    ticket: TicketId
    kind: EventKind
    at: datetime
    actor: Person = SYSTEM
    text: str = ""
    details: Details = field(default_factory=Details)
    seen_at: datetime | None = None
    confidence: Confidence = Confidence.STATED
    command_id: str | None = None
    raw_id: str | None = None
    raw_type: str | None = None

    @property
    def is_human_word(self) -> bool:
        """True for a public word by a person of the desk: what keeps a promise of news.

        A mere change, such as setting a request to solved without writing anything, is not a word.
        """
        if self.actor.kind is not ActorKind.AGENT:
            return False
        return self.kind in HUMAN_WORDS or (bool(self.text) and self.kind in _WORDS_IF_WRITTEN)


HUMAN_WORDS = frozenset(
    {
        EventKind.REPLY,
        EventKind.QUESTION,
        EventKind.HEARTBEAT,
        EventKind.APPROVAL_ASKED,
        EventKind.CALLBACK_DONE,
        EventKind.VISIT_ARRIVED,
        EventKind.VISIT_DONE,
        EventKind.CHAT_JOINED,
        EventKind.CHAT_MESSAGE,
        EventKind.CHAT_ENDED,  # by somebody who was in it: the messages themselves are not in the history
    }
)
_WORDS_IF_WRITTEN = frozenset(
    {
        EventKind.ATTACHMENT,
        EventKind.SOLVED,
        EventKind.CLOSED,
        EventKind.VISIT_FAILED,
        EventKind.OPTIONS_OFFERED,
    }
)

_NAMESPACE = "5d0f7f4e-2c9e-5c39-9a55-6a5f0a3c1c11"


def event_id(desk: str, native: str) -> str:
    """Make an id that is the same each time the same desk tells the same fact (UUIDv5 of both)."""
    from uuid import UUID, uuid5  # not needed to show what is known

    return str(uuid5(UUID(_NAMESPACE), f"{desk}\x1f{native}"))
