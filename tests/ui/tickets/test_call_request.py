"""Asking for a call: when, on which number, by keyboard, once, and nothing typed is lost."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, ground
from tests.ui.samples import at
from tests.ui.tickets.card_hands import card, offered, outbox_holds, press_twice, shows, wishes
from tests.ui.tickets.card_samples import BOOKED, MISSED, WINDOWS, called
from tests.ui.tickets.page_hands import button, opened
from tracker.model.call import CallState
from tracker.model.change import Change
from tracker.model.command import Delivery
from tracker.model.draft import Draft
from tracker.model.errors import StoreError
from tracker.model.ticket import Act
from tracker.model.window import Window
from tracker.model.wish import WishKind
from tracker.ui.request.compose_area import ComposeArea
from tracker.ui.theme.theme import Theme
from tracker.ui.tickets.call_card import CallCard
from tracker.ui.tickets.call_request import PHONE, CallRequestCard
from tracker.ui.tickets.ticket_page import TicketPage
from tracker.ui.tickets.typed_window import TypedWindow
from tracker.ui.widgets.check import Check
from tracker.ui.widgets.field import LineEdit
from tracker.ui.widgets.text import Text


@pytest.fixture
def g(theme: Theme) -> Ground:
    return ground(theme)


@pytest.fixture
def page(g: Ground, qtbot: QtBot) -> TicketPage:
    made = opened(g, qtbot, MISSED)
    made.open_at(Act.ASK_FOR_CALL)
    return made


def form(page: TicketPage) -> CallRequestCard:
    return card(page, CallRequestCard)


def field(page: TicketPage, name: str) -> LineEdit:
    named = [line for line in form(page).findChildren(LineEdit) if line.accessibleName() == name]
    return [line for line in named if line.isVisible()][-1]


def tick(page: TicketPage, at_place: int) -> None:
    form(page).findChildren(Check)[at_place].box.click()


def said_wrong(page: TicketPage) -> list[str]:
    shown: Sequence[Text] = form(page).findChildren(Text)
    return [text.text() for text in shown if text.isVisible() and text.property("ink") == "late"]


def write_time(page: TicketPage, day: str, starts: str, ends: str) -> None:
    button(form(page), "Write another time").click()
    for name, words in (("Day", day), ("From", starts), ("Until", ends)):
        field(page, name).setText(words)


def test_times_are_proposed_from_the_desks_hours(page: TicketPage) -> None:
    assert [check.box.accessibleName() for check in form(page).findChildren(Check)] == [
        "Today, 14:30–16:30",
        "Mon 24 Nov, 09:00–11:00",
        "Mon 24 Nov, 13:00–15:00",
        "Tue 25 Nov, 09:00–11:00",
    ]


def test_a_call_is_asked_for_once(page: TicketPage, g: Ground) -> None:
    tick(page, 1)
    tick(page, 0)
    field(page, "Your number").setText("+49 30  123456")
    form(page).findChildren(ComposeArea)[0].setPlainText("It is the shared one ")
    press_twice(page, "Ask for the call")
    (wish,) = wishes(g)
    assert (wish.kind, wish.phone, wish.text) == (WishKind.CALL, "+49 30 123456", "It is the shared one")
    assert wish.windows == (Window(at(21, 14, 30), at(21, 16, 30)), Window(at(24, 9), at(24, 11)))


def test_it_can_be_done_with_the_keyboard_alone(page: TicketPage, g: Ground) -> None:
    def press(key: Qt.Key) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)

    press(Qt.Key.Key_Space)  # the keyboard is on the first time
    for _ in range(5):
        press(Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Your number"
    QTest.keyClicks(focused, "4711")
    press(Qt.Key.Key_Return)
    assert [(wish.phone, len(wish.windows)) for wish in wishes(g)] == [("4711", 1)]


def test_the_number_is_remembered_on_this_computer(page: TicketPage, g: Ground, qtbot: QtBot) -> None:
    tick(page, 0)
    field(page, "Your number").setText("4711")
    button(page, "Ask for the call").click()
    assert g.view.drafts[PHONE].text == "4711"
    again = opened(g, qtbot, replace(MISSED, ticket=BOOKED.ticket))
    again.open_at(Act.ASK_FOR_CALL)
    assert field(again, "Your number").text() == "4711"


def test_what_is_missing_is_said_where_it_is_missing(page: TicketPage, g: Ground) -> None:
    button(page, "Ask for the call").click()
    assert said_wrong(page) == [
        "Choose at least one time when you are free.",
        "Write the number to call.",
    ]
    tick(page, 0)
    assert said_wrong(page) == []
    assert wishes(g) == []


def test_words_are_no_number(page: TicketPage, g: Ground) -> None:
    tick(page, 0)
    field(page, "Your number").setText("my desk")
    button(page, "Ask for the call").click()
    assert said_wrong(page) == ["This is not a telephone number. Write digits, such as +49 30 123456."]
    assert field(page, "Your number").hasFocus()
    assert wishes(g) == []


def test_three_times_are_enough(page: TicketPage, g: Ground) -> None:
    for place in range(4):
        tick(page, place)
    field(page, "Your number").setText("4711")
    button(page, "Ask for the call").click()
    assert said_wrong(page) == ["Choose three times at most."]
    assert wishes(g) == []


def test_a_time_of_ones_own_is_typed(page: TicketPage, g: Ground) -> None:
    write_time(page, "26/11/2025", "8", "9:30")
    field(page, "Your number").setText("4711")
    button(page, "Ask for the call").click()
    assert wishes(g)[0].windows == (Window(at(26, 8), at(26, 9, 30)),)


@pytest.mark.parametrize(
    ("day", "starts", "ends", "sentence"),
    [
        ("26/11/2025", "10:00", "09:00", "This ends before it starts. Write a later time here."),
        ("26/11/2025", "10:00", "10:00", "This ends before it starts. Write a later time here."),
        ("21/11/2025", "10:00", "11:00", "This time is over. Choose one that is still to come."),
        ("26/11/2025", "ten", "11:00", "Write the time like 13:50."),
        ("26/11/2025", "10:00", "", "Write the time like 13:50."),
        ("", "10:00", "11:00", "Write or choose the day."),
        ("tomorrow", "10:00", "11:00", "Write the date like 21/11/2025."),
    ],
)
def test_a_time_that_cannot_be_is_said_plainly(
    day: str, starts: str, ends: str, sentence: str, page: TicketPage, g: Ground
) -> None:
    write_time(page, day, starts, ends)
    field(page, "Your number").setText("4711")
    button(page, "Ask for the call").click()
    assert said_wrong(page) == [sentence]
    assert card(page, TypedWindow).findChildren(LineEdit)[0].accessibleDescription() == sentence
    assert wishes(g) == []


def test_an_empty_line_for_a_time_is_no_mistake(page: TicketPage, g: Ground) -> None:
    button(form(page), "Write another time").click()
    tick(page, 0)
    field(page, "Your number").setText("4711")
    button(page, "Ask for the call").click()
    assert len(wishes(g)) == 1


def test_a_time_that_has_passed_while_the_form_was_open_is_said(page: TicketPage, g: Ground) -> None:
    tick(page, 0)
    field(page, "Your number").setText("4711")
    g.clock.go_on(timedelta(hours=3))
    button(page, "Ask for the call").click()
    assert said_wrong(page) == ["One of these times is over by now. Choose another."]
    assert wishes(g) == []


def test_once_the_outbox_has_it_the_form_goes_and_the_call_is_shown(
    page: TicketPage, g: Ground, qtbot: QtBot
) -> None:
    tick(page, 0)
    field(page, "Your number").setText("4711")
    form(page).findChildren(ComposeArea)[0].setPlainText("It is the shared one")
    qtbot.waitUntil(lambda: f"{MISSED.ticket.id}/call" in g.view.drafts)
    button(page, "Ask for the call").click()
    outbox_holds(g, page, MISSED)
    assert not shows(page, CallRequestCard)
    assert f"{MISSED.ticket.id}/call" not in g.view.drafts
    assert card(page, CallCard).accessibleName() == (
        "You asked for a call. You are free: Today, 14:30–16:30. On 4711."
    )
    assert card(page, CallCard).outcome == "Sending"


def test_a_refused_call_can_be_asked_for_again_with_what_was_filled_in(page: TicketPage, g: Ground) -> None:
    tick(page, 1)
    field(page, "Your number").setText("4711")
    form(page).findChildren(ComposeArea)[0].setPlainText("It is the shared one")
    button(page, "Ask for the call").click()
    outbox_holds(g, page, MISSED, Delivery.REJECTED, "nobody is there then")
    assert card(page, CallCard).outcome == "Could not be sent: nobody is there then."
    button(page, "Choose other times").click()
    assert field(page, "Your number").text() == "4711"
    assert form(page).findChildren(ComposeArea)[0].toPlainText() == "It is the shared one"
    assert [check.ticked for check in form(page).findChildren(Check) if check.isVisible()].count(True) == 1


def test_a_full_disk_keeps_the_form_as_it_is(page: TicketPage, g: Ground) -> None:
    tick(page, 0)
    field(page, "Your number").setText("4711")
    g.actions.refuses = StoreError("There is no room on the disk.")
    button(page, "Ask for the call").click()
    assert form(page).outcome == "There is no room on the disk."
    g.actions.refuses = None
    button(page, "Ask for the call").click()
    assert len(wishes(g)) == 1


def test_what_was_typed_is_there_when_the_page_is_opened_again(
    page: TicketPage, g: Ground, qtbot: QtBot
) -> None:
    form(page).findChildren(ComposeArea)[0].setPlainText("It is the shared one")
    button(form(page), "Cancel").click()
    assert not shows(page, CallRequestCard)
    again = opened(g, qtbot, MISSED)
    again.open_at(Act.ASK_FOR_CALL)
    assert form(again).findChildren(ComposeArea)[0].toPlainText() == "It is the shared one"


def test_escape_puts_it_away(page: TicketPage) -> None:
    QTest.keyClick(field(page, "Your number"), Qt.Key.Key_Escape)
    assert not shows(page, CallRequestCard)


def test_the_times_of_a_missed_call_are_offered_again_as_far_as_they_are_to_come(
    g: Ground, qtbot: QtBot
) -> None:
    g.view.drafts[PHONE] = Draft(PHONE, "4711")
    missed = called(CallState.MISSED, overlay=True, windows=(Window(at(20, 9), at(20, 10)), *WINDOWS))
    page = opened(g, qtbot, missed)
    button(page, "Choose other times").click()
    ticked = [c.box.accessibleName() for c in form(page).findChildren(Check) if c.ticked]
    assert ticked == ["Today, 15:00–17:00", "Mon 24 Nov, 09:00–11:00"]


def test_the_pages_own_actions_offer_it_unless_one_is_being_asked_for(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, MISSED)
    button(page, "Ask to be called back").click()
    assert shows(page, CallRequestCard)
    assert "Ask to be called back" not in offered(page)


def test_a_desk_that_takes_no_calls_offers_none(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, replace(MISSED, you_can=(Act.ASK_FOR_NEWS, Act.REPLY)))
    page.open_at(Act.ASK_FOR_CALL)
    assert not shows(page, CallRequestCard)


def test_opening_it_again_keeps_what_is_filled_in(page: TicketPage) -> None:
    tick(page, 0)
    page.open_at(Act.ASK_FOR_CALL)
    assert [check.ticked for check in form(page).findChildren(Check)] == [True, False, False, False]


def test_it_goes_when_a_call_can_not_be_asked_for_any_more(page: TicketPage, g: Ground) -> None:
    g.view.put(MISSED, you_can=(Act.REPLY,))
    page.refresh(Change(tickets=frozenset({MISSED.ticket.id})))
    assert not shows(page, CallRequestCard)


def test_where_a_call_is_booked_already_the_keyboard_is_put_on_it(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, BOOKED)
    page.open_at(Act.ASK_FOR_CALL)
    assert button(page, "I don't need the call any more").hasFocus()
