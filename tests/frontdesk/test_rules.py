"""Whatever people do in whatever order, a ticket stays one that makes sense."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.frontdesk.acts import ACTS, ANNA, SETTINGS, START, Act, context_at, deeds
from tracker.frontdesk import requests
from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.rules import promises, requester
from tracker.frontdesk.rules.allowing import allowed
from tracker.frontdesk.rules.chat_sessions import chat_due
from tracker.frontdesk.rules.flags import flags_of, pressing_since
from tracker.frontdesk.rules.move import Context, Move, actor_of
from tracker.frontdesk.rules.timers import let_time_pass, next_due
from tracker.frontdesk.values import ENDED, WAITING, Event, State, Ticket


def check_call(ticket: Ticket) -> None:
    """Hold a call against its promise: a booked one has it, for the same window; an ended ticket has none."""
    call = ticket.call
    promised = [p for p in ticket.promises if p.kind == "callback" and p.state in ("open", "paused")]
    assert all(promise.state == "open" for promise in promised)
    if call is None:
        return
    if call.state == "booked":
        assert [(p.earliest, p.latest) for p in promised] == [(call.starts, call.ends)]
    if ticket.state in ENDED | {State.RESOLVED}:
        assert call.state in ("done", "cancelled")


def check_visit(ticket: Ticket) -> None:
    """Hold a visit against its promise: while somebody is expected, it is promised or was missed."""
    visit = ticket.visit
    of_visits = [p for p in ticket.promises if p.kind == "visit"]
    live = [p for p in of_visits if p.state in ("open", "paused")]
    expected = visit is not None and visit.state in ("scheduled", "on_the_way")
    assert all(p.state == "open" for p in live)
    assert expected or live == []
    if visit is not None and expected:
        assert (of_visits[-1].earliest, of_visits[-1].latest) == (visit.starts, visit.ends)
        assert of_visits[-1].state in ("open", "missed")


def check_chat(ticket: Ticket, now: datetime) -> None:
    """Hold a chat against its ticket and its clock: an ended ticket has none going on."""
    if ticket.chat is None:
        return
    assert not (ticket.state in ENDED and ticket.chat.is_active)
    assert (ticket.chat.ends_at is not None) == (ticket.chat.state == "open")
    assert ticket.chat.ends_at is None or ticket.chat.ends_at > now
    assert (ticket.chat.ended_at is not None) == (ticket.chat.state == "ended")
    due = chat_due(ticket, SETTINGS.chat)
    assert due is None or due > now


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
    paused = {promise.state for promise in live if promise.kind not in ("callback", "visit")}
    assert paused <= ({"paused"} if ticket.state is State.WAITING_FOR_REQUESTER else {"open"})
    check_call(ticket)
    check_visit(ticket)
    check_chat(ticket, now)
    if ticket.state in ENDED | {State.RESOLVED}:
        assert ticket.options == ()
        assert flags_of(ticket, now) == ()
        assert ticket.visit is None or ticket.visit.state not in ("scheduled", "on_the_way", "on_site")
    assert ticket.state in WAITING or (ticket.state_until, ticket.waiting_for) == (None, None)
    overdue = {"promise_overdue", "promise_missed"} & set(flags_of(ticket, now))
    pressing = pressing_since(ticket)
    assert bool(overdue) == (pressing is not None and pressing < now)
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
            ("want news", "ask_for_news"),
            ("let wait", "let_wait"),
            ("want call", "ask_for_call"),
            ("thank", "thank"),
            ("still fine", "check_in"),
            ("suits", "confirm_visit"),
            ("other time", "move_visit"),
            ("choose", "choose"),
            ("start chat", "chat"),
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
