"""Whatever a desk may tell and a person may ask: tickets, events, moments and wishes for properties."""

from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st

from tests.model.making import (
    ALL,
    OFFICE,
    PRIYA,
    RAISED,
    RAVI,
    WAYS_OUT,
    YOU,
    visit,
    waiting,
    wish,
)
from tracker.model.cadence import Cadence
from tracker.model.call import Call, CallState
from tracker.model.command import Delivery, Pending
from tracker.model.event import Details, Event, EventKind
from tracker.model.person import SYSTEM, ActorKind, Person
from tracker.model.promise import Promise, PromiseKind, PromiseSource, PromiseState
from tracker.model.promises import Clock
from tracker.model.ticket import Act, Priority, Ticket, TicketId, TicketState
from tracker.model.timeline import track
from tracker.model.track import Track
from tracker.model.visit import VisitState
from tracker.model.window import Window
from tracker.model.wish import WishKind

PEOPLE = st.sampled_from([PRIYA, RAVI, YOU, SYSTEM, Person("Kim", ActorKind.COLLEAGUE), Person("")])
MOMENTS = st.integers(0, 14 * 24 * 60).map(lambda m: RAISED + timedelta(minutes=m))
TEXTS = st.sampled_from(["", "Hello.", "Which room?", "{who} {0} 100 %", "a\nb"])
VISITS = st.none() | st.builds(
    lambda state, start, ends: visit(state, starts=start, ends=start + ends if ends else None),
    st.sampled_from(VisitState),
    MOMENTS,
    st.none() | st.just(timedelta(hours=2)),
)
WINDOWS = st.lists(
    st.builds(
        lambda start, length: Window(start, start + timedelta(hours=length)), MOMENTS, st.integers(-1, 3)
    ),
    max_size=2,
).map(tuple)
CALLS = st.none() | st.builds(
    Call,
    st.sampled_from(["c1", "c2"]),
    st.sampled_from(CallState),
    MOMENTS,
    phone=st.sampled_from(["", "4711"]),
    windows=WINDOWS,
    starts=st.none() | MOMENTS,
    ends=st.none() | MOMENTS,
)
PROMISES = st.builds(
    Promise,
    st.sampled_from(["p1", "p2", "p3"]),
    st.sampled_from(PromiseKind),
    MOMENTS,
    MOMENTS,
    st.sampled_from(PromiseSource),
    st.sampled_from([s for s in PromiseState if s not in (PromiseState.NEARING, PromiseState.OVERDUE)]),
    supersedes=st.sampled_from([None, "p1", "p2", "gone"]),
)
DETAILS = st.builds(
    Details,
    reason=st.sampled_from([None, "a part"]),
    team=st.sampled_from([None, "Network"]),
    person=st.sampled_from([None, "Priya Nair", "Ravi Menon"]),
    promise=st.none() | PROMISES,
    visit=VISITS,
    until=st.none() | MOMENTS,
    status_word=st.sampled_from([None, "in triage"]),
    call=CALLS,
    options=st.sampled_from([(), WAYS_OUT]),
    fine=st.sampled_from([None, True, False]),
)
EVENTS = st.lists(
    st.builds(
        Event,
        st.integers(0, 40).map(str),
        st.just(TicketId("7")),
        st.sampled_from(EventKind),
        MOMENTS,
        PEOPLE,
        TEXTS,
        DETAILS,
    ),
    max_size=14,
    unique_by=lambda event: event.id,
)
TICKETS = st.builds(
    Ticket,
    st.just(TicketId("7")),
    st.just("INC-7"),
    st.just("No sound"),
    st.sampled_from(TicketState),
    st.just(RAISED),
    MOMENTS,
    state_word=st.sampled_from(["", "in triage"]),
    state_since=st.none() | MOMENTS,
    state_reason=st.sampled_from([None, "a part"]),
    priority=st.sampled_from(Priority),
    team=st.sampled_from(["", "Network"]),
    owner=st.sampled_from([None, PRIYA, RAVI, Person("")]),
    promises=st.lists(PROMISES, max_size=3, unique_by=lambda p: p.id).map(tuple),
    visit=VISITS,
    auto_close_at=st.none() | MOMENTS,
    may=st.sampled_from([ALL, frozenset(), frozenset({Act.REPLY})]),
    rating=st.sampled_from([None, None, 4]),
    state_until=st.none() | MOMENTS,
    call=CALLS,
    options=st.sampled_from([(), (), WAYS_OUT]),
)
WISHES = st.lists(
    st.builds(
        waiting,
        st.builds(
            wish,
            st.sampled_from(WishKind),
            MOMENTS,
            about=st.sampled_from(["", "p1", "c1", "w1"]),
            windows=WINDOWS,
            slot=st.sampled_from(["", "s1"]),
            phone=st.sampled_from(["", "4711"]),
            place=st.sampled_from(["", "4.112"]),
            score=st.none() | st.integers(1, 5),
        ),
        st.sampled_from(Delivery),
    ),
    max_size=3,
).map(tuple)
SIZED = settings(max_examples=60)


def drawn(ticket: Ticket, events: list[Event], now: datetime, pending: tuple[Pending, ...] = ()) -> Track:
    return track(ticket, events, Clock(now, OFFICE, Cadence()), pending)
