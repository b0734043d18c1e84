"""What a person asks for is seen at once in their own words, calms the card, and is no word of the desk."""

from dataclasses import replace

import pytest

from tests.model.making import (
    PRIYA,
    WAYS_OUT,
    YOU,
    WishFields,
    at,
    event,
    kinds,
    overlay,
    promised,
    rows,
    said,
    seen,
    ticket,
    visit,
    waiting,
    wish,
)
from tracker.model.command import Delivery
from tracker.model.event import EventKind
from tracker.model.promise import Promise, PromiseState
from tracker.model.ticket import Act, Ticket, TicketState
from tracker.model.track import EntryKind, OverlayKind
from tracker.model.visit import VisitState
from tracker.model.window import Window
from tracker.model.wish import WishKind

NOW = at(18, 12, 30)
MISSED = promised(at(18, 12), at(18, 9))
BROKEN = ticket(state=TicketState.WORKING, promises=(MISSED,))
WORD = event(EventKind.REPLY, at(18, 8), text="We are on it.")
THURSDAY = Window(at(20, 9), at(20, 11))


@pytest.mark.parametrize(
    ("kind", "chosen", "title", "note"),
    [
        (WishKind.NEWS, {}, "You asked for news", ""),
        (WishKind.CAN_WAIT, {}, "You said that it can wait", ""),
        (
            WishKind.CALL,
            {"windows": (THURSDAY,), "phone": "4711"},
            "You asked for a call",
            "Free Thu 20 Nov, 09:00 – 11:00, on 4711",
        ),
        (WishKind.CALL_OFF, {}, "You called the call off", ""),
        (WishKind.VISIT_OK, {}, "You confirmed the visit", ""),
        (WishKind.VISIT_MOVE, {"slot": "s1"}, "You chose another time for the visit", ""),
        (
            WishKind.VISIT_MOVE,
            {"windows": (THURSDAY,)},
            "You asked for another time for the visit",
            "Wished: Thu 20 Nov, 09:00 – 11:00",
        ),
        (
            WishKind.VISIT_MOVE,
            {"windows": (Window(at(20, 9), at(20, 8)),)},
            "You asked for another time for the visit",
            "",
        ),
        (WishKind.VISIT_NOT_THERE, {}, "You said that you will not be there for the visit", ""),
        (WishKind.VISIT_PLACE, {"place": "4.113"}, "You said where to find you", "Place: 4.113"),
        (WishKind.THANKS, {}, "You said thanks", ""),
        (WishKind.RATE, {"score": 4}, "You rated it 4 of 5", ""),
        (WishKind.RATE, {}, "You rated it", ""),
        (WishKind.STILL_FINE, {}, "You said that it still works", ""),
        (WishKind.CAME_BACK, {}, "You said that it came back", ""),
        (WishKind.OPTION, {"about": "w1"}, "You chose: A loan laptop", ""),
        (WishKind.OPTION, {"about": "gone"}, "You chose how it goes on", ""),
    ],
)
def test_each_wish_has_its_own_title_and_says_what_was_written(
    kind: WishKind, chosen: WishFields, title: str, note: str
) -> None:
    asked = replace(wish(kind, NOW, **chosen), text="In my words.")
    subject = ticket(state=TicketState.WORKING, options=WAYS_OUT)
    row = seen(subject, [WORD], NOW, (waiting(asked),)).entries[0]
    assert (row.kind, row.delivery, row.text) == (EntryKind.PENDING, Delivery.QUEUED, "In my words.")
    assert (said(row.title, NOW), said(row.note, NOW)) == (title, note)
    refused = seen(subject, [WORD], NOW, (waiting(asked, Delivery.REJECTED),)).entries[0]
    assert said(refused.title, NOW) == "This could not be sent"


def test_every_wish_has_a_title() -> None:
    for kind in WishKind:
        row = seen(BROKEN, [], NOW, (waiting(wish(kind, NOW)),)).entries[0]
        assert said(row.title, NOW).startswith("You ")


def test_what_the_desk_shows_of_a_wish_has_the_same_words() -> None:
    told = [
        event(EventKind.NEWS_ASKED, at(18, 9), YOU),
        event(EventKind.CAN_WAIT, at(18, 9, 1), YOU),
        event(EventKind.VISIT_CONFIRMED, at(18, 9, 2), YOU),
        event(EventKind.VISIT_MOVED, at(18, 9, 3), YOU),
        event(EventKind.THANKED, at(18, 9, 4), YOU),
        event(EventKind.CHECKED_IN, at(18, 9, 5), YOU, fine=True),
        event(EventKind.CHECKED_IN, at(18, 9, 6), YOU, fine=False),
        event(EventKind.OPTION_CHOSEN, at(18, 9, 7), YOU, options=WAYS_OUT[:1]),
        event(EventKind.OPTION_CHOSEN, at(18, 9, 8), PRIYA, options=WAYS_OUT[:1]),
        event(EventKind.OPTION_CHOSEN, at(18, 9, 9), YOU),
        event(EventKind.OPTION_CHOSEN, at(18, 9, 10), PRIYA),
        event(EventKind.CHECKED_IN, at(18, 9, 11), PRIYA, fine=True),
        event(EventKind.CHECKED_IN, at(18, 9, 12), PRIYA, fine=False),
    ]
    assert rows(seen(ticket(), told, at(18, 9, 30)), NOW)[::-1][1:] == [
        "You asked for news",
        "You said that it can wait",
        "You confirmed the visit",
        "You chose another time for the visit",
        "You said thanks",
        "You said that it still works",
        "You said that it came back",
        "You chose: A loan laptop",
        "Chosen: A loan laptop",
        "You chose how it goes on",
        "It was chosen how it goes on",
        "It still works",
        "It came back",
    ]


def test_a_visit_one_moved_oneself_says_when_it_is_and_when_it_was() -> None:
    moved = event(EventKind.VISIT_MOVED, at(18, 9), YOU, visit=visit(), until=at(19, 10))
    assert rows(seen(ticket(), [moved], NOW), NOW)[0] == (
        "Visit moved to Thu 20 Nov, 10:00 – 12:00, was tomorrow 10:00"
    )
    bare = event(EventKind.VISIT_MOVED, at(18, 9), YOU, visit=visit(ends=None), until=at(19, 10))
    assert rows(seen(ticket(), [bare], NOW), NOW)[0] == "Visit moved to Thu 20 Nov, 10:00, was tomorrow 10:00"


# A missed promise


def test_a_missed_promise_offers_news_a_call_and_to_let_it_wait() -> None:
    missed = overlay(seen(BROKEN, [WORD], NOW), OverlayKind.PROMISE_MISSED)
    assert missed.you_can == (Act.ASK_FOR_NEWS, Act.ASK_FOR_CALL, Act.LET_WAIT)
    assert (missed.about, missed.calm, missed.detail) == ("p1", False, None)


@pytest.mark.parametrize("about", ["p1", ""])
def test_what_can_wait_urges_no_longer_and_says_so(about: str) -> None:
    told = seen(BROKEN, [WORD], NOW, (waiting(wish(WishKind.CAN_WAIT, NOW, about=about)),))
    missed = overlay(told, OverlayKind.PROMISE_MISSED)
    assert missed.calm
    assert said(missed.chip, NOW) == "Late, it can wait"
    assert said(missed.detail, NOW) == "You said that it can wait"
    assert missed.you_can == (Act.ASK_FOR_NEWS, Act.ASK_FOR_CALL)
    assert told.promises[0].state is PromiseState.MISSED
    assert kinds(told)[-1] is OverlayKind.PROMISE_MISSED  # behind "not sent yet"


def said_at_the_desk(promise: Promise | None) -> bool:
    told = event(EventKind.CAN_WAIT, at(18, 12, 20), YOU, promise=promise)
    return overlay(seen(BROKEN, [WORD, told], NOW), OverlayKind.PROMISE_MISSED).calm


def test_it_can_wait_counts_for_the_promise_it_was_said_of() -> None:
    assert said_at_the_desk(MISSED)
    assert said_at_the_desk(None)
    assert not said_at_the_desk(promised(at(18, 10), name="p0"))
    early = event(EventKind.CAN_WAIT, at(18, 11), YOU)
    assert not overlay(seen(BROKEN, [WORD, early], NOW), OverlayKind.PROMISE_MISSED).calm
    other = waiting(wish(WishKind.CAN_WAIT, NOW, about="p0"))
    assert not overlay(seen(BROKEN, [WORD], NOW, (other,)), OverlayKind.PROMISE_MISSED).calm


def test_news_asked_for_is_shown_until_it_is_answered_or_can_be_asked_for_again() -> None:
    asked = event(EventKind.NEWS_ASKED, at(18, 12, 20), YOU)
    told = seen(BROKEN, [WORD, asked], NOW)
    missed = overlay(told, OverlayKind.PROMISE_MISSED)
    assert said(missed.detail, NOW) == "You asked for news 12:20"
    assert Act.ASK_FOR_NEWS not in told.you_can
    # A working day later without an answer, one may ask again.
    assert Act.ASK_FOR_NEWS not in seen(BROKEN, [WORD, asked], at(19, 12, 19)).you_can
    assert Act.ASK_FOR_NEWS in seen(BROKEN, [WORD, asked], at(19, 12, 20)).you_can
    answer = event(EventKind.REPLY, at(18, 12, 25), text="Tomorrow.")
    assert OverlayKind.PROMISE_MISSED not in kinds(seen(BROKEN, [WORD, asked, answer], NOW))


def test_where_nothing_is_promised_the_question_for_news_is_what_comes_next() -> None:
    quiet = ticket(state=TicketState.WORKING)
    asked = waiting(wish(WishKind.NEWS, at(20, 9)))
    told = seen(quiet, [WORD], at(20, 10), (asked,))
    assert said(told.next, at(20, 10)) == "You asked for news 09:00. The answer is still to come"
    assert said(overlay(told, OverlayKind.QUIET).detail, at(20, 10)) == "You asked for news 09:00"
    refused = seen(quiet, [WORD], at(20, 10), (waiting(wish(WishKind.NEWS, at(20, 9)), Delivery.REJECTED),))
    assert said(refused.next, at(20, 10)) == "No update has been promised: ask for one"


def test_no_call_is_offered_beside_one_that_is_on_its_way() -> None:
    asked = waiting(wish(WishKind.CALL, NOW, windows=(THURSDAY,)))
    missed = overlay(seen(BROKEN, [WORD], NOW, (asked,)), OverlayKind.PROMISE_MISSED)
    assert missed.you_can == (Act.ASK_FOR_NEWS, Act.LET_WAIT)


# A visit


def booked(*, confirmed: bool = False) -> Ticket:
    return ticket(state=TicketState.VISIT, visit=visit(confirmed=confirmed), may=frozenset({Act.REPLY}))


def test_a_booked_visit_can_be_confirmed_once_and_moved() -> None:
    assert seen(booked(), [WORD], NOW).you_can == (Act.CONFIRM_VISIT, Act.MOVE_VISIT, Act.REPLY)
    assert seen(booked(confirmed=True), [WORD], NOW).you_can == (Act.MOVE_VISIT, Act.REPLY)
    asked = (waiting(wish(WishKind.VISIT_OK, NOW)),)
    assert seen(booked(), [WORD], NOW, asked).you_can == (Act.MOVE_VISIT, Act.REPLY)


def test_a_visit_under_way_can_be_neither() -> None:
    under_way = ticket(state=TicketState.VISIT, visit=visit(VisitState.ON_THE_WAY))
    assert not {Act.CONFIRM_VISIT, Act.MOVE_VISIT} & set(seen(under_way, [WORD], NOW).you_can)
