"""Call-backs are followed like a visit: asked, booked, tried, done; one that never came is offered again."""

from dataclasses import replace
from datetime import datetime

import pytest

from tests.model.making import (
    PRIYA,
    YOU,
    at,
    call,
    event,
    kinds,
    overlay,
    promised,
    rows,
    said,
    seen,
    ticket,
    waiting,
    wish,
)
from tests.model.watching import Screen, next_moment
from tracker.model.call import Call, CallState
from tracker.model.command import Delivery
from tracker.model.event import Event, EventKind
from tracker.model.notice import Button, NoticeClass
from tracker.model.promise import PromiseKind
from tracker.model.ticket import Act, Ticket, TicketState
from tracker.model.track import OverlayKind, Track
from tracker.model.visit_titles import free_times
from tracker.model.window import Window
from tracker.model.wish import WishKind

WORD = event(EventKind.REPLY, at(18, 11), text="We look into it.")
WORKING = TicketState.WORKING


def working(known: Call | None = None, state: TicketState = WORKING) -> Ticket:
    return ticket(state=state, call=known, state_since=at(18, 9))


def drawn(known: Call | None, now: datetime, *events: Event) -> Track:
    return seen(working(known), [WORD, *events], now)


def test_a_call_that_was_asked_for_waits_to_be_taken() -> None:
    asked = drawn(call(CallState.ASKED), at(18, 12))
    assert said(asked.next, at(18, 12)) == "IT takes one of the times you gave for a call"
    assert Act.ASK_FOR_CALL not in asked.you_can


@pytest.mark.parametrize(
    ("now", "first", "following"),
    [
        (at(19, 13), "Being worked on", "Priya Nair calls you 14:00 – 15:00"),
        (
            at(19, 14),
            "Priya Nair calls you now, by 15:00 at the latest",
            "Priya Nair calls you 14:00 – 15:00",
        ),
        (at(19, 15, 5), "Being worked on", "A call was promised by 15:00. It is late"),
    ],
)
def test_a_booked_call_is_said_before_in_and_after_its_window(
    now: datetime, first: str, following: str
) -> None:
    told = drawn(call(), now)
    assert (said(told.now, now), said(told.next, now)) == (first, following)
    assert OverlayKind.CALLBACK_MISSED not in kinds(told)


def test_a_booked_call_that_tells_only_its_start_lasts_an_hour() -> None:
    short = call(ends=None, agent="")
    assert said(drawn(short, at(19, 13)).next, at(19, 13)) == "IT calls you 14:00"
    assert OverlayKind.CALLBACK_MISSED in kinds(drawn(short, at(19, 15, 15)))
    backwards = call(ends=at(19, 13))
    assert said(drawn(backwards, at(19, 13)).next, at(19, 13)) == "Priya Nair calls you 14:00"


def test_a_call_booked_for_no_time_is_said_all_the_same() -> None:
    now = at(20, 12)
    for state, words in (
        (CallState.BOOKED, "Priya Nair calls you"),
        (CallState.TRIED, "Priya Nair tries to call you again"),
    ):
        told = seen(working(call(state, starts=None, ends=None)), [], now)
        assert said(told.next, now) == words
        assert OverlayKind.CALLBACK_MISSED not in kinds(told)
    nothing = seen(working(call(CallState.ASKED, windows=())), [], now)
    assert said(nothing.next, now) == "IT says when it calls you"


def test_somebody_who_was_not_reached_is_called_again_until_the_window_is_over() -> None:
    tried = call(CallState.TRIED)
    assert said(drawn(tried, at(19, 14, 30)).next, at(19, 14, 30)) == "Priya Nair tries to call you again"
    over = overlay(drawn(tried, at(19, 15, 15)), OverlayKind.CALLBACK_MISSED)
    assert said(over.chip, at(19, 16)) == "We missed each other on the phone"


@pytest.mark.parametrize(
    ("known", "now", "chip"),
    [
        (call(CallState.MISSED), at(19, 15, 20), "The promised call did not come"),
        (call(), at(19, 15, 15), "The promised call did not come"),
        (call(CallState.ASKED), at(19, 16), "None of your times for a call was taken"),
    ],
)
def test_a_call_that_did_not_come_is_offered_again(known: Call, now: datetime, chip: str) -> None:
    told = drawn(known, now)
    missed = overlay(told, OverlayKind.CALLBACK_MISSED)
    assert said(missed.chip, now) == chip
    assert missed.you_can == (Act.ASK_FOR_CALL, Act.ASK_FOR_NEWS)
    assert missed.about == "c1"
    assert missed.since is not None
    assert missed.since <= now
    assert told.you_can[:2] == (Act.ASK_FOR_CALL, Act.ASK_FOR_NEWS)


def test_the_promise_of_a_call_is_told_by_the_call_alone() -> None:
    subject = replace(
        working(call()), promises=(promised(at(19, 15), at(18, 11), kind=PromiseKind.CALLBACK),)
    )
    assert said(seen(subject, [], at(19, 13)).next, at(19, 13)) == "Priya Nair calls you 14:00 – 15:00"
    assert kinds(seen(subject, [], at(19, 15, 20))) == [OverlayKind.CALLBACK_MISSED]
    assert seen(subject, [], at(19, 15, 20)).promises[0].state.value == "missed"


def test_asking_again_ends_the_exception_at_once() -> None:
    again = wish(WishKind.CALL, at(19, 15, 30), windows=(Window(at(20, 9), at(20, 11)),), phone="4711")
    told = seen(working(call(CallState.MISSED)), [WORD], at(19, 15, 31), (waiting(again),))
    assert OverlayKind.CALLBACK_MISSED not in kinds(told)
    assert told.call is not None
    assert (told.call.state, told.call.phone, told.call.windows) == (CallState.ASKED, "4711", again.windows)
    refused = seen(working(call(CallState.MISSED)), [WORD], at(19, 16), (waiting(again, Delivery.REJECTED),))
    assert OverlayKind.CALLBACK_MISSED in kinds(refused)


def test_a_call_that_was_called_off_is_not_waited_for() -> None:
    off = waiting(wish(WishKind.CALL_OFF, at(19, 13), about="c1"))
    told = seen(working(call()), [WORD], at(19, 16), (off,))
    assert told.call is not None
    assert told.call.state is CallState.CANCELLED
    assert OverlayKind.CALLBACK_MISSED not in kinds(told)
    assert seen(working(), [WORD], at(19, 16), (off,)).call is None


@pytest.mark.parametrize("state", [TicketState.RESOLVED, TicketState.CLOSED])
def test_a_request_is_never_closed_in_silence_over_a_call(state: TicketState) -> None:
    subject = replace(working(call(), state), state_since=at(19, 12))
    assert OverlayKind.CALLBACK_MISSED in kinds(seen(subject, [WORD], at(19, 12, 1)))
    written = event(EventKind.SOLVED, at(19, 12), text="It works again, so I did not call.")
    assert OverlayKind.CALLBACK_MISSED not in kinds(seen(subject, [WORD, written], at(19, 12, 1)))
    happy = event(EventKind.CONFIRMED, at(19, 12), YOU)
    assert OverlayKind.CALLBACK_MISSED not in kinds(seen(subject, [WORD, happy], at(19, 12, 1)))
    done = replace(subject, call=call(CallState.DONE))
    assert OverlayKind.CALLBACK_MISSED not in kinds(seen(done, [WORD], at(19, 12, 1)))


@pytest.mark.parametrize("state", [TicketState.CANCELLED, TicketState.MERGED])
def test_what_was_called_off_or_merged_offers_no_call(state: TicketState) -> None:
    subject = replace(working(call(CallState.MISSED), state), state_since=at(19, 16))
    assert OverlayKind.CALLBACK_MISSED not in kinds(seen(subject, [WORD], at(19, 17)))


def test_a_desk_that_tells_calls_only_in_its_history_is_understood() -> None:
    asked = event(EventKind.CALLBACK_ASKED, at(18, 12), YOU)
    booked = event(EventKind.CALLBACK_BOOKED, at(18, 13), until=at(19, 14))
    told = seen(working(), [WORD, asked, booked], at(18, 14))
    assert told.call is not None
    assert (told.call.state, told.call.starts) == (CallState.BOOKED, at(19, 14))
    missed = event(EventKind.CALLBACK_MISSED, at(19, 15), reason="Nobody was free")
    over = overlay(seen(working(), [WORD, asked, booked, missed], at(19, 16)), OverlayKind.CALLBACK_MISSED)
    assert (over.since, over.reason) == (at(19, 15), "Nobody was free")
    again = event(EventKind.CALLBACK_ASKED, at(19, 16), YOU)
    told = seen(working(), [WORD, asked, booked, missed, again], at(19, 17))
    assert told.call is not None
    assert (told.call.state, told.call.starts) == (CallState.ASKED, None)


@pytest.mark.parametrize(
    ("windows", "phone", "words"),
    [
        ((), "", ""),
        ((), "4711", "Number: 4711"),
        ((Window(at(20, 9), at(20, 8)),), "", ""),
        ((Window(at(20, 9), at(20, 11)),), "", "Free Thu 20 Nov, 09:00 – 11:00"),
        ((Window(at(20, 9), at(20, 11)),), "4711", "Free Thu 20 Nov, 09:00 – 11:00, on 4711"),
        (
            (Window(at(21, 9), at(21, 11)), Window(at(20, 9), at(20, 11))),
            "",
            "Free Thu 20 Nov, 09:00 – 11:00 and at another time",
        ),
        (
            tuple([Window(at(day, 9), at(day, 11)) for day in (20, 21, 22)]),
            "4711",
            "Free Thu 20 Nov, 09:00 – 11:00 and at 2 other times, on 4711",
        ),
    ],
)
def test_when_somebody_is_free_is_one_line(windows: tuple[Window, ...], phone: str, words: str) -> None:
    assert said(free_times(windows, phone), at(18, 12)) == words


def test_the_rows_of_a_call_say_when() -> None:
    now = at(18, 14)
    events = [
        event(EventKind.CALLBACK_ASKED, at(18, 10), YOU, call=call(CallState.ASKED)),
        event(EventKind.CALLBACK_BOOKED, at(18, 11), call=call()),
        event(EventKind.CALLBACK_BOOKED, at(18, 12), call=call(starts=at(20, 9)), until=at(19, 14)),
        event(EventKind.CALLBACK_BOOKED, at(18, 13), call=call(starts=at(21, 9), ends=None)),
    ]
    told = seen(working(), events, now)
    assert rows(told, now)[:4] == [
        "Call booked for Fri 21 Nov, 09:00",
        "Call moved to Thu 20 Nov, 09:00, was tomorrow 14:00",
        "Call booked for tomorrow 14:00 – 15:00",
        "You asked for a call",
    ]
    assert said(told.entries[3].note, now) == "Free tomorrow 14:00 – 16:00, on 4711"


# What the clock tells


@pytest.fixture
def screen() -> Screen:
    return Screen(at(18, 9))


def test_a_call_is_told_five_minutes_before(screen: Screen) -> None:
    booked = working(call())
    assert next_moment(booked, [WORD], at(19, 13)) == at(19, 13, 55)
    assert screen.remind(at(19, 13, 54), booked, WORD) == []
    assert screen.remind(at(19, 13, 55), booked, WORD) == ["Priya Nair calls you 14:00 – 15:00"]
    assert screen.notices[0].notice_class is NoticeClass.NOW
    assert screen.remind(at(19, 14), booked, WORD) == []


def test_a_call_booked_in_that_moment_is_not_told_twice(screen: Screen) -> None:
    news = event(EventKind.CALLBACK_BOOKED, at(19, 13, 56), call=call())
    assert screen.remind(at(19, 13, 57), working(call()), WORD, news) == []


def test_a_call_that_did_not_come_is_told_once_whoever_says_it_first(screen: Screen) -> None:
    booked = working(call())
    assert screen.remind(at(19, 15, 15), booked, WORD) == ["The promised call did not come"]
    (notice,) = screen.notices
    assert (notice.notice_class, notice.buttons) == (
        NoticeClass.PROMISE,
        (Button.CALL_ME, Button.ASK_FOR_NEWS),
    )
    desk = event(EventKind.CALLBACK_MISSED, at(19, 15, 15), PRIYA, call=call(CallState.MISSED))
    broken = promised(at(19, 15), at(18, 11), kind=PromiseKind.CALLBACK)
    promise = event(EventKind.PROMISE_MISSED, at(19, 15, 15), promise=broken)
    missed = working(call(CallState.MISSED))
    assert screen.hear(at(19, 15, 16), missed, desk, promise) == []
    assert screen.remind(at(19, 15, 20), missed, WORD, desk) == []


def test_a_call_missed_long_ago_is_seen_on_the_card_alone(screen: Screen) -> None:
    assert screen.remind(at(20, 9), working(call()), WORD) == []
    assert screen.remind(at(19, 16), working(call(CallState.ASKED)), WORD) == [
        "None of your times for a call was taken"
    ]
    assert screen.remind(at(19, 16), working(call(CallState.DONE)), WORD) == []
