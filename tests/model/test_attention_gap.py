"""What is told after a gap, and what the policy remembers."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.model.making import PRIYA, RAVI, YOU, at, event, said, ticket, visit
from tests.model.watching import Screen
from tracker.model.attention import TOLD, Attention, News, decide
from tracker.model.event import Event, EventKind
from tracker.model.showing import WAITING
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


def test_after_a_gap_there_is_one_summary_and_what_cannot_wait(screen: Screen) -> None:
    back = NOON + timedelta(hours=2)
    news = [
        News(ASKING, (started(at(18, 12, 30)), asked(at(18, 13)))),
        News(OTHER, (reply(at(18, 12, 40), of=OTHER, name="a"), reply(at(18, 13, 10), of=OTHER, name="b"))),
    ]
    assert screen.hear_all(back, news) == [
        "Priya asks: Which room?",
        "4 updates on 2 requests, 1 needs you",
    ]
    assert [notice.ticket for notice in screen.notices] == ["7", "8", None]
    summary = screen.notices[-1]
    assert said(summary.title, back) == "While you were away"
    assert screen.hear(back, OTHER, reply(back, of=OTHER)) == ["Ravi Menon replied: Hello."]


def test_a_gap_begins_after_half_an_hour(screen: Screen) -> None:
    screen.stay_connected(NOON)
    assert screen.hear(NOON + timedelta(minutes=30), WORKING, reply(NOON)) == ["Ravi Menon replied: Hello."]
    screen.stay_connected(NOON)
    now = NOON + timedelta(minutes=31)
    assert screen.hear(now, WORKING, reply(NOON, name="y")) == ["1 update on 1 request"]


def test_what_happened_at_the_weekend_is_counted_on_monday() -> None:
    screen = Screen(at(21, 17))
    saturday, sunday = reply(at(22, 10), name="a"), reply(at(23, 10), name="b")
    assert screen.hear(at(24, 9), WORKING, saturday, sunday) == ["2 updates on 1 request"]


def test_what_is_older_than_the_gap_is_not_counted() -> None:
    screen = Screen(at(21, 17))
    assert screen.hear(at(24, 9), WORKING, reply(at(20, 10))) == []


def test_what_is_over_when_one_comes_back_does_not_call() -> None:
    screen = Screen(at(17, 17))
    done = ticket(state=TicketState.WORKING, visit=visit(VisitState.DONE))
    history = [
        event(EventKind.VISIT_ON_THE_WAY, at(18, 9)),
        event(EventKind.VISIT_ARRIVED, at(18, 10)),
        event(EventKind.VISIT_DONE, at(18, 11)),
    ]
    assert screen.hear(NOON, done, *history) == ["3 updates on 1 request"]


def test_when_all_that_is_new_cannot_wait_there_is_no_summary(screen: Screen) -> None:
    back = NOON + timedelta(hours=2)
    assert screen.hear(back, ASKING, asked(back)) == ["Priya asks: Which room?"]


def test_the_summary_counts_only_what_the_person_wants_to_hear_of(screen: Screen) -> None:
    back = NOON + timedelta(hours=2)
    assert screen.hear(back, WORKING, event(EventKind.HEARTBEAT, at(18, 13))) == []
    assert len(screen.notices) == 1
    screen.stay_connected(NOON)
    screen.settings = NotifySettings(muted=frozenset({TicketId("7")}))
    assert screen.hear(back, WORKING, reply(at(18, 13))) == []
    screen.stay_connected(NOON)
    screen.look_at("8")
    assert screen.hear(back, OTHER, reply(at(18, 13), of=OTHER)) == []


def test_what_you_did_elsewhere_while_away_is_no_summary(screen: Screen) -> None:
    back = NOON + timedelta(hours=2)
    answered = event(EventKind.ANSWER, at(18, 13, 30), YOU, "Blue.")
    assert screen.hear(back, WORKING, asked(at(18, 13)), answered) == []
    assert [notice.read for notice in screen.notices] == [True]


def test_the_first_sign_in_is_silent_but_for_what_cannot_wait() -> None:
    screen = Screen(None)
    news = [News(WORKING, (reply(NOON),)), News(replace(ASKING, id=TicketId("9")), (asked(NOON),))]
    assert screen.hear_all(NOON, news) == ["Priya asks: Which room?"]
    assert len(screen.notices) == 2


def test_a_summary_in_quiet_hours_waits_for_the_morning() -> None:
    screen = Screen(at(18, 12))
    assert screen.hear(at(18, 20), WORKING, reply(at(18, 15))) == []
    assert screen.tick(at(19, 8)) == ["1 update on 1 request"]


def test_the_summary_costs_no_budget(screen: Screen) -> None:
    screen.settings = NotifySettings(progress_per_day=0)
    assert screen.hear(NOON + timedelta(hours=2), WORKING, reply(at(18, 13))) == ["1 update on 1 request"]
    assert screen.state.progress_today == 0


# Memory


def test_what_was_told_is_known_after_a_restart(screen: Screen) -> None:
    news = reply(NOON)
    screen.hear(NOON, WORKING, news)
    again = Screen(None)
    again.state = screen.state
    assert again.hear(NOON, WORKING, news) == []


def test_the_memory_does_not_grow_without_end(screen: Screen) -> None:
    screen.settings = NotifySettings(progress_per_day=0)
    for number in range(TOLD // 4):
        batch = [reply(NOON, name=f"{number}-{part}") for part in range(5)]
        screen.hear(NOON, WORKING, *batch)
    screen.settings = NotifySettings(progress_per_day=0, quiet=None)
    for number in range(WAITING + 10):
        each = ticket(id=TicketId(f"t{number}"), state=TicketState.WORKING)
        screen.hear(NOON, each, reply(NOON, of=each, name=f"d{number}"))
    assert len(screen.state.told) == TOLD
    assert len(screen.state.digest) == WAITING
    assert screen.state.live == ()


def test_a_toast_is_forgotten_after_a_day(screen: Screen) -> None:
    assert screen.hear(NOON, WORKING, reply(NOON))
    assert [live.ticket for live in screen.state.live] == ["7"]
    screen.tick(NOON + timedelta(days=1))
    assert not screen.state.live


def test_nothing_new_changes_nothing(screen: Screen) -> None:
    screen.tick(NOON)
    before = screen.state
    assert screen.tick(NOON) == []
    assert screen.state is before
    assert screen.asks_again() is None


def test_the_state_needs_no_more_than_it_says() -> None:
    state, notices, next_call = decide(Attention(), (), Screen(None)._reader(), NOON)
    assert (state.day, notices, next_call) == (NOON.date(), (), None)
