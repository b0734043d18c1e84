"""Opening and answering from the list, by mouse, keyboard and menu."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, ground, on_screen
from tests.ui.samples import ACCESS, DOCK, PRINTER
from tests.ui.tickets.list_hands import button_in_card, click, is_laid_out, search, table
from tracker.model.change import Change
from tracker.model.command import ConfirmFixed
from tracker.model.ticket import Act
from tracker.ui.theme.theme import Theme
from tracker.ui.tickets.list_page import MyRequestsPage


@pytest.fixture
def g(theme: Theme) -> Ground:
    return ground(theme)


@pytest.fixture
def page(g: Ground, qtbot: QtBot) -> MyRequestsPage:
    made = MyRequestsPage(g.context)
    on_screen(made, qtbot)
    qtbot.waitUntil(lambda: is_laid_out(made))
    return made


def test_a_click_opens_a_request(page: MyRequestsPage, qtbot: QtBot) -> None:
    view = table(page)
    place = view.visualRect(page._model.index(page._model.find(DOCK.ticket.id))).center()
    with qtbot.waitSignal(page.opened) as told:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [DOCK.ticket.id]


def test_yes_it_works_is_sent_from_the_card(page: MyRequestsPage, g: Ground) -> None:
    click(page, PRINTER.ticket.id, Act.CONFIRM)
    assert [(type(c), getattr(c, "ticket", None)) for c in g.actions.submitted] == [
        (ConfirmFixed, PRINTER.ticket.id)
    ]


def test_a_double_click_answers_once_and_opens_nothing(page: MyRequestsPage, g: Ground, qtbot: QtBot) -> None:
    point = button_in_card(page, PRINTER.ticket.id, Act.CONFIRM)
    with qtbot.assertNotEmitted(page.opened):
        for _ in range(2):
            QTest.mouseClick(table(page).viewport(), Qt.MouseButton.LeftButton, pos=point)
            QTest.mouseDClick(table(page).viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert len(g.actions.submitted) == 1


def test_letting_go_elsewhere_presses_nothing(page: MyRequestsPage, g: Ground) -> None:
    viewport = table(page).viewport()
    QTest.mousePress(
        viewport, Qt.MouseButton.LeftButton, pos=button_in_card(page, PRINTER.ticket.id, Act.CONFIRM)
    )
    QTest.mouseRelease(
        viewport, Qt.MouseButton.LeftButton, pos=button_in_card(page, PRINTER.ticket.id, Act.NOT_FIXED)
    )
    assert g.actions.submitted == []


def test_not_fixed_opens_the_page_for_the_one_line(page: MyRequestsPage, g: Ground, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.not_fixed_asked) as told:
        click(page, PRINTER.ticket.id, Act.NOT_FIXED)
    assert told.args == [PRINTER.ticket.id]
    assert g.actions.submitted == []


def test_everything_by_keyboard(page: MyRequestsPage, g: Ground, qtbot: QtBot) -> None:
    search(page).setFocus()
    QTest.keyClick(search(page), Qt.Key.Key_Down)
    view = table(page)
    assert view.hasFocus()
    with qtbot.waitSignal(page.opened) as told:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert told.args == [ACCESS.ticket.id]
    for _ in range(page._model.find(PRINTER.ticket.id)):
        QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Right)
    with qtbot.waitSignal(page.not_fixed_asked):
        QTest.keyClick(view, Qt.Key.Key_Space)
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert [type(c) for c in g.actions.submitted] == [ConfirmFixed]


def test_the_menu_of_a_card_offers_the_same(page: MyRequestsPage, g: Ground) -> None:
    look = page._model.look(page._model.find(PRINTER.ticket.id))
    assert look is not None
    menu = table(page).menu_for(look)
    words = [action.text() for action in menu.actions()]
    mute, copy = "Mute: no notices of this", "Copy the number INC-20371"
    assert words == ["Open", "Not fixed", "Yes, it works", mute, copy]
    menu.actions()[2].trigger()
    menu.close()
    assert [type(c) for c in g.actions.submitted] == [ConfirmFixed]


def test_an_answer_that_failed_can_be_given_again(page: MyRequestsPage, g: Ground) -> None:
    click(page, PRINTER.ticket.id, Act.CONFIRM)
    page.refresh(Change(outbox=True))
    click(page, PRINTER.ticket.id, Act.CONFIRM)
    assert len(g.actions.submitted) == 2
