"""What is told later: quiet hours, the digest, and what the person chose."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.model.making import PRIYA, RAVI, at, event, promised, ticket, visit
from tests.model.watching import Screen
from tracker.model.event import Event, EventKind
from tracker.model.notice import NoticeClass, Show
from tracker.model.person import SYSTEM
from tracker.model.telling import NotifySettings, Telling
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


def test_quiet_hours_hold_back_until_the_next_working_start() -> None:
    friday = at(21, 19)
    screen = Screen(friday)
    assert screen.hear(friday, WORKING, reply(friday)) == []
    (listed,) = screen.notices
    assert screen.asks_again() == at(24, 8)
    assert screen.tick(at(23, 12)) == []
    assert screen.asks_again() == at(24, 8)
    assert screen.tick(at(24, 8)) == ["Ravi Menon replied: Hello."]
    assert [notice.id for notice in screen.notices] == [listed.id]  # it is in the list already
    assert screen.tick(at(24, 8)) == []
    assert screen.asks_again() is None


def test_of_what_is_held_the_weightiest_is_told_for_each_ticket() -> None:
    night = at(18, 19)
    screen = Screen(night)
    screen.hear(night, ASKING, asked(night))
    screen.hear(night, ASKING, event(EventKind.ATTACHMENT, night))
    screen.hear(night, OTHER, reply(night, "One.", OTHER, "a"))
    screen.hear(night, OTHER, reply(night, "Two.", OTHER, "b"))
    assert screen.tick(at(19, 8)) == ["Priya asks: Which room?", "Ravi Menon replied: Two."]


def test_what_is_held_has_the_budget_of_toasts_too() -> None:
    night = at(18, 19)
    screen = Screen(night)
    tickets = [ticket(id=TicketId(f"{n}"), state=TicketState.WORKING) for n in range(10)]
    for each in tickets:
        screen.hear(night, each, reply(night, of=each, name=f"r{each.id}"))
    assert len(screen.tick(at(19, 8))) == 6
    assert screen.asks_again() == at(19, 9)
    assert screen.tick(at(19, 9)) == ["4 updates on 4 requests"]


def test_what_is_read_meanwhile_is_not_told_in_the_morning() -> None:
    night = at(18, 19)
    screen = Screen(night)
    screen.hear(night, ASKING, asked(night))
    screen.read()
    assert screen.tick(at(19, 8)) == []
    assert screen.asks_again() is None


def test_a_question_that_was_settled_meanwhile_is_not_asked_in_the_morning() -> None:
    night = at(18, 19)
    screen = Screen(night)
    screen.hear(night, ASKING, asked(night))
    late = at(18, 19, 20)
    moved_on = ticket(state=TicketState.WORKING, state_since=late)
    screen.hear(late, moved_on, event(EventKind.RESUMED, late))
    assert screen.tick(at(19, 8)) == ["Work goes on"]


def test_who_is_told_of_a_miss_in_the_morning_has_not_had_the_news_at_night() -> None:
    night = at(18, 19)
    screen = Screen(night)
    missed = event(EventKind.PROMISE_MISSED, night, SYSTEM, promise=promised(at(18, 18, 45)))
    screen.hear(night, WORKING, missed)
    screen.hear(night, OTHER, replace(missed, id="o", ticket=OTHER.id))
    late = at(18, 19, 20)
    screen.hear(late, WORKING, reply(late))
    assert screen.tick(at(19, 8)) == ["Promised by yesterday 18:45, and missed", "Ravi Menon replied: Hello."]


def test_what_cannot_wait_comes_through_quiet_hours() -> None:
    night = at(18, 22)
    screen = Screen(night)
    here = ticket(state=TicketState.VISIT, visit=visit(VisitState.ON_SITE))
    assert screen.hear(night, here, event(EventKind.VISIT_ARRIVED, night)) == ["Priya Nair is with you"]
    outage = event(EventKind.OUTAGE_LINKED, night)
    assert screen.hear(night, OTHER, replace(outage, ticket=OTHER.id)) == ["Part of a known outage"]


def test_quiet_hours_that_are_switched_off_let_go_of_what_was_held() -> None:
    night = at(18, 19)
    screen = Screen(night)
    screen.hear(night, WORKING, reply(night))
    screen.settings = NotifySettings(quiet=None)
    assert screen.tick(at(18, 19, 1)) == ["Ravi Menon replied: Hello."]


# The digest, and what the person chose


def test_small_things_are_in_the_list_alone(screen: Screen) -> None:
    beat = event(EventKind.HEARTBEAT, NOON)
    assert screen.hear(NOON, WORKING, beat) == []
    (notice,) = screen.notices
    assert (notice.notice_class, notice.show, notice.read) == (NoticeClass.DIGEST, Show.LIST, False)
    assert screen.asks_again() is None


def test_small_things_come_three_times_a_day_to_who_wants_them(screen: Screen) -> None:
    screen.settings = NotifySettings(telling=((NoticeClass.DIGEST, Telling.DIGEST),))
    for minute in range(3):
        now = NOON + timedelta(minutes=minute)
        screen.hear(now, WORKING, event(EventKind.HEARTBEAT, now))
    screen.hear(NOON, OTHER, replace(event(EventKind.PRIORITY, NOON), ticket=OTHER.id))
    assert screen.asks_again() == at(18, 13)
    assert screen.tick(at(18, 13)) == ["4 updates on 2 requests"]
    now = at(18, 16, 30)
    screen.stay_connected(now)
    screen.hear(now, WORKING, event(EventKind.HEARTBEAT, now))
    assert screen.asks_again() == at(19, 9)


def test_the_digest_waits_for_the_end_of_quiet_hours() -> None:
    saturday = at(22, 8)
    screen = Screen(saturday, NotifySettings(telling=((NoticeClass.DIGEST, Telling.DIGEST),)))
    screen.hear(saturday, WORKING, event(EventKind.HEARTBEAT, saturday))
    assert screen.asks_again() == at(24, 8)
    assert screen.tick(at(22, 9)) == []
    assert screen.asks_again() == at(24, 8)
    assert screen.tick(at(24, 8)) == ["1 update on 1 request"]


def test_what_was_read_is_not_in_the_digest(screen: Screen) -> None:
    screen.settings = NotifySettings(telling=((NoticeClass.DIGEST, Telling.DIGEST),))
    screen.hear(NOON, WORKING, event(EventKind.HEARTBEAT, NOON))
    screen.read()
    assert screen.tick(at(18, 13)) == []
    assert screen.asks_again() is None


def test_who_wants_no_digest_has_the_list(screen: Screen) -> None:
    screen.settings = NotifySettings(progress_per_day=0, digest_at=())
    assert screen.hear(NOON, WORKING, reply(NOON)) == []
    assert (len(screen.listed()), screen.asks_again()) == (1, None)


def test_a_digest_no_longer_wanted_is_dropped(screen: Screen) -> None:
    screen.settings = NotifySettings(progress_per_day=0)
    screen.hear(NOON, WORKING, reply(NOON))
    assert screen.asks_again() == at(18, 13)
    screen.settings = NotifySettings(digest_at=())
    assert screen.tick(at(18, 13)) == []
    assert screen.asks_again() is None
    assert not screen.state.digest


@pytest.mark.parametrize("chosen", Telling)
def test_each_class_is_told_as_the_person_chose(screen: Screen, chosen: Telling) -> None:
    screen.settings = NotifySettings(telling=((NoticeClass.NEEDS_YOU, chosen),))
    shown = screen.hear(NOON, ASKING, asked(NOON))
    assert bool(shown) == (chosen is Telling.TOAST)
    assert bool(screen.state.digest) == (chosen is Telling.DIGEST)
    assert len(screen.notices) == 1


def test_small_things_as_toasts_are_merged_too(screen: Screen) -> None:
    screen.settings = NotifySettings(telling=((NoticeClass.DIGEST, Telling.TOAST),))
    assert screen.hear(NOON, WORKING, event(EventKind.HEARTBEAT, NOON)) == ["Still on it, nothing new"]
    soon = NOON + timedelta(minutes=1)
    assert screen.hear(soon, WORKING, event(EventKind.HEARTBEAT, soon)) == ["= Still on it, nothing new"]


def test_a_muted_ticket_makes_no_toast(screen: Screen) -> None:
    screen.settings = NotifySettings(muted=frozenset({TicketId("7")}))
    assert screen.hear(NOON, ASKING, asked(NOON)) == []
    assert [notice.read for notice in screen.notices] == [False]


def test_what_is_on_the_screen_is_read(screen: Screen) -> None:
    screen.look_at("7")
    assert screen.hear(NOON, ASKING, asked(NOON)) == []
    assert [notice.read for notice in screen.notices] == [True]
    assert screen.hear(NOON, OTHER, reply(NOON, of=OTHER))
    screen.look_at(None)
    assert screen.hear(NOON, WORKING, started(NOON))


# After a gap
