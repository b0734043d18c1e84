"""The visit like a delivery: what the card says in every state."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, ground
from tests.ui.samples import VISIT, YOU, at, entry
from tests.ui.tickets.page_hands import opened
from tests.ui.tickets.visit_hands import (
    BOOKED,
    FIRST,
    MOVED,
    heard,
    offered,
    shown,
    with_visit,
    words,
)
from tracker.model.event import EventKind
from tracker.model.line import line
from tracker.model.ticket import TicketState
from tracker.model.visit import VisitState
from tracker.ui.theme.theme import Theme
from tracker.ui.tickets.visit_card import VisitCard

FAILED = entry(
    "f", at(21, 13), line("The visit did not happen"), event=EventKind.VISIT_FAILED, text="Nobody was in."
)


@pytest.fixture
def g(theme: Theme) -> Ground:
    return ground(theme)


def test_a_booked_visit_says_when_who_where_and_what_to_prepare(g: Ground, qtbot: QtBot) -> None:
    _, card = shown(g, qtbot)
    assert words(card) == (
        "Visit Tue 25 Nov, 10:00–12:00. Priya Nair · desk 4.112. "
        "How to find you: Second door behind the lift. Switch the laptop on, Have the old dock at hand."
    )
    assert set(offered(card)) == {
        "That suits me",
        "Another time",
        "I'm not there",
        "Where to find me",
        "Add to my calendar",
    }


def test_a_moved_visit_says_both_windows_and_why(g: Ground, qtbot: QtBot) -> None:
    _, card = shown(g, qtbot, with_visit(BOOKED, MOVED, FIRST))
    assert "Visit Tue 25 Nov, 10:00–12:00" in words(card)
    said = "Moved. It was Mon 24 Nov, 14:00–16:00. Why: the part arrives a day later"
    assert said in words(card)


def test_a_move_without_a_reason_says_so_and_ones_own_is_not_explained(g: Ground, qtbot: QtBot) -> None:
    page, card = shown(g, qtbot, with_visit(BOOKED, replace(MOVED, note=None), FIRST))
    assert "No reason was given" in words(card)
    heard(g, page, BOOKED, replace(MOVED, note=None, actor=YOU), FIRST)
    assert "You moved it. It was Mon 24 Nov, 14:00–16:00" in words(card)


def test_the_sites_zone_is_said_where_its_clocks_differ(g: Ground, qtbot: QtBot) -> None:
    page, card = shown(g, qtbot, with_visit(replace(BOOKED, zone="Europe/Lisbon")))
    assert "At the site (Lisbon) that is Tue 25 Nov, 09:00–11:00, local time" in words(card)
    for same_or_unknown in ("Europe/Paris", "Mars/Olympus", "Europe", ""):
        heard(g, page, replace(BOOKED, zone=same_or_unknown))
        assert "At the site" not in words(card)


def test_the_way_here_is_a_range_and_lateness_is_said(g: Ground, qtbot: QtBot) -> None:
    _, card = shown(g, qtbot, with_visit(VISIT))
    assert words(card).startswith(
        "On the way to you, here between 14:15 and 14:25. Priya Nair · booked 14:00–16:00"
    )
    assert "That suits me" not in offered(card)
    g.clock.go_on(timedelta(hours=1))
    card.show_track(with_visit(VISIT), online=True)
    assert words(card).startswith("On the way to you, later than 14:25")


def test_arrived_and_done_with_what_was_done(g: Ground, qtbot: QtBot) -> None:
    page, card = shown(g, qtbot, with_visit(replace(VISIT, state=VisitState.ON_SITE)))
    assert words(card).startswith("Priya Nair is here")
    done = entry("d", at(21, 13, 30), line("x"), event=EventKind.VISIT_DONE, text="Replaced the dock.")
    heard(g, page, replace(VISIT, state=VisitState.DONE), done)
    assert words(card).startswith("The visit is done. Replaced the dock.")
    g.clock.go_on(timedelta(days=3))
    heard(g, page, replace(VISIT, state=VisitState.DONE), done)
    assert card.isHidden()


def test_a_failed_visit_says_why_and_offers_to_ask_for_a_new_one(g: Ground, qtbot: QtBot) -> None:
    _, card = shown(g, qtbot, with_visit(replace(BOOKED, state=VisitState.FAILED), FAILED, FIRST))
    assert words(card).startswith("The visit did not happen. Nobody was in.")
    assert offered(card) == ["Ask for a new time"]


def test_a_new_date_after_a_failure_says_what_failed(g: Ground, qtbot: QtBot) -> None:
    again = replace(FIRST, id="b3", at=at(21, 13, 5))
    _, card = shown(g, qtbot, with_visit(BOOKED, again, FAILED, FIRST))
    assert "The visit Mon 24 Nov, 14:00–16:00 did not happen. Why: Nobody was in" in words(card)


def test_a_visit_nobody_spoke_of_any_more_is_not_still_expected(g: Ground, qtbot: QtBot) -> None:
    g.clock.now = at(25, 13)
    _, card = shown(g, qtbot)
    assert words(card).startswith("No word of the visit booked for 10:00–12:00")
    assert "That suits me" not in offered(card)
    assert "Ask for a new time" in offered(card)


def test_without_a_visit_and_after_the_end_there_is_no_card(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, with_visit(None))
    assert page.findChildren(VisitCard) == []
    closed = with_visit()
    _, card = shown(g, qtbot, replace(closed, ticket=replace(closed.ticket, state=TicketState.CLOSED)))
    assert card.isHidden()


def test_where_nothing_can_be_written_nothing_is_offered(g: Ground, qtbot: QtBot) -> None:
    _, card = shown(g, qtbot, replace(with_visit(), you_can=()))
    assert offered(card) == ["Add to my calendar"]


def test_very_long_and_strange_words_widen_nothing(g: Ground, qtbot: QtBot) -> None:
    long = replace(
        BOOKED,
        agent="N" * 400,
        place="x" * 4000,
        directions="y\u202e" * 4000,
        note="z" * 4000,
        prepare=("w" * 4000,) * 40,
    )
    page, card = shown(g, qtbot, with_visit(long))
    assert page.width() == 996
    assert card.width() < 700
    assert "\u202e" not in words(card)
