"""In-memory doubles of the two ports that pages are given."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.ui.fake_talks import FakeChatActions, FakeTalks
from tracker.model.attachment import Attachment, LocalFile
from tracker.model.calendar import Calendar
from tracker.model.calendar_entry import CalendarEntry, CalendarWords
from tracker.model.catalogue import Answer, Service
from tracker.model.command import Command, CommandId, Pending
from tracker.model.draft import Draft
from tracker.model.errors import TrackerError
from tracker.model.focus import Focus
from tracker.model.listing import Counts, Filter
from tracker.model.notice import Notice
from tracker.model.stage import Stage
from tracker.model.ticket import Act, TicketId
from tracker.model.track import Track
from tracker.model.window import Slot
from tracker.ui.ports import Cancel, Then


class FakeView:
    """Answers from values a test puts in; `asked` tells how often each question came."""

    def __init__(self, tracks: Iterable[Track] = (), services: tuple[Service, ...] = ()) -> None:
        self.by_id = {track.ticket.id: track for track in tracks}
        self.catalogue = services
        self.drafts: dict[str, Draft] = {}
        self.told: tuple[Notice, ...] = ()
        self.pending: tuple[Pending, ...] = ()
        self.aliases: dict[TicketId, TicketId] = {}
        self.hours = Calendar(ZoneInfo("Europe/Berlin"))
        self.calendar: dict[TicketId, CalendarEntry] = {}
        self.unread = 0
        self.limit = 10_000_000
        self.oldest = ""
        self.failure: TrackerError | None = None
        self.tracks_read = 0
        self.talks = FakeTalks()

    def tickets(self, which: Filter, words: str = "") -> tuple[TicketId, ...]:
        if self.failure is not None:
            raise self.failure
        return tuple(
            name
            for name, track in self.by_id.items()
            if _holds(which, track)
            and words.lower() in f"{track.ticket.number} {track.ticket.subject}".lower()
        )

    def tracks(self, tickets: Sequence[TicketId], now: datetime) -> tuple[Track, ...]:
        self.tracks_read += len(tickets)
        return tuple(self.by_id[name] for name in tickets if name in self.by_id)

    def track(self, ticket: TicketId, now: datetime) -> Track | None:
        return self.by_id.get(self.aliases.get(ticket, ticket))

    def counts(self) -> Counts:
        held = {which: sum(_holds(which, track) for track in self.by_id.values()) for which in Filter}
        return Counts(
            open=held[Filter.OPEN],
            waiting_for_me=held[Filter.WAITING_FOR_ME],
            fixed=held[Filter.FIXED],
            all=held[Filter.ALL],
            unread=self.unread,
        )

    def notices(self, limit: int = 100) -> tuple[Notice, ...]:
        return self.told[:limit]

    def services(self) -> tuple[Service, ...]:
        return self.catalogue

    def draft(self, key: str) -> Draft | None:
        return self.drafts.get(key)

    def outbox(self) -> tuple[Pending, ...]:
        return self.pending

    def attachment_limit(self) -> int:
        return self.limit

    def opening_hours(self) -> Calendar:
        return self.hours

    def minimum_version(self) -> str:
        return self.oldest

    def calendar_entry(self, ticket: TicketId) -> CalendarEntry | None:
        return self.calendar.get(ticket)

    def put(self, track: Track, **more: object) -> None:
        """Change what is known of a request."""
        self.by_id[track.ticket.id] = replace(track, **more) if more else track  # type: ignore[arg-type]


def _holds(which: Filter, track: Track) -> bool:
    over = track.ticket.state.is_over
    return {
        Filter.OPEN: not over,
        Filter.WAITING_FOR_ME: Act.ANSWER in track.you_can,
        Filter.FIXED: track.stage is Stage.FIXED,
        Filter.ALL: True,
    }[which]


@dataclass
class Download:
    """One file somebody asked for, and how to answer."""

    ticket: TicketId
    attachment: Attachment
    folder: Path
    progress: Callable[[int], None]
    then: Then[Path]
    cancelled: bool = False


@dataclass
class FakeActions:
    """Writes down what was asked; questions wait until the test answers them through what is kept here."""

    view: FakeView | None = None
    submitted: list[Command] = field(default_factory=list)
    saved: list[Draft] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    retried: list[CommandId] = field(default_factory=list)
    discarded: list[CommandId] = field(default_factory=list)
    edited: list[CommandId] = field(default_factory=list)
    downloads: list[Download] = field(default_factory=list)
    searches: list[tuple[str, Then[tuple[Answer, ...]]]] = field(default_factory=list)
    cancelled_searches: int = 0
    slot_questions: list[tuple[TicketId, Then[tuple[Slot, ...]]]] = field(default_factory=list)
    calendar_files: list[tuple[TicketId, CalendarWords, Path | None, Then[Path]]] = field(
        default_factory=list
    )
    chat: FakeChatActions = field(default_factory=FakeChatActions)
    seen: list[TicketId] = field(default_factory=list)
    notices_read: int = 0
    checks: int = 0
    refuses_files: TrackerError | None = None
    refuses: TrackerError | None = None

    def submit(self, command: Command) -> None:
        if self.refuses is not None:
            raise self.refuses
        self.submitted.append(command)

    def save_draft(self, draft: Draft) -> None:
        self.saved.append(draft)
        if self.view is not None:
            self.view.drafts[draft.key] = draft

    def drop_draft(self, key: str) -> None:
        self.dropped.append(key)
        if self.view is not None:
            self.view.drafts.pop(key, None)

    def retry(self, command: CommandId) -> None:
        self.retried.append(command)

    def discard(self, command: CommandId) -> None:
        self.discarded.append(command)

    def edit(self, command: CommandId) -> None:
        self.edited.append(command)

    def attach(self, source: Path | bytes, name: str, then: Then[LocalFile]) -> Cancel:
        if self.refuses_files is not None:
            then(self.refuses_files)
        else:
            size = len(source) if isinstance(source, bytes) else source.stat().st_size
            then(LocalFile(f"key-{name}", name, size))
        return lambda: None

    def download(
        self,
        ticket: TicketId,
        attachment: Attachment,
        folder: Path,
        progress: Callable[[int], None],
        then: Then[Path],
    ) -> Cancel:
        asked = Download(ticket, attachment, folder, progress, then)
        self.downloads.append(asked)

        def cancel() -> None:
            asked.cancelled = True

        return cancel

    def answers(self, words: str, then: Then[tuple[Answer, ...]]) -> Cancel:
        self.searches.append((words, then))

        def cancel() -> None:
            self.cancelled_searches += 1

        return cancel

    def slots(self, ticket: TicketId, then: Then[tuple[Slot, ...]]) -> Cancel:
        self.slot_questions.append((ticket, then))
        return lambda: None

    def to_calendar(
        self, ticket: TicketId, words: CalendarWords, to: Path | None, then: Then[Path]
    ) -> Cancel:
        self.calendar_files.append((ticket, words, to, then))
        return lambda: None

    def read(self, ticket: TicketId) -> None:
        self.seen.append(ticket)

    def read_notices(self) -> None:
        self.notices_read += 1

    def attend(self, focus: Focus) -> None:
        pass

    def check_now(self) -> None:
        self.checks += 1
