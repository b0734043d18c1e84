"""Snoozed: nothing but what is happening now is shown; the rest is told in order after, once."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.model.making import BERLIN, PRIYA, at, ticket, visit
from tests.model.watching import Screen
from tracker.model.event import Event, EventKind
from tracker.model.notice import NoticeClass
from tracker.model.quiet import free_at, is_quiet
from tracker.model.telling import NotifySettings, Telling
from tracker.model.ticket import Ticket, TicketId, TicketState
from tracker.model.visit import VisitState

SNOOZED = NotifySettings(snoozed_until=at(18, 11))


def news(kind: EventKind, when: datetime, name: str = "7") -> tuple[Ticket, Event]:
    states = {
        EventKind.QUESTION: TicketState.WAITING_FOR_YOU,
        EventKind.VISIT_ARRIVED: TicketState.VISIT,
        EventKind.OUTAGE_LINKED: TicketState.WORKING,
    }
    known = visit(VisitState.ON_SITE) if kind is EventKind.VISIT_ARRIVED else None
    subject = ticket(id=TicketId(name), state=states.get(kind, TicketState.WORKING), visit=known)
    told = Event(f"{name}-{kind}", TicketId(name), kind, when, PRIYA, "Words.")
    return subject, told


@pytest.fixture
def screen() -> Screen:
    return Screen(at(18, 9, 45), SNOOZED)


def test_what_is_happening_now_is_shown_and_the_rest_waits(screen: Screen) -> None:
    assert screen.hear(at(18, 10), *news(EventKind.QUESTION, at(18, 10))) == []
    assert screen.hear(at(18, 10, 1), *news(EventKind.OUTAGE_LINKED, at(18, 10, 1), "8")) == []
    assert screen.hear(at(18, 10, 2), *news(EventKind.REPLY, at(18, 10, 2), "9")) == []
    assert len(screen.listed()) == 1  # it is in the list at once
    assert screen.hear(at(18, 10, 3), *news(EventKind.VISIT_ARRIVED, at(18, 10, 3), "10")) == [
        "Priya Nair is with you"
    ]
    assert screen.asks_again() == at(18, 11)
    assert screen.tick(at(18, 10, 59)) == []
    assert screen.tick(at(18, 11)) == [
        "Priya asks: Words.",
        "Part of a known outage",
        "Priya Nair replied: Words.",
    ]
    assert screen.tick(at(18, 11, 1)) == []
    assert screen.asks_again() is None


def test_a_snooze_that_ends_in_quiet_hours_lets_go_what_quiet_lets_through(screen: Screen) -> None:
    screen.settings = NotifySettings(snoozed_until=at(18, 19))
    screen.stay_connected(at(18, 16, 55))
    assert screen.hear(at(18, 17), *news(EventKind.REPLY, at(18, 17))) == []
    assert screen.hear(at(18, 17, 1), *news(EventKind.OUTAGE_LINKED, at(18, 17, 1), "8")) == []
    assert screen.asks_again() == at(18, 19)
    assert screen.tick(at(18, 19)) == ["Part of a known outage"]
    assert screen.asks_again() == at(19, 8)
    assert screen.tick(at(19, 8)) == ["Priya Nair replied: Words."]


def test_ending_a_snooze_early_tells_what_waited(screen: Screen) -> None:
    assert screen.hear(at(18, 10), *news(EventKind.REPLY, at(18, 10))) == []
    screen.settings = NotifySettings()
    assert screen.tick(at(18, 10, 5)) == ["Priya Nair replied: Words."]


def test_the_digest_waits_for_the_end_of_a_snooze(screen: Screen) -> None:
    telling = ((NoticeClass.PROGRESS, Telling.DIGEST),)
    screen.settings = NotifySettings(telling=telling, digest_at=(time(10),), snoozed_until=at(18, 11))
    assert screen.hear(at(18, 9, 30), *news(EventKind.REPLY, at(18, 9, 30))) == []
    assert screen.asks_again() == at(18, 11)
    assert screen.tick(at(18, 10)) == []
    assert screen.tick(at(18, 11)) == ["1 update on 1 request"]


def test_what_is_answered_while_snoozed_is_not_told_after(screen: Screen) -> None:
    subject, asked = news(EventKind.QUESTION, at(18, 10))
    assert screen.hear(at(18, 10), subject, asked) == []
    screen.read()
    assert screen.tick(at(18, 11)) == []


def test_a_mute_and_a_class_that_is_off_hold_for_what_a_snooze_lets_through(screen: Screen) -> None:
    muted = frozenset({TicketId("7")})
    screen.settings = NotifySettings(snoozed_until=at(18, 11), muted=muted)
    assert screen.hear(at(18, 10), *news(EventKind.VISIT_ARRIVED, at(18, 10))) == []
    off = ((NoticeClass.NOW, Telling.OFF),)
    screen.settings = NotifySettings(snoozed_until=at(18, 11), telling=off)
    assert screen.hear(at(18, 10, 5), *news(EventKind.VISIT_ARRIVED, at(18, 10, 5), "8")) == []
    assert screen.asks_again() is None


def test_a_snooze_in_another_zone_is_the_same_moment() -> None:
    until = datetime(2025, 11, 18, 10, tzinfo=UTC)
    assert free_at(NoticeClass.PROGRESS, at(18, 10), NotifySettings(snoozed_until=until), BERLIN) == at(
        18, 11
    )


@settings(max_examples=200)
@given(
    st.sampled_from(NoticeClass),
    st.integers(0, 60 * 24 * 9),
    st.none() | st.integers(0, 60 * 24 * 9),
    st.sampled_from([None, (time(18), time(8)), (time(12), time(13))]),
    st.booleans(),
)
def test_whoever_is_free_at_a_moment_is_free_and_was_not_before(
    kind: NoticeClass,
    minute: int,
    snooze: int | None,
    quiet: tuple[time, time] | None,
    weekend: bool,
) -> None:
    now = at(17, 0) + timedelta(minutes=minute)
    until = None if snooze is None else at(17, 0) + timedelta(minutes=snooze)
    wishes = NotifySettings(quiet=quiet, quiet_weekend=weekend, snoozed_until=until)
    free = free_at(kind, now, wishes, BERLIN)
    assert free >= now
    assert free_at(kind, free, wishes, BERLIN) == free
    if kind is NoticeClass.NOW:
        assert free == now
        return
    assert until is None or free >= until or until <= now
    if kind is not NoticeClass.OUTAGE:
        assert not is_quiet(free, wishes, BERLIN)
    for earlier in range(0, int((free - now).total_seconds() // 60), 37):
        moment = now + timedelta(minutes=earlier)
        snoozed = until is not None and moment < until
        assert snoozed or (kind is not NoticeClass.OUTAGE and is_quiet(moment, wishes, BERLIN))
