"""Questions about what is on this computer, answered at once from a read-only connection."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.model.command import CreateTicket, EndChat, Pending, SendMessage, StartChat
from tracker.model.listing import Counts, Filter
from tracker.model.promises import Clock
from tracker.model.ticket import Act, Ticket, TicketId
from tracker.model.timeline import track, unsent
from tracker.store import meta, search
from tracker.store.codec import draft_from_bytes, ticket_from_bytes
from tracker.store.database import open_reader
from tracker.store.desk_facts import HoursInForce, clock_offset, minimum_version
from tracker.store.errors import store_errors
from tracker.store.rows import OUTBOX_COLUMNS, attachments_of, events_of, pending_of
from tracker.store.talks import Talks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime, timedelta
    from pathlib import Path

    from tracker.model.attachment import Attachment
    from tracker.model.cadence import Cadence
    from tracker.model.calendar import Calendar
    from tracker.model.calendar_entry import CalendarEntry
    from tracker.model.catalogue import Service
    from tracker.model.draft import Draft
    from tracker.model.event import Event
    from tracker.model.notice import Notice
    from tracker.model.track import Track

_WHERE = {
    Filter.OPEN: "is_open",
    Filter.WAITING_FOR_ME: "waits_for_me",
    Filter.FIXED: "is_fixed",
    Filter.ALL: "1",
}


class Reader:
    """Reads one profile; each thread and each window has its own. Answers are frozen values.

    Timelines are drawn with `cadence`, the desk's usual one, and with the hours that the desk tells, else
    `calendar`; `choose_hours` makes both of what the desk tells (None: it tells none). What is `refused`
    cannot be done here, whatever the desk lets people do.
    """

    def __init__(
        self,
        path: Path,
        calendar: Calendar,
        cadence: Cadence,
        *,
        choose_hours: Callable[[Calendar | None], Calendar] | None = None,
        refused: frozenset[Act] = frozenset(),
    ) -> None:
        self._path, self._refused = path, refused
        self._hours = HoursInForce(choose_hours or (lambda told: told or calendar))
        self._cadence = cadence
        self._db = open_reader(path)
        self._talks = Talks(lambda: self._db, self.resolve, can_begin=Act.CHAT not in refused)

    @property
    def talks(self) -> Talks:
        """The chats."""
        return self._talks

    def reopen(self) -> None:
        """Open the file anew: it was rebuilt. Raises `StoreError` when there is none."""
        self._db.close()
        self._db = open_reader(self._path)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    @store_errors()
    def tickets(self, which: Filter, words: str = "") -> tuple[TicketId, ...]:
        """List the requests of a chip, those that need the person first, then the newest."""
        where = _WHERE[which]
        order = "order by waits_for_me desc, updated_at desc"
        query = f"select id from request where {where} {order}"  # noqa: S608 - from the table above
        ids = tuple(TicketId(row[0]) for row in self._db.execute(query))
        if not words.strip():
            return ids
        found = search.tickets(self._db, words) | self._unsent_with(words)
        return tuple(ticket for ticket in ids if ticket in found)

    @store_errors()
    def tracks(self, tickets: Sequence[TicketId], now: datetime) -> tuple[Track, ...]:
        """Tell what is drawn of each of these (those still there), in the order asked."""
        real = [self.resolve(ticket) for ticket in tickets]
        events = events_of(self._db, real)
        pending = self._pending()
        clock = Clock(now, self._hours.look_up(self._db), self._cadence)
        found = (self._track(ticket, events[ticket], pending.get(ticket, ()), clock) for ticket in real)
        return tuple(track for track in found if track is not None)

    @store_errors()
    def track(self, ticket: TicketId, now: datetime) -> Track | None:
        """Tell what is drawn of one request; a local reference works also after delivery."""
        return next(iter(self.tracks((ticket,), now)), None)

    @store_errors()
    def events(self, ticket: TicketId) -> tuple[Event, ...]:
        """List a request's events in order."""
        real = self.resolve(ticket)
        return tuple(events_of(self._db, (real,))[real])

    @store_errors()
    def attachments(self, ticket: TicketId) -> tuple[Attachment, ...]:
        """List the files on a request, oldest first."""
        return attachments_of(self.events(ticket))

    @store_errors()
    def resolve(self, reference: TicketId) -> TicketId:
        """Give the desk's id for a local reference, as soon as there is one."""
        row = self._db.execute("select ticket from alias where local = ?", (reference,)).fetchone()
        return reference if row is None else TicketId(row[0])

    @store_errors()
    def find(self, reference: str) -> TicketId | None:
        """Give the request somebody means by a number, an id or a local reference; None if there is none."""
        # A terminal may hand us bytes that are no text.
        asked = reference.strip().lstrip("#").encode(errors="replace").decode()
        row = self._db.execute(
            "select id from ticket where number = ? collate nocase or id = ? "
            "union all select ticket from alias where local = ? "
            "union all select ticket from outbox where kind = 'create' and ticket = ? limit 1",
            (asked, asked, asked, asked),
        ).fetchone()
        return None if row is None else TicketId(row[0])

    @store_errors()
    def local_reference(self, ticket: TicketId) -> TicketId | None:
        """Give the local reference under which a request was raised here, if it was."""
        row = self._db.execute("select local from alias where ticket = ?", (ticket,)).fetchone()
        return None if row is None else TicketId(row[0])

    @store_errors()
    def counts(self) -> Counts:
        """Count the requests behind each chip, and the unread notices."""
        row = self._db.execute(
            "select coalesce(sum(is_open), 0), coalesce(sum(waits_for_me), 0), coalesce(sum(is_fixed), 0), "
            "count(*), (select count(*) from notice where not read) from request"
        ).fetchone()
        return Counts(*row)

    @store_errors()
    def notices(self, limit: int = 100) -> tuple[Notice, ...]:
        """List what was told, newest first; `read` as it is now."""
        rows = self._db.execute("select value, read from notice order by row desc limit ?", (limit,))
        return tuple(_notice(value, bool(read)) for value, read in rows)

    @store_errors()
    def services(self) -> tuple[Service, ...]:
        """List what can be asked for, as last heard from the desk."""
        return meta.services(self._db)

    @store_errors()
    def attachment_limit(self) -> int:
        """Bytes a single file may have at this desk."""
        return meta.attachment_limit(self._db)

    @store_errors()
    def calendar_entry(self, ticket: TicketId) -> CalendarEntry | None:
        """Give what was put into the person's calendar of a ticket's visit."""
        return meta.calendar(self._db).get(self.resolve(ticket))

    @store_errors()
    def opening_hours(self) -> Calendar:
        """Tell when the desk is open, as the timelines are drawn with it."""
        return self._hours.look_up(self._db)

    @store_errors()
    def minimum_version(self) -> str:
        """Give the oldest version that the desk asks for, where this program was older; else nothing."""
        return minimum_version(self._db)

    @store_errors()
    def clock_offset(self) -> timedelta:
        """Give the desk's clock minus this computer's as last measured, where it matters; else nothing."""
        return clock_offset(self._db)

    @store_errors()
    def as_of(self) -> datetime | None:
        """Give when the desk last said that this is all it has."""
        return meta.as_of(self._db)

    @store_errors()
    def draft(self, key: str) -> Draft | None:
        """Give what was typed and not sent under this key; a local reference works also after delivery."""
        from tracker.model.draft import present_key  # the list of requests needs none

        real = present_key(key, self.resolve)
        row = self._db.execute("select value from draft where key = ?", (real,)).fetchone()
        return None if row is None else replace(draft_from_bytes(row[0]), key=key)

    @store_errors()
    def outbox(self) -> tuple[Pending, ...]:
        """List what has not been confirmed by the desk, oldest first."""
        rows = self._db.execute(f"select {OUTBOX_COLUMNS} from outbox order by seq")  # noqa: S608
        return tuple(pending_of(row) for row in rows)

    def _pending(self) -> dict[TicketId, tuple[Pending, ...]]:
        found: dict[TicketId, tuple[Pending, ...]] = {}
        for pending in self.outbox():
            if isinstance(pending.command, StartChat | SendMessage | EndChat):
                continue  # said in the chat, and shown there
            ticket = self.resolve(pending.command.ticket)
            found[ticket] = (*found.get(ticket, ()), pending)
        return found

    def _track(
        self, ticket: TicketId, events: list[Event], pending: tuple[Pending, ...], clock: Clock
    ) -> Track | None:
        row = self._db.execute("select value from ticket where id = ?", (ticket,)).fetchone()
        subject = ticket_from_bytes(row[0]) if row is not None else self._unsent(pending)
        if subject is None:
            return None
        # The desk's own copy is here: the command that made it says nothing more.
        shown = tuple(p for p in pending if row is None or not isinstance(p.command, CreateTicket))
        drawn = track(subject, events, clock, shown)
        if self._refused.isdisjoint(drawn.you_can):
            return drawn
        return replace(drawn, you_can=tuple(act for act in drawn.you_can if act not in self._refused))

    def _unsent(self, pending: tuple[Pending, ...]) -> Ticket | None:
        created = next((p for p in pending if isinstance(p.command, CreateTicket)), None)
        if created is None or not isinstance(created.command, CreateTicket):
            return None
        names = {service.id: service.name for service in self.services()}
        return unsent(created, names.get(created.command.service, created.command.service))

    def _unsent_with(self, words: str) -> set[TicketId]:
        return {
            pending.command.ticket
            for pending in self.outbox()
            if isinstance(pending.command, CreateTicket)
            and search.is_in(words, f"{pending.command.subject} {pending.command.text}")
        }


def _notice(value: bytes, read: bool) -> Notice:
    from tracker.store.notice_codec import notice_from_bytes  # the list of requests needs none

    return replace(notice_from_bytes(value), read=read)
