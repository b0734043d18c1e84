"""Another time for the visit: from the desk's times or one's own, and never for a visit that has moved."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, ground
from tests.ui.samples import at, entry
from tests.ui.tickets.page_hands import button
from tests.ui.tickets.visit_hands import BOOKED, FIRST, SLOTS, TICKET, heard, shown, wishes, with_visit
from tracker.model.change import Change
from tracker.model.command import Delivery, Pending, PostReply
from tracker.model.errors import DeskUnavailable, StoreError
from tracker.model.event import EventKind
from tracker.model.line import line
from tracker.model.ticket import Act
from tracker.model.visit import VisitState
from tracker.model.window import Slot, Window
from tracker.model.wish import WishKind
from tracker.ui.request.compose_area import ComposeArea
from tracker.ui.theme.theme import Theme
from tracker.ui.tickets.visit_card import VisitCard
from tracker.ui.tickets.visit_move import MovePanel
from tracker.ui.widgets.buttons import Button
from tracker.ui.widgets.field import LineEdit

OUTBOX = Change(outbox=True, tickets=frozenset({TICKET}))


@pytest.fixture
def g(theme: Theme) -> Ground:
    return ground(theme)


def panel(card: VisitCard) -> MovePanel:
    return card.findChildren(MovePanel)[0]


def choosing(g: Ground, qtbot: QtBot, slots: tuple[Slot, ...] = SLOTS) -> VisitCard:
    """Open the panel and let the desk offer these times."""
    _, card = shown(g, qtbot)
    button(card, "Another time").click()
    g.actions.slot_questions[-1][1](slots)
    return card


def pill(card: VisitCard, words: str) -> QRadioButton:
    return next(r for r in card.findChildren(QRadioButton) if r.text() == words and r.isVisible())


def type_window(card: VisitCard, day: str, start: str, end: str) -> None:
    edits = [e for e in panel(card)._own.findChildren(LineEdit) if e.isVisible()]
    for edit, text in zip(edits, (day, start, end), strict=True):
        edit.setText(text)


def test_the_desk_is_asked_when_it_opens_and_meanwhile_one_can_write(g: Ground, qtbot: QtBot) -> None:
    _, card = shown(g, qtbot)
    assert g.actions.slot_questions == []
    button(card, "Another time").click()
    assert [ticket for ticket, _ in g.actions.slot_questions] == [TICKET]
    assert panel(card)._said.text().startswith("Asking which times IT offers.")
    assert panel(card)._own.isVisible()


def test_a_time_that_the_desk_offers_is_taken_once(g: Ground, qtbot: QtBot) -> None:
    card = choosing(g, qtbot)
    assert pill(card, "Wed 26 Nov, 09:00–11:00").hasFocus()
    pill(card, "Wed 26 Nov, 13:00–15:00 · Priya Nair").click()
    send = button(card, "Send")
    send.click()
    send.click()
    assert [(w.kind, w.about, w.slot, w.windows) for w in wishes(g)] == [
        (WishKind.VISIT_MOVE, "v1", "s2", (SLOTS[1].window,))
    ]


def test_what_was_chosen_is_said_until_the_desk_has_it(g: Ground, qtbot: QtBot) -> None:
    page, card = shown(g, qtbot)
    page.open_at(Act.MOVE_VISIT)
    g.actions.slot_questions[-1][1](SLOTS)
    button(card, "Send").click()
    g.view.pending = (Pending(wishes(g)[0], Delivery.QUEUED),)
    page.refresh(OUTBOX)
    assert not panel(card).isVisible()
    assert card._outcome.text == "You chose Wed 26 Nov, 09:00–11:00. Sending"
    asked = entry("m", at(21, 13, 50), line("x"), event=EventKind.VISIT_MOVE_ASKED)
    g.view.pending = ()
    heard(g, page, BOOKED, asked, FIRST)
    assert card._outcome.text.startswith("You asked for another time (13:50). IT has it")


def test_a_taken_time_is_said_and_another_can_be_chosen(g: Ground, qtbot: QtBot) -> None:
    page, card = shown(g, qtbot)
    button(card, "Another time").click()
    g.actions.slot_questions[-1][1](SLOTS)
    button(card, "Send").click()
    g.view.pending = (Pending(wishes(g)[0], Delivery.REJECTED, error="this time is taken"),)
    page.refresh(OUTBOX)
    assert "Could not be sent: this time is taken." in card._outcome.text
    button(card, "Another time").click()
    assert len(g.actions.slot_questions) == 2


def test_a_time_of_ones_own_with_a_line(g: Ground, qtbot: QtBot) -> None:
    card = choosing(g, qtbot)
    pill(card, "Another time").click()
    type_window(card, "27/11/2025", "9:00", "12:00")
    area = next(a for a in panel(card).findChildren(ComposeArea) if a.isVisible())
    QTest.keyClicks(area, "I am on leave before")
    QTest.keyClick(area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [(w.slot, w.windows, w.text) for w in wishes(g)] == [
        ("", (Window(at(27, 9), at(27, 12)),), "I am on leave before")
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("", "", ""), "Write a day and from when until when."),
        (("27/11/2025", "12:00", "9:00"), "This ends before it starts. Write a later time here."),
        (("20/11/2025", "9:00", "10:00"), "This time is over. Choose one that is still to come."),
        (("someday", "9:00", "10:00"), "Write the date like 21/11/2025."),
    ],
)
def test_a_time_that_cannot_be_is_said_and_not_sent(
    typed: tuple[str, str, str], said: str, g: Ground, qtbot: QtBot
) -> None:
    card = choosing(g, qtbot, ())
    type_window(card, *typed)
    button(card, "Send").click()
    assert wishes(g) == []
    assert said in (panel(card)._warning.text, panel(card)._own._wrong.text())


def test_without_times_of_the_desk_there_is_the_wish(g: Ground, qtbot: QtBot) -> None:
    card = choosing(
        g, qtbot, (Slot("old", Window(at(20, 9), at(20, 11))), Slot("bad", Window(at(26, 9), at(26, 9))))
    )
    assert panel(card)._said.text() == "IT offers no times by itself. Write when it would suit you."
    assert panel(card)._own.isVisible()


def test_offline_it_says_why_and_can_ask_again(g: Ground, qtbot: QtBot) -> None:
    _, card = shown(g, qtbot)
    button(card, "Another time").click()
    g.actions.slot_questions[-1][1](DeskUnavailable("The service desk cannot be reached."))
    assert "The service desk cannot be reached." in panel(card)._said.text()
    assert panel(card)._own.isVisible()
    button(card, "Ask for the times again").click()
    g.actions.slot_questions[-1][1](SLOTS)
    assert pill(card, "Wed 26 Nov, 09:00–11:00").isChecked()


def test_times_that_come_while_one_types_take_nothing_away(g: Ground, qtbot: QtBot) -> None:
    _, card = shown(g, qtbot)
    button(card, "Another time").click()
    type_window(card, "27/11/2025", "9", "")
    g.actions.slot_questions[-1][1](SLOTS)
    assert pill(card, "Another time").isChecked()
    assert panel(card)._own.isVisible()


def test_an_answer_after_the_panel_was_put_away_changes_nothing(g: Ground, qtbot: QtBot) -> None:
    _, card = shown(g, qtbot)
    button(card, "Another time").click()
    button(card, "Cancel").click()
    g.actions.slot_questions[-1][1](SLOTS)
    assert not panel(card).isVisible()


def test_a_visit_that_moves_meanwhile_is_said_and_nothing_is_sent(g: Ground, qtbot: QtBot) -> None:
    page, card = shown(g, qtbot)
    button(card, "Another time").click()
    g.actions.slot_questions[-1][1](SLOTS)
    moved = replace(BOOKED, starts=at(27, 10), ends=at(27, 12))
    heard(g, page, moved)
    assert panel(card)._warning.text == (
        "The visit was moved meanwhile: it is now Thu 27 Nov, 10:00–12:00. Nothing was sent for the old time."
    )
    panel(card).send()
    assert wishes(g) == []
    button(card, "Go on with the new time").click()
    assert len(g.actions.slot_questions) == 2
    g.actions.slot_questions[-1][1](SLOTS)
    button(card, "Send").click()
    assert [(w.slot, w.seen) for w in wishes(g)] == [("s1", at(27, 10))]


def test_a_technician_who_sets_off_meanwhile_ends_it(g: Ground, qtbot: QtBot) -> None:
    page, card = shown(g, qtbot)
    button(card, "Another time").click()
    heard(g, page, replace(BOOKED, state=VisitState.ON_THE_WAY))
    assert panel(card)._warning.text.startswith("The technician has set off meanwhile. Nothing was sent")
    panel(card).send()
    assert wishes(g) == []
    assert "Send" not in [b.text() for b in panel(card).findChildren(Button) if b.isVisible()]


def test_a_time_that_passed_while_the_panel_was_open_is_not_sent(g: Ground, qtbot: QtBot) -> None:
    card = choosing(g, qtbot)
    g.clock.go_on(timedelta(days=10))
    button(card, "Send").click()
    assert wishes(g) == []
    assert panel(card)._warning.text == "This time has passed meanwhile. Choose another one."


def test_after_a_failed_visit_the_wish_goes_as_a_message(g: Ground, qtbot: QtBot) -> None:
    failed = with_visit(replace(BOOKED, state=VisitState.FAILED), FIRST)
    _, card = shown(g, qtbot, failed)
    button(card, "Ask for a new time").click()
    assert g.actions.slot_questions == []
    type_window(card, "27/11/2025", "9:00", "12:00")
    g.actions.refuses = StoreError("There is no room on the disk.")
    button(card, "Send").click()
    assert panel(card)._warning.text == "There is no room on the disk."
    g.actions.refuses = None
    button(card, "Send").click()
    (reply,) = g.actions.submitted
    assert isinstance(reply, PostReply)
    said = "Please book a new visit. This would suit me: Thu 27 Nov, 09:00–12:00 (Europe/Berlin)"
    assert reply.text == said
    assert not panel(card).isVisible()
