"""After the fix: yes, or not yet with one line, once, and nothing of it lost."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, ground
from tests.ui.samples import NOW, PRINTER
from tests.ui.tickets.page_hands import button, opened
from tracker.model.change import Change
from tracker.model.command import CommandId, ConfirmFixed, Delivery, Pending, SayNotFixed
from tracker.model.errors import StoreError
from tracker.model.stage import Stage
from tracker.model.ticket import Act, TicketState
from tracker.ui.request.compose_area import ComposeArea
from tracker.ui.theme.theme import Theme
from tracker.ui.tickets.closing_card import ClosingCard
from tracker.ui.tickets.ticket_page import TicketPage
from tracker.ui.widgets.field import Field

ANSWERED = Change(outbox=True, tickets=frozenset({PRINTER.ticket.id}))


@pytest.fixture
def g(theme: Theme) -> Ground:
    return ground(theme)


@pytest.fixture
def page(g: Ground, qtbot: QtBot) -> TicketPage:
    return opened(g, qtbot, PRINTER)


def card(page: TicketPage) -> ClosingCard:
    return page.findChildren(ClosingCard)[0]


def line_field(page: TicketPage) -> ComposeArea:
    return card(page).findChildren(ComposeArea)[0]


def kinds(g: Ground) -> list[type]:
    return [type(command) for command in g.actions.submitted]


def test_the_card_asks_and_counts_down(page: TicketPage) -> None:
    assert card(page).accessibleName() == "We think it is fixed. Does it work?"
    assert card(page)._when.text == "It closes by itself in 4 days, on Tue 25 Nov, 17:00, unless you say no."


def test_yes_is_sent_once(page: TicketPage, g: Ground) -> None:
    yes = button(page, "Yes, it works")
    yes.click()
    yes.click()
    assert kinds(g) == [ConfirmFixed]
    assert not yes.isEnabled()


def test_an_answer_on_its_way_is_not_asked_for(page: TicketPage, g: Ground) -> None:
    button(page, "Yes, it works").click()
    g.view.pending = (Pending(g.actions.submitted[0], Delivery.QUEUED),)
    page.refresh(ANSWERED)
    assert not card(page).isVisible()


def test_a_refused_answer_is_asked_for_again(page: TicketPage, g: Ground) -> None:
    button(page, "Yes, it works").click()
    g.view.pending = (Pending(g.actions.submitted[0], Delivery.REJECTED, error="no"),)
    page.refresh(ANSWERED)
    button(page, "Yes, it works").click()
    assert kinds(g) == [ConfirmFixed] * 2


def test_not_yet_needs_one_line(page: TicketPage, g: Ground) -> None:
    button(page, "Not yet").click()
    send = next(b for b in card(page).findChildren(type(button(page, "Cancel"))) if b.text() == "Send")
    send.click()
    assert g.actions.submitted == []
    assert card(page).findChildren(Field)[0].error == "Write one line about what does not work."
    QTest.keyClicks(line_field(page), "Still blank pages")
    assert card(page).findChildren(Field)[0].error == ""
    send.click()
    send.click()
    assert [(c.ticket, c.text) for c in g.actions.submitted if isinstance(c, SayNotFixed)] == [
        (PRINTER.ticket.id, "Still blank pages")
    ]


def test_the_page_can_open_at_the_field(page: TicketPage, g: Ground) -> None:
    page.open_at(Act.NOT_FIXED)
    assert line_field(page).hasFocus()
    QTest.keyClicks(line_field(page), "Still blank")
    QTest.keyClick(line_field(page), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert kinds(g) == [SayNotFixed]


def test_the_line_stays_until_the_outbox_has_it(page: TicketPage, g: Ground, qtbot: QtBot) -> None:
    page.open_at(Act.NOT_FIXED)
    QTest.keyClicks(line_field(page), "Still blank")
    QTest.keyClick(line_field(page), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert line_field(page).toPlainText() == "Still blank"
    page.refresh(ANSWERED)
    assert line_field(page).toPlainText() == ""
    qtbot.wait_until(lambda: g.view.drafts == {})


def test_the_line_is_a_draft_within_a_second(page: TicketPage, g: Ground, qtbot: QtBot) -> None:
    page.open_at(Act.NOT_FIXED)
    QTest.keyClicks(line_field(page), "Still")
    qtbot.waitUntil(lambda: [d.text for d in g.actions.saved] == ["Still"], timeout=1_000)
    again = opened(g, qtbot, PRINTER)
    again.open_at(Act.NOT_FIXED)
    assert line_field(again).toPlainText() == "Still"


def test_a_full_disk_is_said_and_the_line_stays(page: TicketPage, g: Ground) -> None:
    g.actions.refuses = StoreError("There is no room on the disk.")
    page.open_at(Act.NOT_FIXED)
    QTest.keyClicks(line_field(page), "Still blank")
    QTest.keyClick(line_field(page), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert card(page)._when.text == "There is no room on the disk."
    assert line_field(page).toPlainText() == "Still blank"


def test_a_closed_request_can_still_be_said_not_to_be_fixed(g: Ground, qtbot: QtBot) -> None:
    closed = replace(
        PRINTER,
        stage=Stage.DONE,
        ticket=replace(PRINTER.ticket, state=TicketState.CLOSED),
        you_can=(Act.NOT_FIXED,),
    )
    page = opened(g, qtbot, closed)
    assert button(page, "It is not fixed").isVisible()
    page.open_at(Act.NOT_FIXED)
    assert line_field(page).hasFocus()


def test_the_keyboard_can_be_put_on_yes(page: TicketPage) -> None:
    page.open_at(Act.CONFIRM)
    assert button(page, "Yes, it works").hasFocus()


def test_somebody_elses_answer_is_no_reason_to_ask_no_more(page: TicketPage, g: Ground) -> None:
    other = ConfirmFixed(CommandId("x"), NOW, PRINTER.ticket.id.__class__("other"))
    g.view.pending = (Pending(other, Delivery.QUEUED),)
    page.refresh(ANSWERED)
    assert card(page).isVisible()
