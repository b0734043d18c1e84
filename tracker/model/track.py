"""What is drawn of a request: the values that `timeline.track` gives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tracker.model.event import Confidence, EventKind

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.model.attachment import Attachment, LocalFile
    from tracker.model.call import Call
    from tracker.model.command import CommandId, Delivery
    from tracker.model.line import Line
    from tracker.model.person import Person
    from tracker.model.promise import Promise
    from tracker.model.stage import Milestone, Stage
    from tracker.model.ticket import Act, Ticket
    from tracker.model.visit import Visit


class OverlayKind(StrEnum):
    """Exceptions, most urgent first: the first that holds colours the card."""

    SENDING_FAILED = "sending_failed"
    WAITING_FOR_YOU = "waiting_for_you"
    VISIT_FAILED = "visit_failed"
    CALLBACK_MISSED = "callback_missed"
    PROMISE_MISSED = "promise_missed"
    CLOSED_UNHEARD = "closed_unheard"
    NOT_SENT = "not_sent"
    POWERLESS = "powerless"
    PART_OF_OUTAGE = "part_of_outage"
    DELAYED = "delayed"
    QUIET = "quiet"
    WAITING_FOR_APPROVAL = "waiting_for_approval"
    WAITING_FOR_SUPPLIER = "waiting_for_supplier"
    WAITING_FOR_PARTS = "waiting_for_parts"
    WAITING_FOR_CHANGE = "waiting_for_change"
    HANDED_OVER = "handed_over"
    MERGED = "merged"
    CANCELLED = "cancelled"
    STALE = "stale"


URGENCY = {kind: rank for rank, kind in enumerate(OverlayKind)}


@dataclass(frozen=True, slots=True)
class Overlay:
    """An exception that holds now: its chip, since when, why, who can end it, what you can do.

    `detail` is one more sentence about it, such as what you have already asked for. `until`: when it should
    end, as far as the desk tells; `meanwhile`: what you can do until then, in the desk's words. `calm`: you
    have said that it can wait, or have chosen, so it urges no longer and comes last. `about`: the id of the
    promise or call it is about, for the wish that answers it.
    """

    kind: OverlayKind
    chip: Line
    since: datetime | None = None
    reason: str | None = None
    who_ends: Line | None = None
    you_can: tuple[Act, ...] = ()
    detail: Line | None = None
    until: datetime | None = None
    meanwhile: str = ""
    calm: bool = False
    about: str = ""


class EntryKind(StrEnum):
    """How a row of the history is drawn."""

    EVENT = "event"
    GAP = "gap"  # made here, so that no stretch of silence looks like nothing
    PENDING = "pending"  # what you wrote and the desk does not show yet


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the history, newest first. `big`: it changes a person's day and is drawn filled.

    `title` says what happened, `note` a second line (a reason, what it was before), `text` what somebody
    wrote. `delivery` and `command` are set on pending rows, `error` when the desk refused. `conversation`
    is set on the newest row of each chat, where the conversation can be shown.
    """

    id: str
    kind: EntryKind
    at: datetime
    title: Line
    event: EventKind | None = None
    note: Line | None = None
    text: str = ""
    actor: Person | None = None
    big: bool = False
    attachments: tuple[Attachment, ...] = ()
    files: tuple[LocalFile, ...] = ()
    confidence: Confidence = Confidence.STATED
    delivery: Delivery | None = None
    command: CommandId | None = None
    error: str | None = None
    conversation: bool = False


@dataclass(frozen=True, slots=True)
class Track:
    """Everything a person sees of one request at one moment.

    `chip` is the short state (an overlay's, else the stage's); `expected` the one date that matters with
    its label, if there is one. `promises` are settled at the moment asked about, newest first. `next_due`
    is when the clock alone changes any of it. `visit` is the desk's with the estimate that is shown, which
    does not follow every small change. `call` is the latest call-back, one just asked for here too.
    `in_circles`: much is written and nothing moves; `hint` then says that a call may help. `done_at`: since
    when it is over, where it was done.
    """

    ticket: Ticket
    stage: Stage
    sub_state: str | None
    milestones: tuple[Milestone, ...]
    overlays: tuple[Overlay, ...]
    chip: Line
    now: Line
    next: Line
    you_can: tuple[Act, ...]
    promises: tuple[Promise, ...]
    visit: Visit | None
    entries: tuple[Entry, ...]
    expected: datetime | None = None
    expected_label: Line | None = None
    next_due: datetime | None = None
    in_circles: bool = False
    hint: Line | None = None
    call: Call | None = None
    done_at: datetime | None = None
