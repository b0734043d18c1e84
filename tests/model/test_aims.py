"""Promises in plain words, the usual cadence where there is none, and the ledger."""

import pytest

from tests.model.making import (
    YOU,
    at,
    event,
    kinds,
    outcomes,
    overlay,
    promised,
    said,
    seen,
    ticket,
    visit,
)
from tracker.model.event import EventKind
from tracker.model.ledger import Ledger, ledger
from tracker.model.promise import PromiseKind, PromiseSource, PromiseState
from tracker.model.ticket import Act, TicketState
from tracker.model.track import OverlayKind
from tracker.model.visit import VisitState

NOON = at(17, 12)
WORKING = TicketState.WORKING


@pytest.mark.parametrize(
    ("kind", "promised_words", "late_words", "chip", "label"),
    [
        (
            PromiseKind.FIRST_REPLY,
            "First reply promised by 12:00",
            "A first reply was promised by 12:00. It is late",
            "Reply overdue",
            "First reply",
        ),
        (
            PromiseKind.NEXT_UPDATE,
            "Next update promised by 12:00",
            "An update was promised by 12:00. It is late",
            "Update overdue",
            "Next update",
        ),
        (
            PromiseKind.FIX,
            "Expected to be fixed by 12:00",
            "It was to be fixed by 12:00. It is late",
            "Fix overdue",
            "Expected fixed",
        ),
        (
            PromiseKind.VISIT,
            "Visit promised by 12:00",
            "The visit was promised by 12:00. It is late",
            "Visit overdue",
            "Visit",
        ),
        (
            PromiseKind.CALLBACK,
            "Call promised by 12:00",
            "A call was promised by 12:00. It is late",
            "Call overdue",
            "Call",
        ),
    ],
)
def test_every_promise_is_said_in_plain_words(
    kind: PromiseKind, promised_words: str, late_words: str, chip: str, label: str
) -> None:
    subject = ticket(state=WORKING, promises=(promised(NOON, kind=kind),))
    early, late, missed = (seen(subject, [], now) for now in (at(17, 10), at(17, 12, 5), at(17, 13)))
    assert said(early.next, at(17, 10)) == promised_words
    assert (early.next.by, early.next.promise_id, early.next.actor) == (NOON, "p1", "Priya Nair")
    assert (early.expected, said(early.expected_label, NOON)) == (NOON, label)
    assert said(late.next, at(17, 12, 5)) == said(missed.next, at(17, 13)) == late_words
    assert said(missed.chip, NOON) == chip


def test_the_nearest_promise_comes_next() -> None:
    promises = (promised(at(19, 12), kind=PromiseKind.FIX), promised(NOON, name="p2"))
    drawn = seen(ticket(state=WORKING, promises=promises), [], at(17, 10))
    assert drawn.next.promise_id == "p2"
    assert drawn.expected == at(19, 12)  # the one date that matters most


def test_a_word_since_the_last_fifth_began_calms_the_hint() -> None:
    subject = ticket(state=WORKING, promises=(promised(NOON, kind=PromiseKind.FIX),))
    for written, state in [(at(17, 11), PromiseState.NEARING), (at(17, 11, 30), PromiseState.OPEN)]:
        word = event(EventKind.REPLY, written, text="Nearly there.")
        assert outcomes(subject, [word], at(17, 11, 45)) == {"p1": state}


def test_on_time_is_said_while_a_promise_is_open() -> None:
    subject = ticket(state=WORKING, promises=(promised(NOON),))
    assert said(seen(subject, [], at(17, 9, 30)).chip, NOON) == "On time"
    assert said(seen(subject, [], at(17, 11, 50)).chip, NOON) == "Being worked on"


# The usual cadence


def test_where_nothing_is_promised_the_usual_cadence_is_worded_as_an_aim() -> None:
    drawn = seen(ticket(state=WORKING), [], at(17, 10))
    assert said(drawn.next, at(17, 10)) == "We aim to write by 17:00"
    assert (drawn.next.by, drawn.next.promise_id) == (at(17, 17), "aim:7")
    assert said(drawn.expected_label, NOON) == "We aim to write by"
    assert drawn.promises == ()


def test_an_aim_is_no_promise_and_is_never_missed() -> None:
    own = promised(NOON, source=PromiseSource.DESK_RULE)
    subject = ticket(state=WORKING, promises=(own,))
    early, late = seen(subject, [], at(17, 10)), seen(subject, [], at(17, 13))
    assert early.promises == late.promises == ()
    assert said(early.next, at(17, 10)) == "We aim to write by 12:00"
    assert kinds(late) == [OverlayKind.QUIET]
    assert ledger([own]) == Ledger()


def test_a_request_nobody_has_spoken_of_for_longer_than_usual_is_quiet() -> None:
    word = event(EventKind.REPLY, at(17, 15), text="We look into it.")
    subject = ticket(state=WORKING)
    assert kinds(seen(subject, [word], at(18, 14, 59))) == []
    drawn = seen(subject, [word], at(18, 15))
    quiet = overlay(drawn, OverlayKind.QUIET)
    assert (quiet.since, quiet.you_can) == (at(17, 15), (Act.ASK_FOR_NEWS,))
    assert said(drawn.next, NOON) == "No update has been promised: ask for one"
    assert drawn.you_can == (Act.ASK_FOR_NEWS, Act.REPLY, Act.ASK_FOR_CALL)


def test_the_cadence_starts_anew_with_an_answer_and_with_not_yet() -> None:
    asked = event(EventKind.QUESTION, at(17, 10), text="Which room?")
    answer = event(EventKind.ANSWER, at(19, 10), YOU, "The blue one.")
    assert seen(ticket(state=WORKING), [asked, answer], at(19, 11)).next.by == at(20, 10)
    solved = event(EventKind.SOLVED, at(10, 10), text="Fixed.")
    not_yet = event(EventKind.NOT_FIXED, at(18, 10), YOU, "Still broken.")
    subject = ticket(state=WORKING, created_at=at(10))
    assert seen(subject, [solved, not_yet], at(18, 11)).next.by == at(19, 10)


@pytest.mark.parametrize("state", [TicketState.WAITING_FOR_YOU, TicketState.RESOLVED, TicketState.CLOSED])
def test_nothing_is_owed_while_it_is_the_requesters_turn_or_over(state: TicketState) -> None:
    assert OverlayKind.QUIET not in kinds(seen(ticket(state=state), [], at(28)))


def test_a_booked_visit_is_word_enough() -> None:
    booked = ticket(state=TicketState.VISIT, visit=visit(starts=at(27, 10), ends=at(27, 12)))
    assert kinds(seen(booked, [], at(26))) == []
    forgotten = ticket(state=TicketState.VISIT, visit=visit(VisitState.SCHEDULED))
    assert kinds(seen(forgotten, [], at(21))) == [OverlayKind.QUIET]


# The ledger


def test_the_ledger_counts_one_request_and_adds_up_over_all() -> None:
    one = (
        promised(NOON, name="a", state=PromiseState.KEPT),
        promised(NOON, name="b", state=PromiseState.MOVED),
        promised(NOON, name="c", state=PromiseState.MISSED),
        promised(NOON, name="d", state=PromiseState.OPEN),
        promised(NOON, name="e", state=PromiseState.WITHDRAWN),
    )
    other = (promised(NOON, name="f", state=PromiseState.KEPT),)
    assert ledger(one) == Ledger(made=5, moved=1, kept=1, missed=1)
    assert sum(map(ledger, (one, other)), Ledger()) == Ledger(made=6, moved=1, kept=2, missed=1)
