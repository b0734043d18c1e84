"""Every clock of 10,000 requests at a new moment: promises, exceptions, calls, visits, what is waited for."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.bench.figures import Figure, median_of
from tests.bench.place import Place
from tracker.model.cadence import Cadence
from tracker.model.calendar import Calendar
from tracker.model.event import Event, EventKind
from tracker.model.person import SYSTEM, ActorKind, Person
from tracker.model.promise import Promise, PromiseKind
from tracker.model.promises import Clock
from tracker.model.pulse import Pulse, pulse
from tracker.model.ticket import Act, Ticket, TicketId, TicketState
from tracker.model.timeline import track

REQUESTS, OPEN = 10_000, 2_000
LIMIT = 150.0
"""Milliseconds to bring all of them up to date."""
CALENDAR = Calendar(ZoneInfo("Europe/Berlin"))
MONDAY = datetime(2026, 3, 2, 7, tzinfo=UTC)
YOU, AGENT = Person("Jo Ortiz", ActorKind.YOU), Person("Priya Nair")
UNDER_WAY = (
    *(TicketState.NEW, TicketState.ASSIGNED, TicketState.WORKING, TicketState.WORKING),
    *(TicketState.WAITING_FOR_YOU, TicketState.WAITING_FOR_PARTS, TicketState.RESOLVED),
)
Told = tuple[Ticket, tuple[Event, ...]]


def outdated(pulses: Iterable[Pulse], now: datetime) -> list[Pulse]:
    """Give those that time has changed by `now`; all others are as they were taken."""
    return [taken for taken in pulses if taken.next_due is not None and taken.next_due <= now]


def measure(_place: Place) -> Iterator[Figure]:
    """Take all pulses once, then bring them up to date each minute of a day, and after a night of sleep."""
    told = [_request(number, random.Random(number)) for number in range(REQUESTS)]  # noqa: S311
    began = time.perf_counter()
    taken = {ticket.id: pulse(ticket, events, _clock(MONDAY)) for ticket, events in told}
    cold = _milliseconds(began)
    by_id = {ticket.id: (ticket, events) for ticket, events in told}
    minutes, most = [], 0
    for minute in range(1, 601):
        now = MONDAY + timedelta(minutes=minute)
        began = time.perf_counter()
        again = _bring_up_to_date(taken, by_id, now)
        minutes.append(_milliseconds(began))
        most = max(most, again)
    yield median_of(f"a minute later ({REQUESTS:,} requests, {OPEN:,} open)", minutes, "ms", limit=LIMIT)
    yield Figure("the fullest minute of ten hours", max(minutes), "ms", LIMIT, remark=f"{most} had changed")
    began = time.perf_counter()
    again = _bring_up_to_date(taken, by_id, MONDAY + timedelta(hours=26))
    yield Figure("after a night of sleep", _milliseconds(began), "ms", LIMIT, remark=f"{again} had changed")
    yield Figure("all of them anew, as after a change of hours", cold, "ms")
    began = time.perf_counter()
    for ticket, events in told[:1000]:
        track(ticket, events, _clock(MONDAY))
    yield Figure("the whole page of 1,000 of them, with every row", _milliseconds(began), "ms")


def _bring_up_to_date(taken: dict[TicketId, Pulse], told: dict[TicketId, Told], now: datetime) -> int:
    due = outdated(taken.values(), now)
    for old in due:
        ticket, events = told[old.ticket.id]
        taken[ticket.id] = pulse(ticket, events, _clock(now))
    return len(due)


def _clock(now: datetime) -> Clock:
    return Clock(now, CALENDAR, Cadence())


def _milliseconds(began: float) -> float:
    return (time.perf_counter() - began) * 1000


def _request(number: int, rng: random.Random) -> Told:
    """Make a request with six events; one in five is under way, and half of those have a promise."""
    is_open = number % (REQUESTS // OPEN) == 0
    age = timedelta(minutes=rng.randrange(10, 4 * 24 * 60 if is_open else 700 * 24 * 60))
    raised, name = MONDAY - age, TicketId(str(number))
    state = rng.choice(UNDER_WAY) if is_open else TicketState.CLOSED
    ends = raised + age / 2
    promise = Promise(f"p{number}", PromiseKind.FIX, raised + rng.random() * timedelta(days=9), raised)
    steps = (
        (EventKind.CREATED, YOU),
        (EventKind.RECEIVED, SYSTEM),
        (EventKind.ASSIGNED, SYSTEM),
        (EventKind.REPLY, AGENT),
        (EventKind.REPLY, YOU),
        (EventKind.WORK_STARTED if is_open else EventKind.SOLVED, AGENT),
    )
    events = tuple(
        Event(f"{number}-{step}", name, kind, raised + age / 2 * step / 6, actor, "What was written.")
        for step, (kind, actor) in enumerate(steps)
    )
    ticket = Ticket(
        id=name,
        number=f"INC-{number}",
        subject="No sound in meetings",
        state=state,
        created_at=raised,
        updated_at=ends,
        state_since=ends,
        owner=AGENT,
        promises=(promise,) if is_open and rng.random() < 0.5 else (),
        auto_close_at=MONDAY + timedelta(days=3) if state is TicketState.RESOLVED else None,
        may=frozenset({Act.REPLY, Act.CHECK_IN, Act.RATE}),
    )
    return ticket, events
