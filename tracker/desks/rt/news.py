"""The news of Request Tracker, by asking: the list first, then the histories, then what changes."""

import logging
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta

import anyio

from tracker.desks.polling import Pace
from tracker.desks.rt import wire
from tracker.desks.rt.client import NEWEST, RtClient
from tracker.desks.rt.cursor import Place
from tracker.desks.rt.reading import TicketReader
from tracker.desks.rt.tickets import TicketTeller, Told, Whole
from tracker.model.batch import Batch
from tracker.model.errors import DeskError, UnexpectedAnswer
from tracker.model.event import Event
from tracker.model.ticket import Ticket, TicketId

log = logging.getLogger(__name__)

_OVERLAP = timedelta(seconds=10)
"""RT's times have whole seconds and come before the change can be seen; so looks overlap."""

_PAGES_AT_MOST = 500
_BATCH_TICKETS = 10
_BATCH_EVENTS = 100
_CURSOR_EVERY = 5.0
_AT_ONCE = 3


class News:
    """One telling of the news, from a place on; `run` is used once.

    `now` is the desk's present time. What is looked at is a page of own tickets, the last changed first, up
    to the first that has not changed; then each changed one by itself.
    """

    def __init__(
        self,
        client: RtClient,
        teller: TicketTeller,
        reader: TicketReader,
        *,
        pace: Pace,
        now: Callable[[], datetime],
    ) -> None:
        self._client = client
        self._teller = teller
        self._reader = reader
        self._pace = pace
        self._now = now
        self._newest: dict[int, int] = {}  # ticket -> its newest transaction, as told in this run
        self._odd: set[int] = set()  # tickets whose answer could not be read in this run
        self._order: list[int] = []  # whose history comes next
        self._counted: tuple[int, int] | None = None
        self._resumed_mark = 0
        self._resumed_at: datetime | None = None

    async def run(self, place: Place | None, user: str) -> AsyncIterator[Batch]:
        """Tell all from `place` on, without end; all of it, and none of it live, without a place."""
        live = place is not None
        if place is None:
            await self._client.newest(1)  # the desk's clock is known from here on
            place = Place(user, self._now())
            async for batch in self._list(place):
                yield batch
        else:
            self._resumed_mark, self._resumed_at = place.mark, place.at
            self._order = sorted(place.todo)
        while True:
            async for batch in self._histories(place):
                yield batch
            async for batch in self._look(place):
                yield batch
            caught_up = not place.todo - self._odd
            yield Batch(cursor=place.cursor(), live=live, caught_up=caught_up)
            live = live or caught_up
            if caught_up:
                await self._pace.wait()

    async def _list(self, place: Place) -> AsyncIterator[Batch]:
        """Tell every ticket as the list has it, so that there is something to see at once."""
        below: int | None = None
        updated: dict[int, datetime] = {}
        while True:
            page = (await self._client.tickets_below(below)).items
            if not page:
                break
            tickets: list[Ticket] = []
            for item in page:
                tickets.append(self._reader.ticket(item))
                updated[wire.number(item.id)] = tickets[-1].updated_at
            below = min(wire.number(item.id) for item in page)
            yield Batch(tickets=tuple(tickets))
        place.known, place.todo = set(updated), set(updated)
        self._order = sorted(updated, key=lambda key: (updated[key], key))

    async def _histories(self, place: Place) -> AsyncIterator[Batch]:
        """Tell histories, the last changed first and an open ticket before all, until it is time to look."""
        until = (noted := anyio.current_time()) + self._pace.interval()
        tickets: list[Ticket] = []
        events: list[Event] = []
        gone: list[TicketId] = []
        while place.todo - self._odd and anyio.current_time() < until:
            for key, whole in await self._several(self._next(place), place):
                _put(whole, key, tickets, events, gone)
            full = len(tickets) + len(gone) >= _BATCH_TICKETS or len(events) >= _BATCH_EVENTS
            if full or not place.todo - self._odd or anyio.current_time() >= until:
                note = not place.todo or anyio.current_time() - noted > _CURSOR_EVERY
                noted = anyio.current_time() if note else noted
                cursor = place.cursor() if note and place.todo else None
                if events:
                    self._pace.stir()
                yield Batch(tuple(tickets), tuple(events), cursor=cursor, gone=tuple(gone))
                tickets, events, gone = [], [], []

    def _next(self, place: Place) -> list[int]:
        """Choose whose histories come next."""
        waiting = place.todo - self._odd
        chosen = [key for key in (wire.number(self._pace.focus.ticket),) if key in waiting]
        while len(chosen) < min(_AT_ONCE, len(waiting)):
            key = self._order.pop() if self._order else max(waiting.difference(chosen))
            if key in waiting and key not in chosen:
                chosen.append(key)
        return chosen

    async def _several(self, keys: list[int], place: Place) -> list[tuple[int, Whole]]:
        """Fetch a few tickets side by side; gives those that can be read, in the order asked."""
        fetched: dict[int, Whole | DeskError] = {}

        async def fetch(key: int) -> None:
            try:
                fetched[key] = await self._teller.tell(key, told=Told())
            except DeskError as error:
                fetched[key] = error

        async with anyio.create_task_group() as tasks:
            for key in keys:
                tasks.start_soon(fetch, key)
        found = [(key, self._note(key, fetched[key], place)) for key in keys]
        return [(key, whole) for key, whole in found if whole is not None]

    async def _look(self, place: Place) -> AsyncIterator[Batch]:
        """Look for what changed since the last look and tell it."""
        began = self._now()
        changed, total = await self._changed(place)
        for key in changed:
            if key in place.todo - self._odd:
                continue  # its whole history is still to come
            whole = await self._whole(key, self._told(key, place), place)
            if whole is not None and not whole.unchanged:
                yield _batch_of(whole, key)
        if total is not None and total != len(place.known):
            async for batch in self._recount(place, total):
                yield batch
        place.at = max(place.at, began)

    def _told(self, key: int, place: Place) -> Told:
        if key not in place.known or key in self._odd:
            return Told()
        if key in self._newest:
            return Told(self._newest[key])
        return Told(self._resumed_mark, self._resumed_at)

    async def _changed(self, place: Place) -> tuple[list[int], int | None]:
        """List what may have changed, the earliest change first; and how many tickets there are in all."""
        horizon = place.at - _OVERLAP
        changed: dict[int, None] = {}
        total: int | None = None
        for page in range(1, _PAGES_AT_MOST):
            answer = await self._client.newest(page)
            total = answer.total
            for item in answer.items:
                updated = wire.moment(item.last_updated)
                if updated is not None and updated < horizon:
                    return list(reversed(changed)), total
                changed.setdefault(wire.number(item.id))
            if not answer.items or (total is not None and page * NEWEST >= total):
                break
        return list(reversed(changed)), total

    async def _recount(self, place: Place, total: int) -> AsyncIterator[Batch]:
        """Find which tickets came into sight or went out of it, when the number of them says so."""
        if self._counted == (total, len(place.known)):
            return
        there: set[int] = set()
        below: int | None = None
        while page := (await self._client.ids_below(below)).items:
            there |= {wire.number(item.id) for item in page}
            below = min(there)
        for key in sorted(place.known - there):
            whole = await self._whole(key, self._told(key, place), place)
            place.known.discard(key)
            place.todo.discard(key)
            if whole is not None and not whole.unchanged:
                yield _batch_of(whole, key)
        for key in sorted(there - place.known):
            whole = await self._whole(key, Told(), place)
            if whole is not None:
                yield _batch_of(whole, key)
        self._counted = (total, len(place.known))

    async def _whole(self, key: int, told: Told, place: Place) -> Whole | None:
        """Fetch one ticket and note that it is told; None where its answer can't be read."""
        self._odd.discard(key)
        try:
            whole = await self._teller.tell(key, told=told, unless=self._newest.get(key, 0))
        except UnexpectedAnswer as error:
            return self._note(key, error, place)
        return self._note(key, whole, place)

    def _note(self, key: int, whole: Whole | DeskError, place: Place) -> Whole | None:
        """Note what came of fetching a ticket; raises an error that is not about this ticket alone."""
        if isinstance(whole, DeskError):
            # Many strange tickets are a strange desk.
            if not isinstance(whole, UnexpectedAnswer) or len(self._odd) > len(place.known) // 10 + 1:
                raise whole
            log.info("request %s cannot be read and is left for the next time: %s", key, whole)
            self._odd.add(key)
            place.known.add(key)
            place.todo.add(key)
            return None
        place.todo.discard(key)
        if whole.ticket is None and not whole.unchanged:
            place.known.discard(key)
        else:
            place.known.add(key)
            self._newest[key] = whole.newest
            place.mark = max(place.mark, whole.newest)
        return whole


def _batch_of(whole: Whole, key: int) -> Batch:
    if whole.ticket is None:
        return Batch(live=True, gone=(TicketId(str(key)),))
    return Batch(tickets=(whole.ticket,), events=whole.events, live=True)


def _put(whole: Whole, key: int, tickets: list[Ticket], events: list[Event], gone: list[TicketId]) -> None:
    if whole.ticket is not None:
        tickets.append(whole.ticket)
        events.extend(whole.events)
    elif not whole.unchanged:
        gone.append(TicketId(str(key)))
