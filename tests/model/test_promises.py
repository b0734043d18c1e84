"""A promise is kept, missed, moved, paused or taken back, by the rules of docs/tracking.md."""

import pytest

from tests.model.making import (
    PRIYA,
    RAISED,
    YOU,
    at,
    clock,
    event,
    kinds,
    minutes,
    overlay,
    promised,
    received,
    said,
    seen,
    ticket,
    visit,
)
from tracker.model.event import Event, EventKind
from tracker.model.history import waits_for_you
from tracker.model.ledger import Ledger, ledger
from tracker.model.person import SYSTEM, ActorKind, Person
from tracker.model.promise import GRACE, Promise, PromiseKind, PromiseSource, PromiseState
from tracker.model.promises import nearing_at, settle
from tracker.model.ticket import Act, Ticket, TicketState
from tracker.model.track import OverlayKind
from tracker.model.visit import VisitState

NOON = at(17, 12)
WORKING = TicketState.WORKING


def states(subject: Ticket, events: list[Event], now: object = at(17, 15)) -> dict[str, PromiseState]:
    """Tell what became of each promise."""
    return {promise.id: promise.state for promise in settled(subject, events, now)}


def settled(subject: Ticket, events: list[Event], now: object) -> tuple[Promise, ...]:
    told = tuple(sorted(events, key=lambda e: (e.at, e.id)))
    moment = now if isinstance(now, type(NOON)) else NOON
    return settle(subject, told, waits_for_you(subject, told, moment), clock(moment))


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
def test_an_open_promise_nears_its_time_is_late_and_then_missed(now: object, state: PromiseState) -> None:
    subject = ticket(state=WORKING, promises=(promised(NOON),))
    assert states(subject, [], now) == {"p1": state}


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
    assert states(subject, [event(kind, at(17, 11), text="Still looking.")]) == {"p1": PromiseState.KEPT}


@pytest.mark.parametrize("kind", [EventKind.SOLVED, EventKind.CLOSED, EventKind.VISIT_FAILED])
def test_a_change_without_words_is_no_word(kind: EventKind) -> None:
    promise = promised(NOON)
    subject = ticket(state=WORKING, promises=(promise,))
    silent = [event(kind, at(17, 11)), event(EventKind.REOPENED, at(17, 11, 30))]
    worded = [event(kind, at(17, 11), text="Nobody was in."), event(EventKind.REOPENED, at(17, 11, 30))]
    assert states(subject, silent) == {"p1": PromiseState.MISSED}
    assert states(subject, worded) == {"p1": PromiseState.KEPT}


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
    assert states(subject, [received(), silent]) == {"p1": PromiseState.MISSED}


def test_a_word_from_before_the_promise_does_not_keep_it() -> None:
    subject = ticket(state=WORKING, promises=(promised(NOON, at(17, 10)),))
    early = event(EventKind.REPLY, at(17, 10), text="We write by noon.")
    assert states(subject, [early]) == {"p1": PromiseState.MISSED}


@pytest.mark.parametrize(
    ("when", "state"), [(NOON + GRACE, PromiseState.KEPT), (NOON + minutes(16), PromiseState.MISSED)]
)
def test_a_word_a_few_minutes_late_still_keeps_it(when: object, state: PromiseState) -> None:
    subject = ticket(state=WORKING, promises=(promised(NOON),))
    assert isinstance(when, type(NOON))
    assert states(subject, [event(EventKind.REPLY, when, text="Found it.")]) == {"p1": state}


def test_a_late_word_ends_the_warning_but_not_the_miss() -> None:
    subject = ticket(state=WORKING, promises=(promised(NOON),))
    reply = event(EventKind.REPLY, at(17, 14), text="Sorry, here is the news.")
    before, after = seen(subject, [], at(17, 13)), seen(subject, [reply], at(17, 15))
    assert kinds(before) == [OverlayKind.PROMISE_MISSED]
    assert said(before.next, at(17, 13)) == "An update was promised by 12:00. It is late"
    assert overlay(before, OverlayKind.PROMISE_MISSED).since == NOON
    assert before.you_can == (Act.ASK_FOR_NEWS, Act.REPLY)
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
    assert states(subject, [words]) == {"p1": PromiseState.MISSED}
    assert states(subject, [words, event(keeper, at(17, 11, 30))]) == {"p1": PromiseState.KEPT}


def test_a_fix_that_did_not_hold_keeps_nothing() -> None:
    subject = ticket(state=WORKING, promises=(promised(at(19, 12), kind=PromiseKind.FIX),))
    solved = event(EventKind.SOLVED, at(18, 10), text="Fixed.")
    not_yet = event(EventKind.NOT_FIXED, at(18, 11), YOU, "Still broken.")
    assert states(subject, [solved], at(18, 10, 30)) == {"p1": PromiseState.KEPT}
    assert states(subject, [solved, not_yet], at(18, 12)) == {"p1": PromiseState.OPEN}
    assert states(subject, [solved, not_yet], at(19, 13)) == {"p1": PromiseState.MISSED}


def test_a_fix_the_requester_confirmed_is_kept_for_good() -> None:
    subject = ticket(state=WORKING, promises=(promised(at(18, 12), kind=PromiseKind.FIX),))
    history = [
        event(EventKind.SOLVED, at(18, 10), text="Fixed."),
        event(EventKind.CONFIRMED, at(18, 11), YOU),
        event(EventKind.REOPENED, at(21, 9), YOU),
    ]
    assert states(subject, history, at(21, 10)) == {"p1": PromiseState.KEPT}


def test_closing_what_was_called_off_fixes_nothing() -> None:
    subject = ticket(
        state=TicketState.CANCELLED,
        state_since=at(17, 11),
        promises=(promised(NOON, kind=PromiseKind.FIX),),
    )
    assert states(subject, [event(EventKind.CLOSED, at(17, 11))]) == {"p1": PromiseState.WITHDRAWN}


@pytest.mark.parametrize(
    ("made_at", "state"),
    [
        (at(17, 11, 59), PromiseState.MOVED),
        (NOON, PromiseState.MOVED),
        (at(17, 12, 1), PromiseState.MISSED),
    ],
)
@pytest.mark.parametrize("told", [PromiseState.OPEN, PromiseState.MOVED, PromiseState.MISSED])
def test_moving_in_time_is_a_move_and_moving_late_is_a_miss(
    made_at: object, state: PromiseState, told: PromiseState
) -> None:
    assert isinstance(made_at, type(NOON))
    subject = ticket(
        state=WORKING,
        promises=(
            promised(NOON, state=told),
            promised(at(19, 12), made_at, name="p2", supersedes="p1", reason="waiting for the part"),
        ),
    )
    drawn = seen(subject, [], at(17, 15))
    assert {p.id: p.state for p in drawn.promises} == {"p1": state, "p2": PromiseState.OPEN}
    delayed = overlay(drawn, OverlayKind.DELAYED)
    assert (delayed.since, delayed.reason) == (made_at, "waiting for the part")
    assert said(drawn.next, at(17, 15)) == "Next update promised by Wed 19 Nov, 12:00"


def test_a_promise_kept_before_it_was_moved_was_kept_and_what_follows_is_no_delay() -> None:
    subject = ticket(
        state=WORKING,
        promises=(
            promised(NOON, state=PromiseState.MISSED),
            promised(at(19, 12), at(17, 13), name="p2", supersedes="p1"),
        ),
    )
    drawn = seen(subject, [event(EventKind.REPLY, at(17, 11), text="News.")], at(17, 15))
    assert {p.id: p.state for p in drawn.promises} == {"p1": PromiseState.KEPT, "p2": PromiseState.OPEN}
    assert kinds(drawn) == []


def test_moving_a_date_forward_is_no_delay() -> None:
    promises = (promised(at(19, 12)), promised(at(18, 12), at(17, 10), name="p2", supersedes="p1"))
    assert kinds(seen(ticket(state=WORKING, promises=promises), [], at(17, 11))) == []


def test_a_date_put_off_from_one_that_nobody_told_is_a_delay() -> None:
    promises = (promised(at(19, 12), supersedes="unknown"),)
    assert kinds(seen(ticket(state=WORKING, promises=promises), [], at(17, 11))) == [OverlayKind.DELAYED]


def test_a_promise_moved_to_a_date_that_nobody_told_stays_moved() -> None:
    subject = ticket(state=WORKING, promises=(promised(NOON, state=PromiseState.MOVED),))
    assert states(subject, [], at(18)) == {"p1": PromiseState.MOVED}


@pytest.mark.parametrize("state", [PromiseState.KEPT, PromiseState.MISSED, PromiseState.WITHDRAWN])
def test_what_the_desk_says_became_of_a_promise_stands(state: PromiseState) -> None:
    subject = ticket(state=WORKING, promises=(promised(NOON, state=state),))
    assert states(subject, [event(EventKind.REPLY, at(17, 11), text="News.")]) == {"p1": state}


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (EventKind.PROMISE_KEPT, PromiseState.KEPT),
        (EventKind.PROMISE_MISSED, PromiseState.MISSED),
        (EventKind.PROMISE_WITHDRAWN, PromiseState.WITHDRAWN),
    ],
)
def test_events_alone_tell_of_promises_too(kind: EventKind, state: PromiseState) -> None:
    promise = promised(NOON)
    made = event(EventKind.PROMISE_MADE, RAISED, promise=promise)
    ended = event(kind, at(17, 11), promise=promise)
    assert states(ticket(state=WORKING), [made], at(17, 10)) == {"p1": PromiseState.OPEN}
    assert states(ticket(state=WORKING), [made, ended]) == {"p1": state}
    assert states(ticket(state=WORKING, promises=(promise,)), [made, ended]) == {"p1": state}
    assert states(ticket(state=WORKING), [event(kind, at(17, 11))]) == {}


def test_the_newest_word_on_a_date_counts() -> None:
    moved = event(EventKind.PROMISE_MOVED, at(17, 11), promise=promised(at(17, 14)))
    made = event(EventKind.PROMISE_MADE, RAISED, promise=promised(NOON))
    (promise,) = settled(ticket(state=WORKING), [made, moved], at(17, 12, 30))
    assert (promise.latest, promise.state) == (at(17, 14), PromiseState.OPEN)


def test_the_clock_stands_still_while_the_desk_waits_for_the_requester() -> None:
    promise = promised(at(18, 10), kind=PromiseKind.FIX)
    asked = event(EventKind.QUESTION, at(17, 15), text="Which room?")
    waiting = ticket(state=TicketState.WAITING_FOR_YOU, state_since=at(17, 15), promises=(promise,))
    drawn = seen(waiting, [asked], at(18, 12))
    assert drawn.promises[0].state is PromiseState.PAUSED
    assert drawn.promises[0].latest == at(18, 15)  # five working hours later
    assert said(drawn.next, at(18, 12)) == "It goes on when you answer"
    answered = event(EventKind.ANSWER, at(18, 12), YOU, "The blue one.")
    again = ticket(state=WORKING, state_since=at(18, 12), promises=(promise,))
    for now, state in [(at(18, 14), PromiseState.NEARING), (at(18, 15, 15), PromiseState.MISSED)]:
        (later,) = settled(again, [asked, answered], now)
        assert (later.latest, later.state) == (at(18, 15), state)


def test_waiting_for_anybody_else_does_not_stop_the_clock() -> None:
    promise = promised(NOON, kind=PromiseKind.FIX)
    for state in (TicketState.WAITING_FOR_SUPPLIER, TicketState.WAITING_FOR_APPROVAL):
        asked = event(EventKind.APPROVAL_ASKED, at(17, 10))
        subject = ticket(state=state, state_since=at(17, 10), promises=(promise,))
        assert states(subject, [asked]) == {"p1": PromiseState.MISSED}


def test_an_appointment_is_not_moved_by_waiting() -> None:
    promise = promised(NOON, kind=PromiseKind.VISIT)
    asked = event(EventKind.QUESTION, at(17, 10), text="Which room?")
    subject = ticket(state=TicketState.WAITING_FOR_YOU, promises=(promise,))
    assert states(subject, [asked], at(17, 11)) == {"p1": PromiseState.OPEN}
    assert states(subject, [asked]) == {"p1": PromiseState.MISSED}


def test_a_wait_is_not_counted_twice_where_the_desk_moves_its_dates_itself() -> None:
    first, later = promised(at(17, 14), kind=PromiseKind.FIX), promised(at(17, 16), kind=PromiseKind.FIX)
    history = [
        event(EventKind.QUESTION, at(17, 10), text="Which room?"),
        event(EventKind.ANSWER, at(17, 12), YOU, "The blue one."),
        event(EventKind.PROMISE_MOVED, at(17, 12), SYSTEM, promise=later),
    ]
    (promise,) = settled(ticket(state=WORKING, promises=(later,)), history, at(17, 13))
    assert promise.latest == at(17, 16)
    (counted,) = settled(ticket(state=WORKING, promises=(first,)), history[:2], at(17, 13))
    assert counted.latest == at(17, 16)


def test_what_the_desk_calls_paused_is_paused() -> None:
    subject = ticket(state=TicketState.WAITING_FOR_YOU, promises=(promised(NOON, state=PromiseState.PAUSED),))
    assert states(subject, [], at(18)) == {"p1": PromiseState.PAUSED}


def test_a_promise_missed_before_the_question_stays_missed() -> None:
    subject = ticket(
        state=TicketState.WAITING_FOR_YOU, promises=(promised(at(17, 10), kind=PromiseKind.FIX),)
    )
    asked = event(EventKind.QUESTION, at(17, 11), text="Which room?")
    assert states(subject, [asked]) == {"p1": PromiseState.MISSED}


@pytest.mark.parametrize("state", [TicketState.RESOLVED, TicketState.CLOSED, TicketState.MERGED])
@pytest.mark.parametrize(
    ("ended_at", "expected"),
    [(at(17, 11), PromiseState.WITHDRAWN), (at(17, 12, 15), PromiseState.MISSED)],
)
def test_who_ends_a_request_misses_or_takes_back_what_is_open(
    state: TicketState, ended_at: object, expected: PromiseState
) -> None:
    assert isinstance(ended_at, type(NOON))
    promises = (promised(NOON, kind=PromiseKind.CALLBACK),)
    told = ticket(state=state, state_since=ended_at, updated_at=at(19), promises=promises)
    untold = ticket(state=state, updated_at=ended_at, promises=promises)
    assert states(told, [], at(20)) == states(untold, [], at(20)) == {"p1": expected}


@pytest.mark.parametrize("state", [TicketState.RESOLVED, TicketState.CLOSED, TicketState.CANCELLED])
def test_an_old_miss_does_not_colour_what_is_over(state: TicketState) -> None:
    subject = ticket(state=state, promises=(promised(NOON, state=PromiseState.MISSED),))
    assert OverlayKind.PROMISE_MISSED not in kinds(seen(subject, [], at(18)))


def test_a_new_promise_after_a_miss_takes_the_warning_away() -> None:
    promises = (
        promised(NOON, state=PromiseState.MISSED),
        promised(at(18, 12), at(17, 14), name="p2"),
    )
    assert kinds(seen(ticket(state=WORKING, promises=promises), [], at(17, 15))) == []


def test_a_reply_does_not_take_away_that_it_was_to_be_fixed() -> None:
    subject = ticket(state=WORKING, promises=(promised(NOON, kind=PromiseKind.FIX),))
    drawn = seen(subject, [event(EventKind.REPLY, at(17, 14), text="Not yet.")], at(17, 15))
    assert said(drawn.chip, at(17, 15)) == "Fix overdue"
    assert said(drawn.next, at(17, 15)) == "It was to be fixed by 12:00. It is late"


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
        assert states(subject, [word], at(17, 11, 45)) == {"p1": state}


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
    assert drawn.you_can == (Act.ASK_FOR_NEWS, Act.REPLY)


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
