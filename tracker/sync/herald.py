"""What is told of news: asks the policy, with the time and the person's wishes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from tracker.model.attention import Attention, Reader, decide, heard, withdrawn
from tracker.model.batch import Batch
from tracker.model.cadence import Cadence
from tracker.model.calendar import Calendar
from tracker.model.due import has_clock
from tracker.model.event import Event
from tracker.model.focus import HIDDEN, Focus
from tracker.model.news import News
from tracker.model.person import ActorKind
from tracker.model.promises import Clock
from tracker.model.pulse import pulse
from tracker.model.reminders import next_reminder, reminders
from tracker.model.telling import NotifySettings
from tracker.model.ticket import Ticket, TicketId
from tracker.store.origin import Origin
from tracker.store.writer import Told, Writer

if TYPE_CHECKING:
    from tracker.model.notice import Notice


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the person wants to be told, their zone, and the desk's hours and usual cadence."""

    notify: NotifySettings
    zone: tzinfo
    calendar: Calendar
    cadence: Cadence


@dataclass(frozen=True, slots=True)
class Fresh:
    """What of a batch is new: events, what is `said` in chats (never stored), chats `read` elsewhere."""

    events: Sequence[Event] = ()
    said: Sequence[Event] = ()
    read: frozenset[TicketId] = frozenset()


class Herald:
    """Keeps the policy's memory and asks it; used on the sync thread. Writes nothing itself."""

    def __init__(self, writer: Writer, attention: Attention, wishes: Callable[[], Wishes]) -> None:
        self._writer = writer
        self._wishes = wishes
        self.attention = attention
        self.focus: Focus = HIDDEN
        self.next_call: datetime | None = None
        self._chat_contact: datetime | None = None

    def judge(
        self,
        batch: Batch,
        fresh: Fresh,
        *,
        now: datetime,
        continuous: bool,
        origin: Origin = Origin.DESK,
    ) -> Told:
        """Decide what is told of a batch. `fresh` is what in it was not known.

        `continuous`: its desk has been listened to without a break, so nothing here is history. To have
        heard the chat server is not to have heard the desk.
        """
        wishes = self._wishes()
        beside = origin is Origin.CHAT_SERVER
        state = replace(self.attention, last_contact=self._chat_contact) if beside else self.attention
        state = heard(state, now) if continuous else state
        tickets = {ticket.id: ticket for ticket in batch.tickets}
        news = self._news(tickets, (*fresh.events, *fresh.said)) if batch.live else []
        # Whoever wrote on a ticket, here or in a browser, has read it.
        wrote = (event for event in (*fresh.events, *fresh.said) if event.actor.kind is ActorKind.YOU)
        read = fresh.read.union(event.ticket for event in wrote)
        for ticket in sorted({*read, *batch.gone}):
            state = withdrawn(state, ticket)
        state, notices, self.next_call = decide(state, news, self._reader(wishes), now)
        due = self._due(batch.tickets, fresh.events, wishes, now)
        if batch.caught_up:
            state = heard(state, now)
        if beside:
            self._chat_contact = state.last_contact
            state = replace(state, last_contact=self.attention.last_contact)
        return Told(notices, state, due, read)

    def remind(self, tickets: Iterable[TicketId], now: datetime) -> Told:
        """Decide what the clock alone makes worth telling, for tickets whose time has come."""
        wishes = self._wishes()
        ids = tuple(tickets)
        stored, history = self._writer.tickets(ids), self._writer.history(ids)
        due: dict[TicketId, datetime] = {}
        reminded: list[Notice] = []
        for ticket in stored.values():
            taken = pulse(ticket, history[ticket.id], Clock(now, wishes.calendar, wishes.cadence))
            reminded += reminders(taken, now, wishes.zone)
            soonest = next_reminder(taken, now, wishes.zone)
            if soonest is not None:
                due[ticket.id] = soonest
        state, notices, self.next_call = decide(self.attention, (), self._reader(wishes), now, reminded)
        return Told(notices, state, due)

    def read(self, ticket: TicketId) -> Attention:
        """Give the memory after the person has read a ticket."""
        return withdrawn(self.attention, ticket)

    def _reader(self, wishes: Wishes) -> Reader:
        return Reader(wishes.notify, self.focus, wishes.zone)

    def _news(self, tickets: dict[TicketId, Ticket], fresh: Sequence[Event]) -> list[News]:
        by_ticket: dict[TicketId, list[Event]] = defaultdict(list)
        for event in fresh:
            by_ticket[event.ticket].append(event)
        missing = [ticket for ticket in by_ticket if ticket not in tickets]
        known = tickets | self._writer.tickets(missing)
        return [News(known[ticket], tuple(events)) for ticket, events in by_ticket.items() if ticket in known]

    def _due(
        self, tickets: Sequence[Ticket], fresh: Sequence[Event], wishes: Wishes, now: datetime
    ) -> dict[TicketId, datetime]:
        """Give the next due time of the tickets that can have one; most have none, and cost nothing."""
        timed = [ticket for ticket in tickets if has_clock(ticket, now)]
        if not timed:
            return {}
        history = self._writer.history([ticket.id for ticket in timed])
        for event in fresh:
            if event.ticket in history:
                history[event.ticket].append(event)
        found: dict[TicketId, datetime] = {}
        for ticket in timed:
            taken = pulse(ticket, history[ticket.id], Clock(now, wishes.calendar, wishes.cadence))
            soonest = next_reminder(taken, now, wishes.zone)
            if soonest is not None:
                found[ticket.id] = soonest
        return found
