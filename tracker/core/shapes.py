"""The shapes of every `--json` answer. `docs/schemas/` is made from these; a new meaning raises `schema`."""

import msgspec

from tracker.core.arrangement_shapes import CallReport, LedgerReport, Moment, OptionReport, VisitReport
from tracker.core.chat_shapes import ChatReport

SCHEMA = 1


class ActorReport(msgspec.Struct):
    """Who did it: you, a colleague, an agent or the system."""

    name: str
    kind: str


class LineReport(msgspec.Struct):
    """One of the lines Now and Next, in English, with what it rests on."""

    text: str
    since: Moment | None = None
    by: Moment | None = None
    actor: str | None = None
    promise_id: str | None = None


class TicketReport(msgspec.Struct):
    """The request itself; `reference` is the local one if it was raised on this computer."""

    id: str
    number: str
    reference: str | None
    subject: str
    service: str
    state: str
    state_word: str
    priority: str
    team: str
    owner: str | None
    requester: str
    created_at: Moment
    updated_at: Moment
    url: str | None
    merged_into: str | None
    rating: int | None
    state_reason: str | None
    state_until: Moment | None
    waiting_for: str
    meanwhile: str
    may: tuple[str, ...]


class StageReport(msgspec.Struct):
    """One node of the bar: done, now or future."""

    stage: str
    label: str
    state: str
    at: Moment | None


class OverlayReport(msgspec.Struct):
    """An exception that holds now."""

    kind: str
    text: str
    since: Moment | None
    reason: str | None
    who_ends: str | None
    you_can: tuple[str, ...]


class AttachmentReport(msgspec.Struct):
    """A file; `number` is what `tracker attachment REF N` takes."""

    number: int
    id: str
    name: str
    size: int | None
    mime: str


class EventReport(msgspec.Struct):
    """One fact. `delivery` is set on what the desk does not show yet: queued, unsure, delivered, rejected."""

    id: str
    kind: str
    at: Moment
    seen_at: Moment | None
    actor: ActorReport
    text: str
    confidence: str
    title: str = ""
    reason: str | None = None
    delivery: str | None = None


class PromiseReport(msgspec.Struct):
    """A promise as it stands now."""

    id: str
    kind: str
    earliest: Moment | None
    latest: Moment
    state: str
    source: str
    reason: str | None
    supersedes: str | None


class ShowReport(msgspec.Struct):
    """`tracker show REF --json`."""

    schema: int
    ticket: TicketReport
    stage: str | None
    sub_state: str | None
    overlays: tuple[OverlayReport, ...]
    now: LineReport
    next: LineReport
    you_can: tuple[str, ...]
    stages: tuple[StageReport, ...]
    events: tuple[EventReport, ...]
    promises: tuple[PromiseReport, ...]
    visit: VisitReport | None
    call: CallReport | None
    options: tuple[OptionReport, ...]
    ledger: LedgerReport
    attachments: tuple[AttachmentReport, ...]
    as_of: Moment | None
    chat: ChatReport | None = None


class ListedReport(msgspec.Struct):
    """One request in the list."""

    id: str
    number: str
    reference: str | None
    subject: str
    stage: str | None
    sub_state: str | None
    state: str
    chip: str
    now: str
    next: str
    expected: Moment | None
    updated_at: Moment


class ListReport(msgspec.Struct):
    """`tracker list --json`; `ledger` counts the promises of the requests listed."""

    schema: int
    as_of: Moment | None
    tickets: tuple[ListedReport, ...]
    ledger: LedgerReport


class NoticeReport(msgspec.Struct):
    """A notice the policy decided; `show` is toast, replace or list."""

    id: str
    at: Moment
    notice_class: str
    title: str
    body: str
    detail: str | None
    ticket: str | None
    buttons: tuple[str, ...]
    show: str


class PendingReport(msgspec.Struct):
    """A command that the desk has not confirmed; `wish` says what is asked for, where its kind is that."""

    id: str
    kind: str
    ticket: str
    subject: str
    text: str
    files: tuple[str, ...]
    at: Moment
    delivery: str
    attempts: int
    reason: str | None
    wish: str | None = None


class OutboxReport(msgspec.Struct):
    """`tracker outbox --json`."""

    schema: int
    commands: tuple[PendingReport, ...]


class SentReport(msgspec.Struct):
    """`tracker new --json` and all that says something. `reference` works also before the desk has it."""

    schema: int
    reference: str
    ticket: str | None
    number: str | None
    delivery: str
    reason: str | None
    kept_here: bool = False


class SyncReport(msgspec.Struct):
    """`tracker sync --json`."""

    schema: int
    caught_up: bool
    as_of: Moment | None
    reason: str | None
    changed: tuple[str, ...]
    events: tuple["WatchEvent", ...]
    notices: tuple[NoticeReport, ...]


class WatchEvent(msgspec.Struct, tag="event", tag_field="type"):
    """A line of `tracker watch --json`: something new on a request."""

    schema: int
    ticket: str
    event: EventReport


class WatchNotice(msgspec.Struct, tag="notice", tag_field="type"):
    """A line of `tracker watch --json`: a notice the policy decided."""

    schema: int
    notice: NoticeReport


class Finding(msgspec.Struct):
    """One thing that was examined: ok, warning or bad, a sentence, and what to do about it if anything."""

    about: str
    state: str
    sentence: str
    advice: str = ""


class DoctorReport(msgspec.Struct):
    """`tracker doctor --json`."""

    schema: int
    findings: tuple[Finding, ...]
