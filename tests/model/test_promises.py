"""A promise is kept or missed, by the rules of docs/tracking.md."""

from datetime import datetime

import pytest

from tests.model.making import (
    PRIYA,
    YOU,
    at,
    clock,
    event,
    kinds,
    minutes,
    outcomes,
    overlay,
    promised,
    received,
    said,
    seen,
    ticket,
)
from tracker.model.event import Event, EventKind
from tracker.model.person import SYSTEM, ActorKind, Person
from tracker.model.promise import GRACE, PromiseKind, PromiseState
from tracker.model.promises import nearing_at
from tracker.model.ticket import Act, TicketState
from tracker.model.track import OverlayKind

NOON = at(17, 12)
WORKING = TicketState.WORKING


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (at(17, 9, 1), PromiseState.OPEN),
        (at(17, 11, 23), PromiseState.OPEN),
        (at(17, 11, 24), PromiseState.NEARING),
        (at(17, 11, 59, 59), PromiseState.NEARING),
        (NOON, PromiseState.OVERDUE),
        (NOON + GRACE - minutes(0.01), PromiseState.OVERDUE),
        (NOON + GRACE, PromiseState.MISSED),
        (at(18, 12), PromiseState.MISSED),
    ],
)
def test_an_open_promise_nears_its_time_is_late_and_then_missed(now: datetime, state: PromiseState) -> None:
    subject = ticket(state=WORKING, promises=(promised(NOON),))
    assert outcomes(subject, [], now) == {"p1": state}


def test_four_fifths_are_counted_in_working_time() -> None:
    friday, monday = at(14, 16), at(17, 10)
    promise = promised(monday, friday)
    # One hour on Friday and one on Monday: four fifths are over at 9:36, not on Sunday.
    assert nearing_at(promise, clock(NOON).calendar) == at(17, 9, 36)


def test_a_promise_wholly_out_of_hours_nears_by_the_plain_clock() -> None:
    assert nearing_at(promised(at(16, 11), at(16, 10)), clock(NOON).calendar) == at(16, 10, 48)


@pytest.mark.parametrize(
    "kind",
    [
        EventKind.REPLY,
        EventKind.QUESTION,
        EventKind.HEARTBEAT,
        EventKind.APPROVAL_ASKED,
        EventKind.CALLBACK_DONE,
        EventKind.VISIT_ARRIVED,
        EventKind.VISIT_DONE,
    ],
)
@pytest.mark.parametrize("promise", [PromiseKind.FIRST_REPLY, PromiseKind.NEXT_UPDATE])
def test_a_public_word_by_a_person_keeps_a_promise_of_news(kind: EventKind, promise: PromiseKind) -> None:
    subject = ticket(state=WORKING, promises=(promised(NOON, kind=promise),))
    assert outcomes(subject, [event(kind, at(17, 11), text="Still looking.")]) == {"p1": PromiseState.KEPT}


@pytest.mark.parametrize("kind", [EventKind.SOLVED, EventKind.CLOSED, EventKind.VISIT_FAILED])
def test_a_change_without_words_is_no_word(kind: EventKind) -> None:
    promise = promised(NOON)
    subject = ticket(state=WORKING, promises=(promise,))
    silent = [event(kind, at(17, 11)), event(EventKind.REOPENED, at(17, 11, 30))]
    worded = [event(kind, at(17, 11), text="Nobody was in."), event(EventKind.REOPENED, at(17, 11, 30))]
    assert outcomes(subject, silent) == {"p1": PromiseState.MISSED}
    assert outcomes(subject, worded) == {"p1": PromiseState.KEPT}


@pytest.mark.parametrize(
    "silent",
    [
        event(EventKind.AUTO_REPLY, at(17, 11), SYSTEM, "We have received your request."),
        event(EventKind.REPLY, at(17, 11), SYSTEM, "Sent by a rule."),
        event(EventKind.REPLY, at(17, 11), YOU, "Any news?"),
        event(EventKind.REPLY, at(17, 11), Person("Kim", ActorKind.COLLEAGUE), "Me too."),
        event(EventKind.ASSIGNED, at(17, 11), PRIYA, person="Priya Nair"),
        event(EventKind.WORK_STARTED, at(17, 11), PRIYA),
        event(EventKind.STATUS, at(17, 11), PRIYA, status_word="open"),
    ],
    ids=lambda e: f"{e.kind}-{e.actor.kind}",
)
def test_nothing_but_a_word_of_the_desks_people_keeps_a_promise_of_news(silent: Event) -> None:
    subject = ticket(state=WORKING, promises=(promised(NOON),))
    assert outcomes(subject, [received(), silent]) == {"p1": PromiseState.MISSED}


def test_a_word_from_before_the_promise_does_not_keep_it() -> None:
    subject = ticket(state=WORKING, promises=(promised(NOON, at(17, 10)),))
    early = event(EventKind.REPLY, at(17, 10), text="We write by noon.")
    assert outcomes(subject, [early]) == {"p1": PromiseState.MISSED}


@pytest.mark.parametrize(
    ("when", "state"), [(NOON + GRACE, PromiseState.KEPT), (NOON + minutes(16), PromiseState.MISSED)]
)
def test_a_word_a_few_minutes_late_still_keeps_it(when: datetime, state: PromiseState) -> None:
    subject = ticket(state=WORKING, promises=(promised(NOON),))
    assert outcomes(subject, [event(EventKind.REPLY, when, text="Found it.")]) == {"p1": state}


def test_a_late_word_ends_the_warning_but_not_the_miss() -> None:
    subject = ticket(state=WORKING, promises=(promised(NOON),))
    reply = event(EventKind.REPLY, at(17, 14), text="Sorry, here is the news.")
    before, after = seen(subject, [], at(17, 13)), seen(subject, [reply], at(17, 15))
    assert kinds(before) == [OverlayKind.PROMISE_MISSED]
    assert said(before.next, at(17, 13)) == "An update was promised by 12:00. It is late"
    assert overlay(before, OverlayKind.PROMISE_MISSED).since == NOON
    assert before.you_can == (Act.ASK_FOR_NEWS, Act.ASK_FOR_CALL, Act.LET_WAIT, Act.REPLY)
    assert kinds(after) == []
    assert after.promises[0].state is PromiseState.MISSED
    assert said(after.next, at(17, 15)) == "We aim to write by tomorrow 14:00"


@pytest.mark.parametrize(
    ("kind", "keeper"),
    [
        (PromiseKind.FIX, EventKind.SOLVED),
        (PromiseKind.FIX, EventKind.CONFIRMED),
        (PromiseKind.FIX, EventKind.CLOSED),
        (PromiseKind.VISIT, EventKind.VISIT_ARRIVED),
        (PromiseKind.VISIT, EventKind.VISIT_DONE),
        (PromiseKind.CALLBACK, EventKind.CALLBACK_DONE),
    ],
)
def test_other_promises_are_kept_by_what_was_promised_not_by_words(
    kind: PromiseKind, keeper: EventKind
) -> None:
    subject = ticket(state=WORKING, promises=(promised(NOON, kind=kind),))
    words = event(EventKind.REPLY, at(17, 11), text="We are on it.")
    assert outcomes(subject, [words]) == {"p1": PromiseState.MISSED}
    assert outcomes(subject, [words, event(keeper, at(17, 11, 30))]) == {"p1": PromiseState.KEPT}


def test_a_fix_that_did_not_hold_keeps_nothing() -> None:
    subject = ticket(state=WORKING, promises=(promised(at(19, 12), kind=PromiseKind.FIX),))
    solved = event(EventKind.SOLVED, at(18, 10), text="Fixed.")
    not_yet = event(EventKind.NOT_FIXED, at(18, 11), YOU, "Still broken.")
    assert outcomes(subject, [solved], at(18, 10, 30)) == {"p1": PromiseState.KEPT}
    assert outcomes(subject, [solved, not_yet], at(18, 12)) == {"p1": PromiseState.OPEN}
    assert outcomes(subject, [solved, not_yet], at(19, 13)) == {"p1": PromiseState.MISSED}


def test_a_fix_the_requester_confirmed_is_kept_for_good() -> None:
    subject = ticket(state=WORKING, promises=(promised(at(18, 12), kind=PromiseKind.FIX),))
    history = [
        event(EventKind.SOLVED, at(18, 10), text="Fixed."),
        event(EventKind.CONFIRMED, at(18, 11), YOU),
        event(EventKind.REOPENED, at(21, 9), YOU),
    ]
    assert outcomes(subject, history, at(21, 10)) == {"p1": PromiseState.KEPT}


def test_closing_what_was_called_off_fixes_nothing() -> None:
    subject = ticket(
        state=TicketState.CANCELLED,
        state_since=at(17, 11),
        promises=(promised(NOON, kind=PromiseKind.FIX),),
    )
    assert outcomes(subject, [event(EventKind.CLOSED, at(17, 11))]) == {"p1": PromiseState.WITHDRAWN}
