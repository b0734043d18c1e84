"""One ticket as a whole: the snapshot, its history, the words in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import anyio

from tracker.desks.rt import wire
from tracker.desks.rt.client import RtClient
from tracker.desks.rt.context import Context
from tracker.desks.rt.history import HistoryReader, message_ids
from tracker.desks.rt.knowledge import Knowledge
from tracker.desks.rt.notes import Note
from tracker.desks.rt.reading import TicketReader
from tracker.desks.rt.words import words_by_transaction
from tracker.desks.safetext import safe_line
from tracker.model.event import Details, Event, EventKind
from tracker.model.person import SYSTEM
from tracker.model.ticket import Ticket, TicketId, TicketState

_LATE = timedelta(minutes=2)
"""Transactions get their numbers before they can be seen; a slow one may show after a later one was told."""

_NOTED_WITHIN = timedelta(seconds=3)
_LOOK_AGAIN = 0.5
"""A note comes right after the words it is about; who looks between them would take a wish for a reply."""


@dataclass(frozen=True, slots=True)
class Told:
    """Up to where a ticket has been told before: the newest transaction then, and the desk's time."""

    mark: int = 0
    at: datetime | None = None

    def covers(self, step: wire.Transaction) -> bool:
        """Tell whether a step was certainly told."""
        created = wire.moment(step.created)
        recent = self.at is not None and created is not None and created >= self.at - _LATE
        return wire.number(step.id) <= self.mark and not recent


@dataclass(frozen=True, slots=True)
class Whole:
    """What there is to tell of one ticket. `newest`: its newest transaction. No ticket: it is gone."""

    ticket: Ticket | None
    events: tuple[Event, ...] = ()
    newest: int = 0
    unchanged: bool = False


class TicketTeller:
    """Fetches tickets one by one and reads them. `now`: the desk's present time."""

    def __init__(
        self,
        client: RtClient,
        reader: TicketReader,
        knowledge: Knowledge,
        *,
        receipts: Mapping[str, Note],
        now: Callable[[], datetime],
    ) -> None:
        self._client = client
        self._reader = reader
        self._knowledge = knowledge
        self._receipts = receipts
        self._now = now

    async def tell(self, key: int, *, told: Told, unless: int = 0) -> Whole:
        """Fetch a ticket and what happened on it that `told` does not cover."""
        seen = await self._client.ticket(str(key), unless=unless)
        if seen.is_hidden:
            return Whole(None)
        if seen.ticket is None:
            return Whole(None, newest=seen.newest, unchanged=True)
        if wire.number(seen.ticket.id) != key:
            return await self._merged(key, seen.ticket, seen.newest)
        ticket = seen.ticket
        steps = await self._client.history(str(key), seen.newest)
        while self._is_halfway(ticket, steps):
            await anyio.sleep(_LOOK_AGAIN)
            seen = await self._client.ticket(str(key))
            if seen.ticket is None:
                return Whole(None)
            ticket, steps = seen.ticket, await self._client.history(str(key), seen.newest)
        return await self._read(ticket, steps, told=told, newest=seen.newest)

    def _is_halfway(self, ticket: wire.Ticket, steps: list[wire.Transaction]) -> bool:
        """Tell whether words of our own came just now, and the note of what they are must still come."""
        names = self._reader.site.fields
        numbers = {name: number for number, name in _field_names(ticket).items()}
        if names.client_id not in numbers:
            return False
        rating, note = numbers.get(names.rating, -1), numbers[names.client_id]
        for step in reversed(steps):
            if wire.login_of(step.creator) != self._reader.me.login:
                continue
            field = wire.number(step.field) if step.type == "CustomField" else 0
            if field == note:
                return False
            if step.type == "Correspond" or field == rating:
                created = wire.moment(step.created)
                return created is not None and self._now() - created < _NOTED_WITHIN
        return False

    async def _read(
        self, ticket: wire.Ticket, steps: list[wire.Transaction], *, told: Told, newest: int
    ) -> Whole:
        fresh = {wire.number(step.id) for step in steps if not told.covers(step)}
        wanted = [number for number in message_ids(steps) if number in fresh]
        key = str(wire.number(ticket.id))
        texts = await self._client.texts(key, wanted)
        files = await self._client.files(key, wanted)
        moved = any(step.type == "Set" and step.field == "Queue" for step in steps)
        context = Context(
            reader=self._reader,
            ticket=ticket,
            fields=_field_names(ticket),
            queues=await self._knowledge.queues() if moved else {},
            works_value=await self._works_value(ticket),
            receipts=self._receipts,
        )
        reader = HistoryReader(context, steps, words_by_transaction(texts, files), told=told.mark)
        reading = reader.read()
        events = tuple(event for event in reading.events if wire.number(event.raw_id) in fresh)
        return Whole(reading.ticket, events, newest)

    async def _works_value(self, ticket: wire.Ticket) -> str:
        rated = wire.listed(ticket.custom_fields).get(self._reader.site.fields.rating)
        return await self._knowledge.works_value() if rated else ""

    async def _merged(self, key: int, survivor: wire.Ticket, newest: int) -> Whole:
        """Tell the end of a ticket that was merged: RT answers for it with the survivor."""
        steps = await self._client.history(str(key), newest)
        own = [step for step in steps if wire.number(step.object_id) == key]
        made = next((step for step in own if step.type == "Create"), None)
        merged = next((step for step in own if step.type == "AddLink" and step.field == "MergedInto"), made)
        created = wire.moment(made.created if made else survivor.created)
        ended = wire.moment(merged.created if merged else survivor.last_updated)
        if created is None or ended is None:
            return Whole(None)
        target = TicketId(str(wire.number(survivor.id)))
        name = TicketId(str(key))
        ticket = Ticket(
            id=name,
            number=name,
            subject=await self._subject(key, made) or self._reader.ticket(survivor).subject,
            state=TicketState.MERGED,
            created_at=created,
            updated_at=ended,
            state_since=ended,
            service=safe_line(wire.name_of(survivor.queue)),
            requester=self._reader.me.name,
            merged_into=target,
            may=frozenset(),
        )
        number = wire.number(merged.id) if merged else 0
        event = Event(
            id=f"{number:012d}-into-{target}",
            ticket=name,
            kind=EventKind.MERGED,
            at=ended,
            actor=SYSTEM,
            details=Details(target=target),
            raw_id=str(number),
            raw_type="AddLink MergedInto",
        )
        return Whole(ticket, (event,), newest)

    async def _subject(self, key: int, made: wire.Transaction | None) -> str:
        if made is None:
            return ""
        parts = await self._client.subjects(str(key), [wire.number(made.id)])
        return next((safe_line(part.subject) for part in parts if part.subject), "")


def _field_names(ticket: wire.Ticket) -> dict[int, str]:
    fields = ticket.custom_fields
    return {} if isinstance(fields, str) else {wire.number(each.id): each.name for each in fields}
