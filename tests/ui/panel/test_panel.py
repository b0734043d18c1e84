"""The tray panel: the few things one wants without the window, by mouse and by keyboard."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.accessible import assert_snapshot, unnamed
from tests.ui.page_ground import Ground, ground
from tests.ui.samples import ACCESS, DOCK, NOW, PRINTER
from tracker.model.change import Change
from tracker.model.errors import StoreError
from tracker.model.health import Condition, Health
from tracker.model.line import line
from tracker.ui.theme.theme import Theme
from tracker.ui.tray_panel.mini_card import MiniCard
from tracker.ui.tray_panel.panel import TrayPanel
from tracker.ui.widgets.buttons import Button
from tracker.ui.widgets.field import SearchField


@pytest.fixture
def g(theme: Theme) -> Ground:
    return ground(theme)


@pytest.fixture
def panel(g: Ground, qtbot: QtBot) -> TrayPanel:
    return opened(g, qtbot)


def opened(g: Ground, qtbot: QtBot) -> TrayPanel:
    made = TrayPanel(g.context, "Acme IT Help")
    qtbot.addWidget(made)
    made.show_health(Health(Condition.OK, NOW, push=True))
    made.open_at(QRect())
    qtbot.waitExposed(made)
    qtbot.waitUntil(made.isActiveWindow)
    return made


def cards(panel: TrayPanel) -> list[MiniCard]:
    return [card for card in panel.findChildren(MiniCard) if not card.isHidden()]


def press(panel: TrayPanel, words: str) -> None:
    next(b for b in panel.findChildren(Button) if b.text() == words).click()


def test_it_shows_the_requests_that_matter_most(panel: TrayPanel) -> None:
    assert [card.look.subject for card in cards(panel)] == [
        "Access to the finance share",
        "Please install Photoshop",
        "Laptop docking station does not power two screens",
        "Shared mailbox not syncing",
    ]
    assert panel._counts.text() == "7 open · 1 waiting for you · 1 to check"
    assert panel._state.accessibleName() == "live"


def test_a_card_opens_its_request_and_the_panel_goes(panel: TrayPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.opened) as told:
        QTest.mouseClick(cards(panel)[2], Qt.MouseButton.LeftButton)
    assert told.args == [DOCK.ticket.id]
    assert not panel.isVisible()


def test_words_typed_begin_a_request(panel: TrayPanel, qtbot: QtBot) -> None:
    search = panel.findChildren(SearchField)[0]
    assert search.hasFocus()
    QTest.keyClicks(search, "printer jam")
    with qtbot.waitSignal(panel.new_request_asked) as told:
        QTest.keyClick(search, Qt.Key.Key_Return)
    assert told.args == ["printer jam"]
    assert (panel.isVisible(), search.text()) == (False, "")


def test_new_request_and_the_window_are_one_press_away(panel: TrayPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.new_request_asked) as told:
        press(panel, "New request")
    assert told.args == [""]
    panel.open_at(QRect())
    with qtbot.waitSignal(panel.window_asked):
        press(panel, "Open window")
    assert not panel.isVisible()


def type_key(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def test_everything_by_keyboard(panel: TrayPanel, qtbot: QtBot) -> None:
    for _ in range(3):  # past "New request" and "Chat"
        type_key(Qt.Key.Key_Down)
    assert cards(panel)[0].hasFocus()
    type_key(Qt.Key.Key_Down)
    type_key(Qt.Key.Key_Up)
    with qtbot.waitSignal(panel.opened) as told:
        type_key(Qt.Key.Key_Space)
    assert told.args == [ACCESS.ticket.id]


def test_escape_closes_it(panel: TrayPanel) -> None:
    QTest.keyClick(panel.findChildren(SearchField)[0], Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_it_goes_when_another_window_is_worked_in(panel: TrayPanel, qtbot: QtBot) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: not panel.isVisible())


def test_news_shows_at_once_while_it_is_open(panel: TrayPanel, g: Ground) -> None:
    g.view.put(ACCESS, now=line("Thank you, it goes on"))
    panel.refresh(Change(tickets=frozenset({ACCESS.ticket.id})))
    assert cards(panel)[0].look.now == "Thank you, it goes on"


def test_a_closed_panel_reads_nothing(panel: TrayPanel, g: Ground) -> None:
    panel.hide()
    before = g.view.tracks_read
    panel.refresh(Change(everything=True))
    assert g.view.tracks_read == before


def test_no_requests_is_said(theme: Theme, qtbot: QtBot) -> None:
    panel = opened(ground(theme, tracks=()), qtbot)
    assert panel._nothing.text() == "No open requests."
    assert cards(panel) == []


def test_a_file_that_can_not_be_read_is_said(panel: TrayPanel, g: Ground) -> None:
    g.view.failure = StoreError("The file on this computer cannot be read.")
    panel.refresh(Change(everything=True))
    assert panel._nothing.text() == "The file on this computer cannot be read."


def test_offline_says_as_of_when(panel: TrayPanel) -> None:
    panel.show_health(Health(Condition.OFFLINE, NOW, "The desk cannot be reached."))
    assert panel._state.accessibleName() == "not connected · as of 13:50"


def test_fixed_ones_ask_for_a_word(theme: Theme, qtbot: QtBot) -> None:
    panel = opened(ground(theme, tracks=(PRINTER,)), qtbot)
    assert panel._counts.text() == "1 open · 1 fixed, tell us if it really is"


def test_hostile_subjects_stay_in_their_card(theme: Theme, qtbot: QtBot) -> None:
    nasty = replace(DOCK, ticket=replace(DOCK.ticket, subject="<b>" + "W" * 10_000))
    panel = opened(ground(theme, tracks=(nasty,)), qtbot)
    assert panel.width() <= 400
    assert cards(panel)[0].toolTip().startswith("<qt>&lt;b&gt;")


def test_what_a_screen_reader_meets(panel: TrayPanel) -> None:
    assert_snapshot(panel, "tray_panel")
    assert unnamed(panel) == []
