"""What happens by itself: promises missed, tickets closed, business hours counted."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.frontdesk.clock import Clock
from tests.frontdesk.house import House
from tests.frontdesk.test_stream import kinds, listening
from tracker.frontdesk import requests
from tracker.frontdesk.carrying_out import Order, act, let_things_happen, raise_ticket
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.hours import BusinessHours, due
from tracker.frontdesk.rules import agent
from tracker.frontdesk.rules.move import Move
from tracker.frontdesk.storage import tickets
from tracker.frontdesk.values import Event, State, Ticket, User

ANNA = User(id="u1", login="anna", name="Anna Keller", email="", role="requester")
TESS = User(id="u3", login="tess", name="Tess Okafor", email="", role="agent")
BERLIN = BusinessHours(zone="Europe/Berlin", holidays=(date(2026, 12, 25),))


def raise_one(desk: Desk) -> None:
    body = requests.RaiseTicket(service="network", subject="x", text="y", fields={"where": "Home"})
    raise_ticket(desk, Order(ANNA, None, b""), body)


def by_agent(desk: Desk, rule: Callable[[Move], None]) -> None:
    act(desk, Order(TESS, None, b"", as_agent=True), "REQ-1001", rule)


def look(desk: Desk) -> tuple[Ticket, list[Event]]:
    with desk.reading() as connection:
        docs = tickets.events_of(connection, [1001], internal=True)
        return tickets.load_ticket(connection, "REQ-1001"), [tickets.decode_event(doc) for _, doc in docs]


def test_a_promise_is_missed_a_quarter_of_an_hour_after_its_time(open_desk: Desk, clock: Clock) -> None:
    raise_one(open_desk)
    due_at = let_things_happen(open_desk)
    assert due_at == (clock() + timedelta(hours=4, minutes=15)).timestamp()
    clock.pass_by(hours=4, minutes=14)
    let_things_happen(open_desk)
    assert look(open_desk)[0].promises[0].state == "open"
    clock.pass_by(minutes=1)
    assert let_things_happen(open_desk) is None
    ticket, events = look(open_desk)
    assert ticket.promises[0].state == "missed"
    assert (events[-1].kind, events[-1].actor.kind) == ("promise_missed", "system")
    let_things_happen(open_desk)
    assert len(look(open_desk)[1]) == len(events)


def test_a_word_just_in_time_keeps_the_promise(open_desk: Desk, clock: Clock) -> None:
    raise_one(open_desk)
    clock.pass_by(hours=4, minutes=10)
    by_agent(open_desk, lambda move: agent.reply(move, requests.Message(text="Sorry, now.")))
    clock.pass_by(hours=9)
    let_things_happen(open_desk)
    assert look(open_desk)[0].promises[0].state == "kept"


def test_while_the_requester_is_asked_no_promise_runs_out(open_desk: Desk, clock: Clock) -> None:
    raise_one(open_desk)
    promise = requests.MakePromise(kind="fix", latest=clock() + timedelta(hours=2))
    from tracker.frontdesk.rules.promises import make_promise

    by_agent(open_desk, lambda move: make_promise(move, promise))
    by_agent(open_desk, lambda move: agent.ask(move, requests.Message(text="Which?")))
    clock.pass_by(days=5)
    let_things_happen(open_desk)
    assert look(open_desk)[0].promises[1].state == "paused"
    by_agent(open_desk, lambda move: agent.start(move, requests.Nothing()))
    fix = look(open_desk)[0].promises[1]
    assert (fix.state, fix.latest) == ("open", promise.latest + timedelta(days=5))


def test_a_solved_request_closes_when_its_date_has_passed(open_desk: Desk, clock: Clock) -> None:
    raise_one(open_desk)
    by_agent(open_desk, lambda move: agent.resolve(move, requests.Resolve(text="Done.")))
    clock.pass_by(days=6, hours=23)
    let_things_happen(open_desk)
    assert look(open_desk)[0].state is State.RESOLVED
    clock.pass_by(hours=1)
    let_things_happen(open_desk)
    ticket, events = look(open_desk)
    assert ticket.state is State.CLOSED
    assert (events[-1].kind, events[-1].data.closed_by) == ("closed", "auto_close")


def test_after_the_window_a_closed_request_stays_closed(open_desk: Desk, clock: Clock) -> None:
    from tracker.frontdesk.reading import Viewer, one_ticket

    raise_one(open_desk)
    by_agent(open_desk, lambda move: agent.close(move, requests.Remark()))
    clock.pass_by(days=13)
    shown = one_ticket(open_desk, Viewer(ANNA), "REQ-1001", with_events=False).ticket
    assert shown.may == ("reply", "not_fixed", "rate", "thank", "check_in")
    clock.pass_by(days=1)
    shown = one_ticket(open_desk, Viewer(ANNA), "REQ-1001", with_events=False).ticket
    assert shown.may == ("rate", "thank", "check_in")


def test_the_served_desk_closes_by_itself_and_tells_who_listens(house: House) -> None:
    number = house.anna.raise_ticket()
    soon = (datetime.now(UTC) + timedelta(milliseconds=700)).isoformat()
    house.tess.ok(f"/agent/tickets/{number}/resolve", {"text": "Done.", "auto_close_at": soon})
    with listening(house.anna) as messages:
        told: list[str] = []
        while "closed" not in told:
            told += kinds(next(messages))
    assert house.anna.ticket(number)["state"] == "closed"


@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [
        ("2026-11-23T09:00+01:00", 4, "2026-11-23T13:00+01:00"),  # a Monday
        ("2026-11-23T15:00+01:00", 4, "2026-11-24T10:00+01:00"),
        ("2026-11-27T16:00+01:00", 4, "2026-11-30T11:00+01:00"),  # over the week-end
        ("2026-11-28T12:00+01:00", 1, "2026-11-30T09:00+01:00"),  # raised on Saturday
        ("2026-11-23T05:00+01:00", 1, "2026-11-23T09:00+01:00"),  # before opening
        ("2026-12-24T16:00+01:00", 2, "2026-12-28T09:00+01:00"),  # a holiday, then the week-end
        ("2026-03-27T16:00+01:00", 2, "2026-03-30T09:00+02:00"),  # over the change to summer time
        ("2026-11-23T08:00+01:00", 9, "2026-11-23T17:00+01:00"),  # exactly one day
        ("2026-11-23T08:00+01:00", 45, "2026-11-27T17:00+01:00"),  # exactly one week
    ],
)
def test_promised_hours_are_hours_the_desk_works(start: str, hours: float, expected: str) -> None:
    moment = datetime.fromisoformat(start)
    assert due(moment, hours, business=BERLIN) == datetime.fromisoformat(expected)
    assert due(moment, hours, business=None) == moment + timedelta(hours=hours)


@given(
    start=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),
    hours=st.floats(0.01, 400),
    more=st.floats(0.01, 100),
)
def test_more_hours_are_never_due_earlier(start: datetime, hours: float, more: float) -> None:
    first, later = due(start, hours, business=BERLIN), due(start, hours + more, business=BERLIN)
    assert start + timedelta(hours=hours) <= first + timedelta(milliseconds=1)
    assert first < later
    local = first.astimezone(tz=None)
    assert local.tzinfo is not None


def test_a_calendar_without_a_working_day_counts_as_none() -> None:
    every_day = tuple(date(2026, 1, 1) + timedelta(days=n) for n in range(1_000))
    closed = BusinessHours(holidays=every_day)
    start = datetime(2026, 3, 1, tzinfo=UTC)
    assert due(start, 4, business=closed) == start + timedelta(hours=4)
