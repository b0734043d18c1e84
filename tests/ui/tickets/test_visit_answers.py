"""What a person says about a visit: sent once, its way shown, a refusal said."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, ground
from tests.ui.samples import NOW, PRIYA, VISIT, YOU, at, entry
from tests.ui.tickets.page_hands import OFFLINE, button, opened
from tests.ui.tickets.visit_hands import (
    BOOKED,
    TICKET,
    heard,
    offered,
    shown,
    wishes,
    with_visit,
    words,
)
from tracker.model.change import Change
from tracker.model.command import Delivery, Pending
from tracker.model.errors import StoreError
from tracker.model.event import EventKind
from tracker.model.line import line
from tracker.model.ticket import Act, TicketState
from tracker.model.visit import VisitState
from tracker.model.wish import WishKind
from tracker.ui.request.compose_area import ComposeArea
from tracker.ui.theme.theme import Theme
from tracker.ui.widgets.field import LineEdit

OUTBOX = Change(outbox=True, tickets=frozenset({TICKET}))


@pytest.fixture
def g(theme: Theme) -> Ground:
    return ground(theme)


def say_kept(g: Ground, delivery: Delivery = Delivery.QUEUED, error: str | None = None) -> None:
    g.view.pending = tuple(Pending(wish, delivery, error=error) for wish in wishes(g))


def test_it_suits_is_sent_once(g: Ground, qtbot: QtBot) -> None:
    page, card = shown(g, qtbot)
    suits = button(card, "That suits me")
    suits.click()
    suits.click()
    assert [(w.kind, w.about, w.seen) for w in wishes(g)] == [(WishKind.VISIT_OK, "v1", BOOKED.starts)]
    say_kept(g)
    page.refresh(OUTBOX)
    assert card._outcome.text == "You said that the time suits you. Sending"
    assert "That suits me" not in offered(card)
    heard(g, page, replace(BOOKED, confirmed=True))
    assert "You said that this suits you" in words(card)


def test_offline_it_waits_for_the_network(g: Ground, qtbot: QtBot) -> None:
    page, card = shown(g, qtbot)
    button(card, "That suits me").click()
    say_kept(g)
    page.refresh(OUTBOX)
    page.show_health(OFFLINE)
    assert card._outcome.text.endswith("Waiting for the network. It is sent by itself.")


def test_a_refusal_is_said_and_can_be_tried_again(g: Ground, qtbot: QtBot) -> None:
    page, card = shown(g, qtbot)
    button(card, "That suits me").click()
    say_kept(g, Delivery.REJECTED, "the visit has been moved")
    page.refresh(OUTBOX)
    assert "Could not be sent: the visit has been moved." in card._outcome.text
    button(card, "That suits me").click()
    assert len(wishes(g)) == 2
    assert g.actions.discarded == [wishes(g)[0].id]


def test_a_full_disk_is_said_and_nothing_is_locked(g: Ground, qtbot: QtBot) -> None:
    _, card = shown(g, qtbot)
    g.actions.refuses = StoreError("There is no room on the disk.")
    button(card, "That suits me").click()
    assert "Could not be sent: There is no room on the disk." in card._outcome.text
    assert button(card, "That suits me").isEnabled()


def test_not_there_is_said_with_a_line(g: Ground, qtbot: QtBot) -> None:
    page, card = shown(g, qtbot, with_visit(VISIT))
    button(card, "I'm not there").click()
    (area,) = (a for a in card.findChildren(ComposeArea) if a.isVisible())
    assert area.hasFocus()
    QTest.keyClicks(area, "Back at three")
    send = button(card, "Send")
    send.click()
    send.click()
    assert [(w.kind, w.text, w.about) for w in wishes(g)] == [
        (WishKind.VISIT_NOT_THERE, "Back at three", "v1")
    ]
    say_kept(g)
    page.refresh(OUTBOX)
    assert not area.isVisible()
    assert area.toPlainText() == ""
    said = entry("n", at(21, 13, 50), line("x"), event=EventKind.VISIT_NOT_THERE, actor=YOU)
    g.view.pending = ()
    heard(g, page, VISIT, said)
    assert card._outcome.text == "You said that you will not be there (13:50). IT has it."


def test_setting_off_meanwhile_does_not_stop_not_there(g: Ground, qtbot: QtBot) -> None:
    page, card = shown(g, qtbot)
    button(card, "I'm not there").click()
    heard(g, page, replace(BOOKED, state=VisitState.ON_THE_WAY))
    button(card, "Send").click()
    assert [w.kind for w in wishes(g)] == [WishKind.VISIT_NOT_THERE]


def test_the_place_starts_with_what_is_known_and_is_needed(g: Ground, qtbot: QtBot) -> None:
    _, card = shown(g, qtbot)
    button(card, "Where to find me").click()
    place = next(e for e in card.findChildren(LineEdit) if e.isVisible())
    assert place.text() == "desk 4.112"
    place.clear()
    button(card, "Send").click()
    assert wishes(g) == []
    assert place.accessibleDescription() == "Write where the technician shall come."
    QTest.keyClicks(place, "Building 2, 1.007")
    QTest.keyClick(place, Qt.Key.Key_Return)
    assert [(w.kind, w.place, w.text) for w in wishes(g)] == [
        (WishKind.VISIT_PLACE, "Building 2, 1.007", "Second door behind the lift")
    ]


def test_escape_puts_the_form_away_and_keeps_what_was_typed(g: Ground, qtbot: QtBot) -> None:
    _, card = shown(g, qtbot)
    button(card, "I'm not there").click()
    area = next(a for a in card.findChildren(ComposeArea) if a.isVisible())
    QTest.keyClicks(area, "Back")
    QTest.keyClick(area, Qt.Key.Key_Escape)
    assert not area.isVisible()
    assert button(card, "I'm not there").hasFocus()
    button(card, "I'm not there").click()
    assert area.toPlainText() == "Back"
    assert wishes(g) == []


def test_a_visit_called_off_while_a_form_is_open_is_said(g: Ground, qtbot: QtBot) -> None:
    page, card = shown(g, qtbot)
    button(card, "I'm not there").click()
    off = entry("c", NOW, line("x"), event=EventKind.VISIT_CANCELLED, actor=PRIYA)
    heard(g, page, replace(BOOKED, state=VisitState.CANCELLED), off)
    said = card._panels[WishKind.VISIT_NOT_THERE]._warning.text
    assert said == "The visit was called off meanwhile. Nothing was sent."
    assert "Send" not in offered(card)
    assert wishes(g) == []


def test_a_notice_opens_the_page_at_the_card(g: Ground, qtbot: QtBot) -> None:
    page, card = shown(g, qtbot)
    page.open_at(Act.CONFIRM_VISIT)
    assert button(card, "That suits me").hasFocus()


def test_a_notice_of_a_failed_visit_opens_at_asking_for_a_new_one(g: Ground, qtbot: QtBot) -> None:
    page, card = shown(g, qtbot, with_visit(replace(BOOKED, state=VisitState.FAILED)))
    page.open_at(Act.ANSWER)
    assert button(card, "Ask for a new time").hasFocus()


def test_a_question_besides_a_failed_visit_is_answered_below(g: Ground, qtbot: QtBot) -> None:
    failed = with_visit(replace(BOOKED, state=VisitState.FAILED))
    asked = replace(failed, ticket=replace(failed.ticket, state=TicketState.WAITING_FOR_YOU))
    page, card = shown(g, qtbot, asked)
    page.open_at(Act.ANSWER)
    assert not button(card, "Ask for a new time").hasFocus()
    assert page._composer.isAncestorOf(page.window().focusWidget())


def test_a_notice_of_a_visit_that_is_gone_opens_the_page(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, with_visit(None))
    page.open_at(Act.CONFIRM_VISIT)
    assert not page._composer.isAncestorOf(page.window().focusWidget())
