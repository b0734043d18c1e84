"""My requests: finding, filtering, opening and answering, as a person does it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, ground, on_screen
from tests.ui.samples import DOCK, LAPTOP, NOW, REQUESTS
from tests.ui.tickets.list_hands import (
    empty_words,
    is_laid_out,
    looks,
    numbers,
    search,
    table,
)
from tracker.model.change import Change
from tracker.model.errors import StoreError
from tracker.model.health import Condition, Health
from tracker.model.line import line
from tracker.model.listing import Filter
from tracker.model.ticket import TicketId
from tracker.ui.theme.theme import Theme
from tracker.ui.tickets.list_page import MyRequestsPage
from tracker.ui.tickets.nothing import NothingToList
from tracker.ui.widgets.buttons import Button


@pytest.fixture
def g(theme: Theme) -> Ground:
    return ground(theme)


@pytest.fixture
def page(g: Ground, qtbot: QtBot) -> MyRequestsPage:
    made = MyRequestsPage(g.context)
    on_screen(made, qtbot)
    qtbot.waitUntil(lambda: is_laid_out(made))
    return made


def chosen(page: MyRequestsPage) -> Filter:
    return page._chips.choice


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
    assert chosen(page) is Filter.ALL
    QTest.keyClick(search(page), Qt.Key.Key_Escape)
    assert search(page).text() == ""
    assert chosen(page) is Filter.WAITING_FOR_ME
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
