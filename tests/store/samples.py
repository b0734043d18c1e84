"""Values to store, and a store to put them into."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tracker.model.attention import Attention
from tracker.model.batch import Batch, Cursor
from tracker.model.cadence import Cadence
from tracker.model.calendar import Calendar
from tracker.model.change import Change
from tracker.model.command import CommandId, ConfirmFixed, CreateTicket, PostReply, SayNotFixed
from tracker.model.event import Event, EventKind
from tracker.model.line import line
from tracker.model.notice import Notice, NoticeClass
from tracker.model.person import ActorKind, Person
from tracker.model.ticket import Ticket, TicketId, TicketState
from tracker.store.database import open_writer
from tracker.store.drafts import Drafts
from tracker.store.outbox import Outbox
from tracker.store.reader import Reader
from tracker.store.writer import Told, Writer

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
TESS = Person("Tess Tech", ActorKind.AGENT)
T1, T2 = TicketId("T-1"), TicketId("T-2")


class Store:
    """One profile's file, open for writing; `reader()` opens it once more for reading."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.db = open_writer(path)
        self.outbox = Outbox(self.db)
        self.drafts = Drafts(self.db, self.outbox.resolve)
        self.writer = Writer(self.db, self.outbox)
        self._readers: list[Reader] = []

    def reader(self) -> Reader:
        """Open for reading; closed with the store."""
        reader = Reader(self.path, Calendar(zone=UTC), Cadence())
        self._readers.append(reader)
        return reader

    def close(self) -> None:
        """Let go of the file."""
        for reader in self._readers:
            reader.close()
        self.db.close()

    def hear(self, *told: Ticket | Event, cursor: str | None = None, told_all: bool = False) -> Change:
        """Store what a desk tells."""
        tickets = tuple(item for item in told if isinstance(item, Ticket))
        events = tuple(item for item in told if isinstance(item, Event))
        batch = Batch(tickets, events, Cursor(cursor) if cursor else None, live=True, caught_up=told_all)
        return self.writer.apply(batch, Told(), NOW)

    def note(self, *notices: Notice) -> Change:
        """Store notices."""
        return self.writer.tell(Told(notices, Attention()), ())


def ticket(number: str = "T-1", subject: str = "VPN drops", **other: object) -> Ticket:
    """Make a request."""
    values: dict[str, object] = {"state": TicketState.NEW, "created_at": NOW, "updated_at": NOW}
    return Ticket(TicketId(number), number, subject, **(values | other))  # type: ignore[arg-type]


def event(name: str, text: str = "", **other: object) -> Event:
    """Make something that the technician did on T-1."""
    values: dict[str, object] = {"ticket": T1, "kind": EventKind.REPLY, "at": NOW, "actor": TESS}
    return Event(id=name, text=text, **(values | other))  # type: ignore[arg-type]


def create(name: str = "c-create-0001", subject: str = "No sound", **other: object) -> CreateTicket:
    """Ask for something."""
    values: dict[str, object] = {"at": NOW, "service": "hardware", "text": "Since Monday."}
    return CreateTicket(CommandId(name), subject=subject, **(values | other))  # type: ignore[arg-type]


def reply(name: str = "c-reply-0001", to: TicketId = T1, text: str = "Any news?") -> PostReply:
    """Write on a request."""
    return PostReply(CommandId(name), NOW, to, text)


def confirm(name: str = "c-confirm-001", on: TicketId = T1) -> ConfirmFixed:
    """Say that it works."""
    return ConfirmFixed(CommandId(name), NOW, on)


def not_fixed(name: str = "c-not-fixed-1", on: TicketId = T1, text: str = "Still broken") -> SayNotFixed:
    """Say that it does not."""
    return SayNotFixed(CommandId(name), NOW, on, text)


def notice(name: str = "n1", on: TicketId | None = T1, **other: object) -> Notice:
    """Make something worth telling."""
    values: dict[str, object] = {"at": NOW, "notice_class": NoticeClass.PROGRESS, "title": line("VPN drops")}
    return Notice(name, body=line("Tess wrote"), ticket=on, **(values | other))  # type: ignore[arg-type]


def later(minutes: float) -> datetime:
    """Give the time so many minutes after `NOW`."""
    return NOW + timedelta(minutes=minutes)
