"""A whole service desk in memory: what employees and technicians do, and the feed of what happened."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from tests.fakes.chats import Chats
from tests.fakes.house_rules import SERVICES, TECHNICIAN, Files, check_text, person_of
from tests.fakes.network import Bell
from tracker.model.attachment import Attachment
from tracker.model.calendar import Calendar
from tracker.model.chat import Amendment, Message, ReadMark
from tracker.model.command import CommandId, ConfirmFixed, CreateTicket, PostReply, Receipt, SayNotFixed
from tracker.model.errors import CommandRejected
from tracker.model.event import Details, Event, EventKind
from tracker.model.person import ActorKind, Person
from tracker.model.promise import Promise, PromiseKind, PromiseState
from tracker.model.telling import NotifySettings
from tracker.model.ticket import Act, Ticket, TicketId, TicketState
from tracker.model.visit import Visit, VisitState
from tracker.model.window import Slot

InChat = Message | Amendment | ReadMark


@dataclass(frozen=True, slots=True)
class Fact:
    """An event as the desk keeps it: whose words, and whether the requester may see it.

    `in_chat` is what became of a conversation; then the event stands for it and is told to nobody.
    """

    event: Event
    by: str
    public: bool = True
    in_chat: tuple[InChat, ...] = ()


@dataclass(slots=True)
class FakeHelpdesk:
    """The desk's memory and its rules. May be used from any thread; `bell` rings at each change.

    `now` gives the time of what happens; without it, time begins in November 2026 and each fact takes a
    second. `ahead`: its clock minus ours, as its Date header tells it. `slots` are offered for visits;
    `reopens_no_more`: everything was closed too long ago. `only_chats`: it is a chat server, on which any
    request can be talked about. The methods named like acts are the technician's.
    """

    passwords: dict[str, str] = field(default_factory=lambda: {"jane": "jane-pass", "omar": "omar-pass"})
    now: Callable[[], datetime] | None = None
    bell: Bell = field(default_factory=Bell)
    tickets: dict[TicketId, Ticket] = field(default_factory=dict)
    owners: dict[TicketId, str] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    done: dict[tuple[str, CommandId], Receipt] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    slots: dict[TicketId, tuple[Slot, ...]] = field(default_factory=dict)
    preferences: dict[str, NotifySettings] = field(default_factory=dict)
    calendar: Calendar | None = None
    ahead: timedelta = timedelta()
    minimum_version: str = ""
    reopens_no_more: bool = False
    only_chats: bool = False
    lock: threading.RLock = field(default_factory=threading.RLock)
    chats: Chats = field(init=False)

    def __post_init__(self) -> None:
        self.chats = Chats(self)

    def clock(self) -> datetime:
        """Tell the desk's time."""
        if self.now is not None:
            return self.now()
        return datetime(2026, 11, 20, 9, tzinfo=UTC) + timedelta(seconds=len(self.facts))

    # What employees do

    def create(self, who: str, command: CreateTicket, files: Files) -> Receipt:
        """Open a request."""
        with self.lock:
            if command.service not in SERVICES:
                raise CommandRejected("The service desk refused: there is no such service.")
            check_text(command.text, files)
            now = self.clock()
            ticket = TicketId(f"T-{len(self.tickets) + 1}")
            self.owners[ticket] = who
            self.tickets[ticket] = Ticket(
                ticket, str(ticket), command.subject, TicketState.NEW, now, now, state_word="new"
            )
            event = self._tell(ticket, EventKind.CREATED, who, command.text, files=files, command=command.id)
            return self._keep(who, command.id, Receipt(ticket, str(ticket), event.id))

    def write(self, who: str, command: PostReply, files: Files) -> Receipt:
        """Write on one's own request."""
        with self.lock:
            self._require_own(who, command.ticket)
            check_text(command.text, files)
            waited = self.tickets[command.ticket].state is TicketState.WAITING_FOR_YOU
            if waited:
                self._move(command.ticket, TicketState.WORKING)
            kind = EventKind.ANSWER if waited else EventKind.REPLY
            event = self._tell(command.ticket, kind, who, command.text, files=files, command=command.id)
            return self._keep(who, command.id, Receipt(command.ticket, str(command.ticket), event.id))

    def confirm(self, who: str, command: ConfirmFixed) -> Receipt:
        """Hear that it works."""
        with self.lock:
            self._require_own(who, command.ticket)
            self._move(command.ticket, TicketState.CLOSED)
            event = self._tell(command.ticket, EventKind.CONFIRMED, who, command=command.id)
            return self._keep(who, command.id, Receipt(command.ticket, str(command.ticket), event.id))

    def not_fixed(self, who: str, command: SayNotFixed, *, reopens: bool) -> Receipt:
        """Hear that it does not."""
        with self.lock:
            self._require_own(who, command.ticket)
            check_text(command.text, ())
            if reopens:
                self._move(command.ticket, TicketState.WORKING)
            kind = EventKind.NOT_FIXED if reopens else EventKind.REPLY
            event = self._tell(command.ticket, kind, who, command.text, command=command.id)
            return self._keep(who, command.id, Receipt(command.ticket, str(command.ticket), event.id))

    # What the technician does

    def assign(self, ticket: TicketId) -> None:
        """Take it."""
        with self.lock:
            self._move(ticket, TicketState.ASSIGNED)
            self.tickets[ticket] = replace(self.tickets[ticket], owner=TECHNICIAN, team="Service desk")
            details = Details(person=TECHNICIAN.name, team="Service desk")
            self._tell(ticket, EventKind.ASSIGNED, details=details)

    def start(self, ticket: TicketId) -> None:
        """Begin work."""
        with self.lock:
            self._move(ticket, TicketState.WORKING)
            self._tell(ticket, EventKind.WORK_STARTED)

    def reply(self, ticket: TicketId, text: str, files: Mapping[str, bytes] | None = None) -> None:
        """Write to the requester."""
        with self.lock:
            self._tell(ticket, EventKind.REPLY, text=text, files=tuple((files or {}).items()))

    def note(self, ticket: TicketId, text: str) -> None:
        """Write what the requester must not see."""
        with self.lock:
            self._tell(ticket, EventKind.OTHER, text=text, public=False)

    def ask(self, ticket: TicketId, text: str) -> None:
        """Ask and wait."""
        with self.lock:
            self._move(ticket, TicketState.WAITING_FOR_YOU)
            self._tell(ticket, EventKind.QUESTION, text=text)

    def promise(self, ticket: TicketId, latest: datetime) -> None:
        """Promise the fix; an open promise moves."""
        with self.lock:
            now = self.clock()
            before = self.tickets[ticket].promises
            old = next((each for each in before if each.state is PromiseState.OPEN), None)
            new = Promise(f"p{len(self.facts)}", PromiseKind.FIX, latest, now, made_by=TECHNICIAN.name)
            if old is not None:
                before = tuple(replace(p, state=PromiseState.MOVED) if p is old else p for p in before)
                new = replace(new, supersedes=old.id)
            self.tickets[ticket] = replace(self.tickets[ticket], promises=(*before, new))
            kind = EventKind.PROMISE_MOVED if old else EventKind.PROMISE_MADE
            self._tell(ticket, kind, details=Details(promise=new, until=old.latest if old else None))

    def book_visit(self, ticket: TicketId, starts: datetime, ends: datetime) -> None:
        """Book a visit."""
        visit = Visit("v1", starts, ends, place="Room 3.07", agent=TECHNICIAN.name)
        self._visit(ticket, visit, EventKind.VISIT_BOOKED)

    def on_the_way(self, ticket: TicketId, earliest: datetime, latest: datetime) -> None:
        """Set off."""
        visit = replace(
            self._booked(ticket), state=VisitState.ON_THE_WAY, eta_earliest=earliest, eta_latest=latest
        )
        self._visit(ticket, visit, EventKind.VISIT_ON_THE_WAY)

    def arrive(self, ticket: TicketId) -> None:
        """Be there."""
        visit = replace(self._booked(ticket), state=VisitState.ON_SITE)
        self._visit(ticket, visit, EventKind.VISIT_ARRIVED)

    def resolve(self, ticket: TicketId, text: str) -> None:
        """Call it fixed."""
        with self.lock:
            self._move(ticket, TicketState.RESOLVED)
            self._tell(ticket, EventKind.SOLVED, text=text)

    def set_word(self, ticket: TicketId, word: str) -> None:
        """Put it into a state that nobody mapped."""
        with self.lock:
            self._move(ticket, TicketState.UNKNOWN, word)
            self._tell(ticket, EventKind.STATUS, details=Details(status_word=word))

    def messages(self, ticket: TicketId) -> list[str]:
        """Every text on a request, oldest first; what is said in chats is not among them."""
        return [fact.event.text for fact in self.facts if fact.event.ticket == ticket and fact.event.text]

    # What both rest on

    def seen_by(self, who: str, fact: Fact) -> Event:
        """Show a fact to an employee: their own acts are "you", another's command id stays hidden."""
        if fact.by == who:
            return replace(fact.event, actor=Person(fact.event.actor.name, ActorKind.YOU))
        return replace(fact.event, command_id=None)

    def _require_own(self, who: str, ticket: TicketId) -> None:
        if self.owners.get(ticket) != who:
            raise CommandRejected("The service desk refused: there is no such request.")

    def _require_own_chat(self, who: str, ticket: TicketId) -> None:
        if self.only_chats:
            self.owners.setdefault(ticket, who)
        self._require_own(who, ticket)

    def _keep(self, who: str, command: CommandId, receipt: Receipt) -> Receipt:
        self.done[who, command] = receipt
        return receipt

    def _move(self, ticket: TicketId, state: TicketState, word: str = "") -> None:
        now = self.clock()
        may = {Act.REPLY, Act.CONFIRM, Act.NOT_FIXED} if state is TicketState.RESOLVED else {Act.REPLY}
        self.tickets[ticket] = replace(
            self.tickets[ticket],
            state=state,
            state_word=word or state.value,
            state_since=now,
            may=frozenset(may),
        )

    def _booked(self, ticket: TicketId) -> Visit:
        visit = self.tickets[ticket].visit
        assert visit is not None, "no visit is booked"
        return visit

    def _visit(self, ticket: TicketId, visit: Visit, kind: EventKind) -> None:
        with self.lock:
            self._move(ticket, TicketState.VISIT)
            self.tickets[ticket] = replace(self.tickets[ticket], visit=visit)
            self._tell(ticket, kind, details=Details(visit=visit))

    def _tell(
        self,
        ticket: TicketId,
        kind: EventKind,
        by: str = "tess",
        text: str = "",
        *,
        details: Details | None = None,
        files: Files = (),
        command: CommandId | None = None,
        public: bool = True,
    ) -> Event:
        now = self.clock()
        kept = tuple(self._store(name, content) for name, content in files)
        event = Event(
            id=f"e{len(self.facts) + 1:06d}",
            ticket=ticket,
            kind=kind,
            at=now,
            actor=person_of(by),
            text=text,
            details=replace(details or Details(), attachments=kept),
            command_id=command,
        )
        if ticket in self.tickets:
            self.tickets[ticket] = replace(self.tickets[ticket], updated_at=now)
        self.facts.append(Fact(event, by, public))
        self.bell.ring()
        return event

    def _tell_in_chat(self, ticket: TicketId, *told: InChat, by: str = "") -> None:
        """Tell what became of a conversation; nothing at all: only how it stands."""
        event = Event(f"e{len(self.facts) + 1:06d}", ticket, EventKind.CHAT_MESSAGE, self.clock())
        self.facts.append(Fact(event, by, public=False, in_chat=told))
        self.bell.ring()

    def _store(self, name: str, content: bytes) -> Attachment:
        file_id = f"{len(self.files) + 1}"
        self.files[file_id] = content
        return Attachment(file_id, name, len(content))
