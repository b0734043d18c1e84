"""What deserves a toast: what is told, merging, and the budget of toasts."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.model.making import PRIYA, RAVI, YOU, at, created, event, promised, said, ticket, visit
from tests.model.watching import Screen
from tracker.model.attention import News
from tracker.model.event import Event, EventKind
from tracker.model.notice import Button, NoticeClass, Show
from tracker.model.person import SYSTEM
from tracker.model.promise import PromiseKind
from tracker.model.telling import NotifySettings
from tracker.model.ticket import Ticket, TicketId, TicketState
from tracker.model.visit import VisitState

NOON = at(18, 12)
WORKING = ticket(state=TicketState.WORKING)
ASKING = ticket(state=TicketState.WAITING_FOR_YOU)
OTHER = ticket(id=TicketId("8"), number="INC-8", subject="Printer", state=TicketState.WORKING)


def reply(when: datetime, text: str = "Hello.", of: Ticket = WORKING, name: str = "") -> Event:
    name = name or f"{of.id}-{when.isoformat()}"
    return replace(event(EventKind.REPLY, when, RAVI, text, name=name), ticket=of.id)


def asked(when: datetime, text: str = "Which room?") -> Event:
    return event(EventKind.QUESTION, when, PRIYA, text)


def started(when: datetime, name: str = "") -> Event:
    return event(EventKind.WORK_STARTED, when, name=name)


@pytest.fixture
def screen() -> Screen:
    """Give the screen of somebody who has been connected all morning."""
    return Screen(NOON - timedelta(minutes=1))


def test_news_is_a_toast_with_subject_body_detail_and_a_button(screen: Screen) -> None:
    assert screen.hear(NOON, WORKING, reply(NOON)) == ["Ravi Menon replied: Hello."]
    (notice,) = screen.notices
    assert said(notice.title, NOON) == "No sound in meetings"
    assert said(notice.detail, NOON) == "INC-7"
    assert (notice.ticket, notice.notice_class, notice.buttons) == (
        "7",
        NoticeClass.PROGRESS,
        (Button.OPEN,),
    )


def test_the_same_news_twice_is_told_once(screen: Screen) -> None:
    news = reply(NOON)
    assert screen.hear(NOON, WORKING, news)
    assert screen.hear(NOON, WORKING, news) == []
    assert screen.notices == ()
    twice = [News(OTHER, (reply(NOON, of=OTHER, name="x"),)), News(OTHER, (reply(NOON, of=OTHER, name="x"),))]
    assert len(screen.hear_all(NOON, twice)) == 1
    assert screen.hear(NOON, OTHER, reply(NOON, of=OTHER, name="y"), reply(NOON, of=OTHER, name="y"))
    assert len(screen.notices) == 1


def test_your_own_acts_never_toast(screen: Screen) -> None:
    mine = event(EventKind.REPLY, NOON, YOU, "Any news?")
    assert screen.hear(NOON, WORKING, mine) == []
    assert screen.notices == ()


def test_history_never_toasts(screen: Screen) -> None:
    assert screen.hear(NOON, WORKING, reply(NOON), live=False) == []
    assert screen.notices == ()
    assert screen.hear(NOON, WORKING, reply(NOON)) == []  # it is known by now


def test_late_events_are_put_in_their_place_and_not_announced(screen: Screen) -> None:
    assert screen.hear(NOON, WORKING, reply(NOON - timedelta(hours=13))) == []
    assert screen.notices == ()
    assert screen.hear(NOON, WORKING, reply(NOON - timedelta(hours=11), name="y"))


def test_several_events_of_a_ticket_are_one_notice_of_the_weightiest(screen: Screen) -> None:
    assert screen.hear(NOON, ASKING, started(NOON), asked(NOON)) == ["Priya asks: Which room?"]
    assert len(screen.notices) == 1


def test_what_another_event_tells_is_not_told(screen: Screen) -> None:
    assert screen.hear(NOON, WORKING, created(NOON), event(EventKind.CATEGORISED, NOON)) == []
    assert screen.notices == ()


def test_what_was_there_when_you_acted_is_read(screen: Screen) -> None:
    answered = event(EventKind.ANSWER, NOON, YOU, "Blue.")
    before, after = asked(NOON - timedelta(minutes=2)), reply(NOON + timedelta(minutes=1))
    assert screen.hear(NOON, WORKING, before, answered) == []
    assert [notice.read for notice in screen.notices] == [True]
    assert screen.hear(NOON, WORKING, reply(NOON - timedelta(minutes=1)), answered, after) == [
        "Ravi Menon replied: Hello."
    ]


def test_what_the_desk_does_at_the_moment_of_your_act_is_told(screen: Screen) -> None:
    received = event(EventKind.RECEIVED, NOON, SYSTEM)
    assert screen.hear(NOON, ticket(), created(NOON), received) == [
        "Received. You see here who has it and what comes next"
    ]


def test_the_first_replys_promise_comes_with_the_receipt_in_one_notice(screen: Screen) -> None:
    promise = promised(at(18, 16), NOON, kind=PromiseKind.FIRST_REPLY)
    raised = ticket(created_at=NOON, promises=(promise,))
    received = event(EventKind.RECEIVED, NOON, SYSTEM)
    made = event(EventKind.PROMISE_MADE, NOON, SYSTEM, promise=promise)
    assert len(screen.hear(NOON, raised, created(NOON), received)) == 1
    assert said(screen.notices[0].detail, NOON) == "First reply promised by 16:00 · INC-7"
    assert screen.hear(NOON, raised, made) == []
    assert screen.notices == ()
    later = promised(at(18, 16), at(18, 12, 2), kind=PromiseKind.FIRST_REPLY, name="p2")
    told = event(EventKind.PROMISE_MADE, at(18, 12, 2), SYSTEM, promise=later)
    assert screen.hear(at(18, 12, 2), raised, told) == ["First reply promised by 16:00"]


# Merging


def test_later_news_replaces_the_toast_in_silence_within_the_window(screen: Screen) -> None:
    assert screen.hear(NOON, WORKING, reply(NOON)) == ["Ravi Menon replied: Hello."]
    four = NOON + timedelta(minutes=4)
    assert screen.hear(four, WORKING, started(four)) == ["= Priya Nair started work"]
    # The window is that of the first toast, so that a chatty ticket sounds again one day.
    five = NOON + timedelta(minutes=5)
    assert screen.hear(five, WORKING, reply(five)) == ["Ravi Menon replied: Hello."]


@pytest.mark.parametrize(
    ("kind", "subject", "seconds"),
    [
        (EventKind.QUESTION, ASKING, 90),
        (EventKind.PROMISE_MADE, WORKING, 300),
        (EventKind.REPLY, WORKING, 300),
        (EventKind.OUTAGE_LINKED, WORKING, 24 * 3600),
    ],
)
def test_every_class_has_its_window(screen: Screen, kind: EventKind, subject: Ticket, seconds: int) -> None:
    def happen(when: datetime) -> Show:
        happened = event(kind, when, promise=promised(when + timedelta(days=1)))
        screen.hear(when, subject, happened)
        (notice,) = screen.notices
        return notice.show

    screen.settings = NotifySettings(quiet=None)
    assert happen(NOON) is Show.TOAST
    screen.stay_connected(NOON + timedelta(seconds=seconds - 1))
    assert happen(NOON + timedelta(seconds=seconds - 1)) is Show.REPLACE
    screen.stay_connected(NOON + timedelta(seconds=seconds))
    assert happen(NOON + timedelta(seconds=seconds)) is Show.TOAST


def test_a_weightier_notice_sounds_again(screen: Screen) -> None:
    assert screen.hear(NOON, WORKING, reply(NOON))
    soon = NOON + timedelta(seconds=30)
    assert screen.hear(soon, ASKING, asked(soon)) == ["Priya asks: Which room?"]


def test_a_question_that_stands_is_not_covered_by_progress(screen: Screen) -> None:
    assert screen.hear(NOON, ASKING, asked(NOON))
    soon = NOON + timedelta(minutes=1)
    assert screen.hear(soon, ASKING, event(EventKind.ATTACHMENT, soon)) == []
    assert len(screen.listed()) == 1
    later = NOON + timedelta(minutes=2)
    assert screen.hear(later, WORKING, started(later)) == ["= Priya Nair started work"]


def test_a_technician_on_the_way_is_not_covered_by_progress_but_by_a_question(screen: Screen) -> None:
    coming = ticket(state=TicketState.VISIT, visit=visit(VisitState.ON_THE_WAY, eta_latest=at(18, 12, 30)))
    set_off = event(EventKind.VISIT_ON_THE_WAY, NOON, visit=coming.visit)
    assert screen.hear(NOON, coming, set_off) == ["Priya Nair set off to you, here by 12:30"]
    one = NOON + timedelta(minutes=1)
    assert screen.hear(one, coming, reply(one)) == []
    waiting = replace(coming, state=TicketState.WAITING_FOR_YOU)
    assert screen.hear(one, waiting, asked(one)) == ["Priya asks: Which room?"]


def test_a_new_estimate_replaces_in_silence_and_an_arrival_sounds(screen: Screen) -> None:
    def coming(state: VisitState, minutes: int) -> Ticket:
        return ticket(
            state=TicketState.VISIT, visit=visit(state, eta_latest=NOON + timedelta(minutes=minutes))
        )

    on_the_way = coming(VisitState.ON_THE_WAY, 30)
    screen.hear(NOON, on_the_way, event(EventKind.VISIT_ON_THE_WAY, NOON, visit=on_the_way.visit))
    ten = NOON + timedelta(minutes=10)
    later = coming(VisitState.ON_THE_WAY, 45)
    eta = event(EventKind.VISIT_ETA, ten, visit=later.visit)
    assert screen.hear(ten, later, eta) == ["= Priya Nair now arrives by 12:45"]
    screen.stay_connected(NOON + timedelta(minutes=40))
    there = NOON + timedelta(minutes=44)
    here = coming(VisitState.ON_SITE, 45)
    assert screen.hear(there, here, event(EventKind.VISIT_ARRIVED, there, visit=here.visit)) == [
        "Priya Nair is with you"
    ]


def test_an_estimate_without_a_toast_before_it_is_one(screen: Screen) -> None:
    coming = ticket(state=TicketState.VISIT, visit=visit(VisitState.ON_THE_WAY, eta_latest=at(18, 12, 30)))
    assert screen.hear(NOON, coming, event(EventKind.VISIT_ETA, NOON, visit=coming.visit)) == [
        "Priya Nair now arrives by 12:30"
    ]


def test_status_note_and_close_within_the_window_are_one_toast(screen: Screen) -> None:
    sounds = []
    for second, kind in enumerate((EventKind.STATUS, EventKind.REPLY, EventKind.CLOSED)):
        now = NOON + timedelta(seconds=second * 60)
        state = TicketState.CLOSED if kind is EventKind.CLOSED else TicketState.WORKING
        screen.hear(now, ticket(state=state), event(kind, now, text="Done."))
        sounds += [notice.show for notice in screen.notices]
    assert sounds == [Show.LIST, Show.TOAST, Show.REPLACE]


def test_tickets_do_not_share_a_toast(screen: Screen) -> None:
    news = [News(WORKING, (reply(NOON),)), News(OTHER, (reply(NOON, of=OTHER),))]
    assert len(screen.hear_all(NOON, news)) == 2
    assert {notice.show for notice in screen.notices} == {Show.TOAST}


def test_a_clock_that_was_set_back_merges_nothing(screen: Screen) -> None:
    assert screen.hear(NOON, WORKING, reply(NOON))
    back = NOON - timedelta(hours=1)
    assert screen.hear(back, WORKING, reply(back)) == ["Ravi Menon replied: Hello."]


# The budget


def test_six_toasts_of_progress_a_day_then_the_digest(screen: Screen) -> None:
    shown = []
    for number in range(8):
        now = NOON + timedelta(minutes=6 * number)
        shown.append(bool(screen.hear(now, WORKING, reply(now, f"Number {number}."))))
    assert shown == [True] * 6 + [False] * 2
    assert screen.asks_again() == at(18, 13)
    assert screen.tick(at(18, 12, 59)) == []
    assert screen.tick(at(18, 13)) == ["2 updates on 1 request"]
    (digest,) = screen.notices
    assert (said(digest.title, NOON), digest.notice_class) == ("Since the last summary", NoticeClass.DIGEST)
    assert screen.asks_again() is None
    screen.stay_connected(at(19, 9))
    assert screen.hear(at(19, 9), WORKING, reply(at(19, 9)))


def test_replacing_costs_no_budget(screen: Screen) -> None:
    for second in range(20):
        now = NOON + timedelta(seconds=second)
        screen.hear(now, WORKING, reply(now))
    assert screen.state.progress_today == 1


def test_what_matters_more_has_no_budget(screen: Screen) -> None:
    screen.settings = NotifySettings(progress_per_day=0)
    assert screen.hear(NOON, WORKING, reply(NOON)) == []
    assert screen.hear(NOON, ASKING, asked(NOON))
    missed = event(EventKind.PROMISE_MISSED, NOON, SYSTEM, promise=promised(at(18, 11)))
    assert screen.hear(NOON, OTHER, replace(missed, ticket=OTHER.id))


def test_one_toast_of_progress_per_ticket_in_five_minutes_also_after_reading(screen: Screen) -> None:
    assert screen.hear(NOON, WORKING, reply(NOON))
    screen.read()
    soon = NOON + timedelta(minutes=2)
    assert screen.hear(soon, WORKING, reply(soon)) == ["= Ravi Menon replied: Hello."]


def test_a_question_sounds_again_after_the_last_was_read(screen: Screen) -> None:
    assert screen.hear(NOON, ASKING, asked(NOON))
    screen.read()
    soon = NOON + timedelta(seconds=30)
    assert screen.hear(soon, ASKING, asked(soon, "And the table?")) == ["Priya asks: And the table?"]


# Quiet hours
