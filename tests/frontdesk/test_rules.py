"""Whatever people do in whatever order, a ticket stays one that makes sense."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.frontdesk import requests
from tracker.frontdesk.default_settings import DEFAULT_SETTINGS
from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.rules import agent, promises, requester, visits
from tracker.frontdesk.rules.allowing import allowed
from tracker.frontdesk.rules.move import Booked, Context, Move, actor_of
from tracker.frontdesk.rules.timers import let_time_pass, next_due
from tracker.frontdesk.settings import DeskSettings
from tracker.frontdesk.values import ENDED, Event, Person, State, Ticket, User

SETTINGS = msgspec.toml.decode(DEFAULT_SETTINGS, type=DeskSettings)
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ANNA = User(id="u1", login="anna", name="Anna Keller", email="a@x.example", role="requester")
TESS = User(id="u3", login="tess", name="Tess Okafor", email="t@x.example", role="agent")
RAVI = User(id="u4", login="ravi", name="Ravi Menon", email="r@x.example", role="agent")


class Staff:
    """Two agents."""

    def agent(self, person_id: str) -> Person:
        """Give one of them."""
        return {"u3": TESS, "u4": RAVI}[person_id].person

    def agents(self) -> tuple[Person, ...]:
        """Give both."""
        return (RAVI.person, TESS.person)

    def visits_ahead(self) -> tuple[Booked, ...]:
        """Nobody is anywhere."""
        return ()


class Act(NamedTuple):
    """Somebody does something; `rule` gets the move with its time."""

    who: User
    rule: Callable[[Move], None]


def ahead(move: Move, hours: float) -> datetime:
    return move.now + timedelta(hours=hours)


def _first_open(move: Move) -> str:
    return next((p.id for p in move.ticket.promises if p.state in ("open", "paused")), "none")


WORDS = requests.Message(text="Some words")
ACTS = {
    "assign": Act(TESS, lambda m: agent.assign(m, requests.Assign(agent="u3"))),
    "hand over": Act(TESS, lambda m: agent.assign(m, requests.Assign(agent="u4", reason="Better at it"))),
    "start": Act(TESS, lambda m: agent.start(m, requests.Nothing())),
    "say": Act(TESS, lambda m: agent.reply(m, WORDS)),
    "ask": Act(TESS, lambda m: agent.ask(m, WORDS)),
    "note": Act(TESS, lambda m: agent.note(m, WORDS)),
    "heartbeat": Act(TESS, lambda m: agent.heartbeat(m, requests.Remark())),
    "wait": Act(TESS, lambda m: agent.set_status(m, requests.SetStatus(state="waiting_for_parts"))),
    "work": Act(TESS, lambda m: agent.set_status(m, requests.SetStatus(state="working"))),
    "cancel": Act(TESS, lambda m: agent.set_status(m, requests.SetStatus(state="cancelled", reason="x"))),
    "resolve": Act(TESS, lambda m: agent.resolve(m, requests.Resolve(text="Done"))),
    "close": Act(TESS, lambda m: agent.close(m, requests.Remark())),
    "promise": Act(
        TESS, lambda m: promises.make_promise(m, requests.MakePromise(kind="next_update", latest=ahead(m, 4)))
    ),
    "promise fix": Act(
        TESS, lambda m: promises.make_promise(m, requests.MakePromise(kind="fix", latest=ahead(m, 9)))
    ),
    "move promise": Act(
        TESS,
        lambda m: promises.move_promise(
            m, _first_open(m), requests.MovePromise(latest=ahead(m, 8), reason="Late")
        ),
    ),
    "withdraw": Act(
        TESS, lambda m: promises.withdraw_promise(m, _first_open(m), requests.Because(reason="x"))
    ),
    "book": Act(
        TESS,
        lambda m: visits.book(m, requests.BookVisit(starts=ahead(m, 1), ends=ahead(m, 2), place="Room 1")),
    ),
    "on the way": Act(
        RAVI,
        lambda m: visits.on_the_way(
            m, requests.OnTheWay(eta_earliest=ahead(m, 0.1), eta_latest=ahead(m, 0.2))
        ),
    ),
    "arrive": Act(RAVI, lambda m: visits.arrived(m, requests.Nothing())),
    "finish": Act(RAVI, lambda m: visits.finish(m, requests.FinishVisit(outcome="done"))),
    "fail": Act(RAVI, lambda m: visits.finish(m, requests.FinishVisit(outcome="failed", text="Nobody in"))),
    "call off": Act(RAVI, lambda m: visits.cancel(m, requests.Because(reason="x"))),
    "reply": Act(ANNA, lambda m: requester.reply(m, WORDS)),
    "confirm": Act(ANNA, lambda m: requester.confirm(m, requests.Nothing())),
    "not fixed": Act(ANNA, lambda m: requester.say_not_fixed(m, requests.Explanation(text="No"))),
    "rate": Act(ANNA, lambda m: requester.rate(m, requests.Rate(score=4))),
}


LAST = {"cancel", "close", "confirm"}
HELD = ("promise fix", "ask", "reply", "promise")
# What ends a ticket ends the story: rarer. What stops and starts clocks is where mistakes hide: more often.
deeds = st.one_of(
    st.sampled_from([name for name in sorted(ACTS) if name not in LAST]),
    st.sampled_from(HELD),
    st.sampled_from(sorted(ACTS)),
)


def context_at(now: datetime) -> Context:
    return Context(now=now, settings=SETTINGS, directory=Staff())


def check_sense(ticket: Ticket, events: list[Event], now: datetime) -> None:
    """Hold a ticket against everything that must always be true."""
    states = [event.data.to_state for event in events if event.data.to_state is not None]
    assert states[-1] is ticket.state
    for before, event in zip(states, [e for e in events if e.data.to_state][1:], strict=False):
        assert event.data.from_state is before
    live = [promise for promise in ticket.promises if promise.state in ("open", "paused")]
    assert len({promise.kind for promise in live}) == len(live)
    if ticket.state in ENDED | {State.RESOLVED}:
        assert live == []
    paused = {promise.state for promise in live}
    assert paused <= ({"paused"} if ticket.state is State.WAITING_FOR_REQUESTER else {"open"})
    assert (ticket.auto_close_at is not None) == (ticket.state is State.RESOLVED)
    due = next_due(ticket)
    assert due is None or due > now
    told = [event for event in events if event.public]
    assert ticket.updated_at == told[-1].at


@settings(max_examples=400)
@given(st.lists(st.tuples(deeds, st.integers(1, 600)), min_size=5, max_size=40))
def test_a_ticket_makes_sense_after_any_acts_in_any_order(steps: list[tuple[str, int]]) -> None:
    now = START
    body = requests.RaiseTicket(service="network", subject="x", text="y", fields={"where": "Home"})
    move = requester.raise_ticket("REQ-1001", ANNA, body, cc=(), context=context_at(now))
    ticket, events, said = move.ticket, move.facts, list[str]()
    for name, minutes in steps:
        now += timedelta(minutes=minutes)
        passed = let_time_pass(ticket, context_at(now))
        ticket, events = passed.ticket, events + passed.facts
        act = ACTS[name]
        move = Move(ticket, actor_of(act.who), context_at(now))
        try:
            act.rule(move)
        except Refused as refused:
            said.append(str(refused))
            continue
        promises.keep_clocks(move, ticket)
        assert 0 <= move.main < len(move.facts)
        ticket, events = move.ticket, events + move.facts
        check_sense(ticket, events, now)
    assert all(sentence.endswith((".", "?")) for sentence in said)


@settings(max_examples=200)
@given(st.lists(deeds, max_size=25))
def test_what_a_person_may_do_is_exactly_what_is_not_refused(steps: list[str]) -> None:
    now = START
    body = requests.RaiseTicket(service="other", subject="x", text="y")
    ticket = requester.raise_ticket("REQ-1001", ANNA, body, cc=(), context=context_at(now)).ticket
    for name in steps:
        now += timedelta(minutes=1)
        context = context_at(now)
        may = set(allowed(ticket, ANNA.id, context))
        for deed, word in (
            ("reply", "reply"),
            ("confirm", "confirm"),
            ("not fixed", "not_fixed"),
            ("rate", "rate"),
        ):
            assert _works(ACTS[deed], ticket, context) == (word in may), (deed, ticket.state)
        move = Move(ticket, actor_of(ACTS[name].who), context)
        try:
            ACTS[name].rule(move)
        except Refused:
            continue
        promises.keep_clocks(move, ticket)
        ticket = move.ticket


def _works(act: Act, ticket: Ticket, context: Context) -> bool:
    try:
        act.rule(Move(ticket, actor_of(act.who), context))
    except Refused:
        return False
    return True
