"""Now, Next, You can: the three lines that answer "what is going on", however a request stands."""

from datetime import datetime

import pytest

from tests.model.making import (
    ALL,
    PRIYA,
    RAISED,
    at,
    event,
    promised,
    said,
    seen,
    ticket,
    visit,
)
from tracker.model.attachment import LocalFile
from tracker.model.event import EventKind
from tracker.model.person import Person
from tracker.model.ticket import Act, Ticket, TicketId, TicketState
from tracker.model.visit import Visit, VisitState

NOW = at(18, 12)
WORKING = TicketState.WORKING
WORD = event(EventKind.REPLY, at(18, 11), text="We are on it.")
FILE = LocalFile("k", "screen.png", 10)


def now_of(subject: Ticket, *, now: datetime = NOW) -> str:
    return said(seen(subject, [WORD], now).now, now)


def next_of(subject: Ticket, *, now: datetime = NOW) -> str:
    return said(seen(subject, [WORD], now).next, now)


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        (ticket(), "The desk has it. Nobody has taken it yet"),
        (ticket(state=TicketState.ASSIGNED, team="Network"), "With Network"),
        (ticket(state=TicketState.ASSIGNED, team="Network", owner=PRIYA), "Priya Nair is working on it"),
        (ticket(state=TicketState.ASSIGNED, owner=Person("Ravi Menon")), "With Ravi Menon"),
        (ticket(state=TicketState.ASSIGNED, owner=Person(""), team="Network"), "With Network"),
        (ticket(state=TicketState.ASSIGNED), "Assigned"),
        (ticket(state=WORKING, team="Network"), "Network is working on it"),
        (ticket(state=WORKING), "Being worked on"),
        (ticket(state=TicketState.RESOLVED), "IT thinks it is fixed. Does it work?"),
        (ticket(state=TicketState.CLOSED), "Closed"),
        (ticket(state=TicketState.CANCELLED), "Cancelled"),
        (ticket(state=TicketState.CANCELLED, state_reason="Not needed"), "Cancelled: Not needed"),
        (ticket(state=TicketState.MERGED), "It goes on in another request"),
    ],
)
def test_now_says_who_has_it(subject: Ticket, words: str) -> None:
    assert now_of(subject) == words


def test_now_says_since_when() -> None:
    assigned = event(EventKind.ASSIGNED, at(17, 15), person="Ravi Menon")
    drawn = seen(ticket(state=TicketState.ASSIGNED, owner=Person("Ravi Menon")), [assigned], NOW)
    assert (drawn.now.since, drawn.now.actor) == (at(17, 15), "Ravi Menon")
    assert seen(ticket(state=WORKING, state_since=at(18)), [], NOW).now.since == at(18)
    assert seen(ticket(state=WORKING), [], NOW).now.since == RAISED


@pytest.mark.parametrize(
    ("booked", "now", "words", "following"),
    [
        (visit(), NOW, "Priya Nair comes Thu 20 Nov, 10:00", "Visit Thu 20 Nov, 10:00 – 12:00"),
        (visit(ends=None), NOW, "Priya Nair comes Thu 20 Nov, 10:00", "Visit Thu 20 Nov, 10:00"),
        (visit(), at(19, 12), "Priya Nair comes tomorrow 10:00", "Visit tomorrow 10:00 – 12:00"),
        (visit(), at(20, 9), "Priya Nair comes 10:00", "Visit 10:00 – 12:00"),
        (visit(agent=""), at(20, 9), "A technician comes 10:00", "Visit 10:00 – 12:00"),
        (
            visit(),
            at(20, 12, 15),
            "The visit was booked for 10:00. Nobody has said how it went",
            "No update has been promised: ask for one",
        ),
        (
            visit(VisitState.ON_THE_WAY, eta_latest=at(20, 10, 20)),
            at(20, 10),
            "Priya Nair is on the way to you, here by 10:20",
            "The technician arrives by 10:20",
        ),
        (
            visit(VisitState.ON_THE_WAY, eta_latest=at(20, 9, 50)),
            at(20, 10),
            "Priya Nair is on the way to you",
            "The technician arrives",
        ),
        (
            visit(VisitState.ON_THE_WAY),
            at(20, 10),
            "Priya Nair is on the way to you",
            "The technician arrives by 12:00",
        ),
        (
            visit(VisitState.ON_THE_WAY, ends=None),
            at(20, 10),
            "Priya Nair is on the way to you",
            "The technician arrives",
        ),
        (
            visit(VisitState.ON_SITE),
            at(20, 10),
            "Priya Nair is with you",
            "The technician looks at it with you",
        ),
        (
            visit(VisitState.DONE),
            at(20, 10),
            "Priya Nair has been with you",
            "We aim to write by 11:00",
        ),
    ],
)
def test_a_visit_is_followed_like_a_delivery(
    booked: Visit, now: datetime, words: str, following: str
) -> None:
    word = event(EventKind.REPLY, at(19, 11), text="We come.")
    drawn = seen(ticket(state=WORKING, visit=booked), [word], now)
    assert (said(drawn.now, now), said(drawn.next, now)) == (words, following)


@pytest.mark.parametrize(
    ("state", "chip"),
    [
        (VisitState.SCHEDULED, "Visit booked"),
        (VisitState.ON_THE_WAY, "On the way"),
        (VisitState.ON_SITE, "Here"),
        (VisitState.DONE, "Visit done"),
        (VisitState.FAILED, "Visit did not happen"),
    ],
)
def test_the_chip_follows_the_visit(state: VisitState, chip: str) -> None:
    assert said(seen(ticket(state=WORKING, visit=visit(state)), [WORD], NOW).chip, NOW) == chip


def test_the_date_that_matters_is_the_visits_while_it_lies_ahead() -> None:
    for booked, expected in [
        (visit(), at(20, 10)),
        (visit(VisitState.ON_THE_WAY, eta_latest=at(20, 10, 20)), at(20, 10, 20)),
        (visit(VisitState.ON_SITE), None),
    ]:
        drawn = seen(ticket(state=WORKING, visit=booked), [WORD], NOW)
        assert (drawn.expected, said(drawn.expected_label, NOW)) == (expected, "Visit" if expected else "")


def test_what_comes_first_is_said_next_the_visit_or_the_promise() -> None:
    early, late = promised(at(19, 12), at(18, 12)), promised(at(21, 12), at(18, 12))
    both = ticket(state=WORKING, visit=visit(), promises=(early,))
    assert next_of(both) == "Next update promised by tomorrow 12:00"
    assert (
        next_of(ticket(state=WORKING, visit=visit(), promises=(late,))) == "Visit Thu 20 Nov, 10:00 – 12:00"
    )
    here = ticket(state=WORKING, visit=visit(VisitState.ON_SITE), promises=(early,))
    assert next_of(here) == "The technician looks at it with you"


def test_after_the_fix_the_countdown_is_shown() -> None:
    drawn = seen(ticket(state=TicketState.RESOLVED, auto_close_at=at(25, 17), may=ALL), [WORD], NOW)
    assert said(drawn.next, NOW) == "Closes Tue 25 Nov, 17:00 unless you say no"
    assert (drawn.next.by, drawn.expected, said(drawn.expected_label, NOW)) == (
        at(25, 17),
        at(25, 17),
        "Closes",
    )
    assert drawn.you_can == (Act.CONFIRM, Act.NOT_FIXED, Act.THANK, Act.REPLY)
    assert said(drawn.chip, NOW) == "Fixed — is it?"
    for now, due in [(NOW, at(24, 17)), (at(24, 18), at(25, 17)), (at(26), None)]:
        assert seen(drawn.ticket, [WORD], now).next_due == due
    open_end = seen(ticket(state=TicketState.RESOLVED), [WORD], NOW)
    assert said(open_end.next, NOW) == "Tell us whether it works"
    assert (open_end.expected, open_end.expected_label) == (None, None)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (TicketState.CLOSED, "Nothing more is planned"),
        (TicketState.CANCELLED, "Nothing more is planned"),
        (TicketState.MERGED, "Follow the request that it goes on in"),
    ],
)
def test_what_is_over_says_that_nothing_comes(state: TicketState, words: str) -> None:
    assert next_of(ticket(state=state)) == words
    assert seen(ticket(state=state), [WORD], NOW).expected is None


def test_you_can_only_do_what_the_desk_lets_you() -> None:
    nothing: frozenset[Act] = frozenset()
    assert seen(ticket(state=TicketState.RESOLVED, may=nothing), [WORD], NOW).you_can == ()
    assert seen(ticket(state=TicketState.WAITING_FOR_YOU, may=nothing), [WORD], NOW).you_can == ()
    reply_only = ticket(state=TicketState.WAITING_FOR_YOU, may=frozenset({Act.REPLY}))
    assert seen(reply_only, [WORD], NOW).you_can == (Act.ANSWER, Act.REPLY)


def test_a_closed_request_can_be_opened_again_or_raised_again() -> None:
    closed = TicketState.CLOSED
    assert seen(ticket(state=closed), [WORD], NOW).you_can == (
        *(Act.NOT_FIXED, Act.RATE, Act.THANK),
        Act.REPLY,
    )
    rated = ticket(state=closed, may=frozenset({Act.RATE}))
    assert seen(rated, [WORD], NOW).you_can == (Act.RATE, Act.RAISE_AGAIN)
    cancelled = ticket(state=TicketState.CANCELLED, may=frozenset())
    assert seen(cancelled, [WORD], NOW).you_can == (Act.RAISE_AGAIN,)


def test_a_merged_request_leads_on_only_where_the_other_is_known() -> None:
    merged = TicketState.MERGED
    known = ticket(state=merged, merged_into=TicketId("8"), may=frozenset())
    assert seen(known, [WORD], NOW).you_can == (Act.FOLLOW,)
    assert seen(ticket(state=merged, may=frozenset()), [WORD], NOW).you_can == ()


# Before the desk has it
