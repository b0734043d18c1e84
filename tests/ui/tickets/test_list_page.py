"""My requests: finding, filtering, opening and answering, as a person does it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, ground, on_screen
from tests.ui.samples import ACCESS, DOCK, LAPTOP, NOW, PRINTER, REQUESTS
from tracker.model.change import Change
from tracker.model.command import ConfirmFixed
from tracker.model.errors import StoreError
from tracker.model.health import Condition, Health
from tracker.model.line import line
from tracker.model.listing import Filter
from tracker.model.ticket import Act, TicketId
from tracker.ui.theme.theme import Theme
from tracker.ui.tickets.card_look import CardLook
from tracker.ui.tickets.card_table import CardTable
from tracker.ui.tickets.list_page import MyRequestsPage
from tracker.ui.tickets.nothing import NothingToList
from tracker.ui.widgets.buttons import Button
from tracker.ui.widgets.empty import EmptyState
from tracker.ui.widgets.field import SearchField


@pytest.fixture
def g(theme: Theme) -> Ground:
    return ground(theme)


@pytest.fixture
def page(g: Ground, qtbot: QtBot) -> MyRequestsPage:
    made = MyRequestsPage(g.context)
    on_screen(made, qtbot)
    qtbot.waitUntil(lambda: is_laid_out(made))
    return made


def is_laid_out(page: MyRequestsPage) -> bool:
    view = table(page)
    width = view.viewport().width()
    height = view._delegate.layout.row_height(width)
    header = view.verticalHeader()
    reach = header.length() - view.viewport().height()
    return header.defaultSectionSize() == height and view.verticalScrollBar().maximum() == max(reach, 0)


def table(page: MyRequestsPage) -> CardTable:
    return page.findChildren(CardTable)[0]


def looks(page: MyRequestsPage) -> list[CardLook]:
    model = page._model
    return [look for at in range(model.rowCount()) if (look := model.look(at)) is not None]


def numbers(page: MyRequestsPage) -> list[str]:
    return [look.number or look.chip for look in looks(page)]


def search(page: MyRequestsPage) -> SearchField:
    return page.findChildren(SearchField)[0]


def empty_words(page: MyRequestsPage) -> str:
    state = next((s for s in page.findChildren(EmptyState) if s.isVisible()), None)
    return state.accessibleName() if state is not None else ""


def button_in_card(page: MyRequestsPage, ticket: TicketId, act: Act) -> object:
    view = table(page)
    row = page._model.find(ticket)
    index = page._model.index(row)
    view.scrollTo(index)
    look = page._model.look(row)
    assert look is not None
    places = view._delegate.layout.places(view.visualRect(index), look, view.layoutDirection())
    return next(rect for one, rect in places.buttons if one is act).center()


def click(page: MyRequestsPage, ticket: TicketId, act: Act) -> None:
    point = button_in_card(page, ticket, act)
    QTest.mouseClick(table(page).viewport(), Qt.MouseButton.LeftButton, pos=point)


def test_the_list_shows_what_the_view_gives_in_its_order(page: MyRequestsPage) -> None:
    assert numbers(page) == [
        "REQ-8810",
        "Could not be sent",
        "INC-20417",
        "INC-20391",
        "REQ-8794",
        "INC-20371",
        "Not sent yet",
    ]


def test_the_chips_say_how_many_there_are(page: MyRequestsPage) -> None:
    assert [b.text() for b in page.findChildren(QRadioButton)] == [
        "Open 7",
        "Waiting for me 1",
        "Fixed 1",
        "All 7",
    ]


def test_a_chip_shows_its_requests(page: MyRequestsPage) -> None:
    next(b for b in page.findChildren(QRadioButton) if b.text().startswith("Fixed")).click()
    assert numbers(page) == ["INC-20371"]


def test_ten_thousand_requests_cost_a_screenful(theme: Theme, qtbot: QtBot) -> None:
    many = [
        replace(LAPTOP, ticket=replace(LAPTOP.ticket, id=TicketId(str(at)), number=f"REQ-{at}"))
        for at in range(10_000)
    ]
    g = ground(theme, tracks=many)
    page = MyRequestsPage(g.context)
    on_screen(page, qtbot)
    qtbot.waitUntil(lambda: g.view.tracks_read > 0)
    table(page).viewport().repaint()
    assert page._model.rowCount() == 10_000
    assert g.view.tracks_read <= 80


def test_typing_searches_everything_and_escape_clears(page: MyRequestsPage, g: Ground, qtbot: QtBot) -> None:
    page.show_filter(Filter.WAITING_FOR_ME)
    search(page).setFocus()
    QTest.keyClicks(search(page), "printer")
    qtbot.waitUntil(lambda: numbers(page) == ["INC-20371"])
    assert page._chips.choice is Filter.ALL
    QTest.keyClick(search(page), Qt.Key.Key_Escape)
    assert search(page).text() == ""
    assert page._chips.choice is Filter.WAITING_FOR_ME
    assert numbers(page) == ["REQ-8810"]


def test_a_chip_narrows_a_search(page: MyRequestsPage, qtbot: QtBot) -> None:
    QTest.keyClicks(search(page), "INC")
    QTest.keyClick(search(page), Qt.Key.Key_Return)
    assert len(numbers(page)) == 3
    next(b for b in page.findChildren(QRadioButton) if b.text().startswith("Fixed")).click()
    assert numbers(page) == ["INC-20371"]


def test_no_match_says_so_and_offers_the_way_back(page: MyRequestsPage, qtbot: QtBot) -> None:
    QTest.keyClicks(search(page), "xyzzy")
    QTest.keyClick(search(page), Qt.Key.Key_Return)
    assert empty_words(page).startswith("Nothing matches “xyzzy”")
    next(b for b in page.findChildren(Button) if b.text() == "Clear the search").click()
    assert len(numbers(page)) == 7


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
    assert words == ["Open", "Not fixed", "Yes, it works", "Copy the number INC-20371"]
    menu.actions()[2].trigger()
    menu.close()
    assert [type(c) for c in g.actions.submitted] == [ConfirmFixed]


def test_news_of_one_request_reads_that_one_again(page: MyRequestsPage, g: Ground) -> None:
    looks(page)
    before = g.view.tracks_read
    g.view.put(DOCK, now=line("Priya is with you"))
    page.refresh(Change(tickets=frozenset({DOCK.ticket.id})))
    assert "Priya is with you" in [look.now for look in looks(page)]
    assert g.view.tracks_read == before + 1


def test_news_keeps_the_place_and_the_choice(page: MyRequestsPage, g: Ground) -> None:
    view = table(page)
    at = page._model.find(LAPTOP.ticket.id)
    view.selectRow(at)
    new = replace(DOCK, ticket=replace(DOCK.ticket, id=TicketId("new"), number="INC-1"))
    g.view.by_id = {new.ticket.id: new} | g.view.by_id
    page.refresh(Change(tickets=frozenset({new.ticket.id})))
    assert numbers(page)[0] == "INC-1"
    assert page._model.row(view.currentIndex().row()) == LAPTOP.ticket.id


def test_a_hidden_page_reads_nothing_until_it_is_seen(page: MyRequestsPage, g: Ground) -> None:
    page.hide()
    before = g.view.tracks_read
    g.view.by_id.pop(DOCK.ticket.id)
    page.refresh(Change(tickets=frozenset({DOCK.ticket.id})))
    assert g.view.tracks_read == before
    page.show()
    assert "INC-20417" not in numbers(page)


def test_an_answer_that_failed_can_be_given_again(page: MyRequestsPage, g: Ground) -> None:
    click(page, PRINTER.ticket.id, Act.CONFIRM)
    page.refresh(Change(outbox=True))
    click(page, PRINTER.ticket.id, Act.CONFIRM)
    assert len(g.actions.submitted) == 2


@pytest.mark.parametrize(
    ("health", "said"),
    [
        (Health(Condition.SYNCING), "Getting your requests"),
        (Health(Condition.OK, NOW), "No open requests"),
        (Health(Condition.OFFLINE, None, "The desk cannot be reached."), "The desk cannot be reached"),
        (Health(Condition.SIGN_IN_NEEDED, None, "Sign in again."), "Sign in again"),
    ],
)
def test_an_empty_list_says_why(health: Health, said: str, theme: Theme, qtbot: QtBot) -> None:
    page = MyRequestsPage(ground(theme, tracks=()).context)
    page.show_health(health)
    on_screen(page, qtbot)
    assert said in empty_words(page)


def test_a_stale_list_says_as_of_when(page: MyRequestsPage) -> None:
    page.show_health(Health(Condition.OFFLINE, NOW, "The service desk cannot be reached."))
    assert page._as_of.text() == "The service desk cannot be reached. As of 13:50."
    assert page._as_of.isVisible()
    page.show_health(Health(Condition.OK, NOW))
    assert not page._as_of.isVisible()


def test_a_damaged_file_is_said_plainly(page: MyRequestsPage, g: Ground) -> None:
    g.view.failure = StoreError("The file on this computer cannot be read.")
    page.refresh(Change(everything=True))
    assert "The file on this computer cannot be read" in empty_words(page)
    g.view.failure = None
    page.refresh(Change(everything=True))
    assert len(numbers(page)) == len(REQUESTS)


def test_new_request_is_one_press_away(page: MyRequestsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.new_request_asked):
        next(b for b in page.findChildren(Button) if b.text() == "New request").click()


def test_an_empty_list_offers_a_new_request(theme: Theme, qtbot: QtBot) -> None:
    page = MyRequestsPage(ground(theme, tracks=()).context)
    page.show_health(Health(Condition.OK, NOW))
    on_screen(page, qtbot)
    nothing = page.findChildren(NothingToList)[0]
    with qtbot.waitSignal(page.new_request_asked):
        next(b for b in nothing.findChildren(Button) if b.isVisible()).click()
