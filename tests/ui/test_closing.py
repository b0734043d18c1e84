"""Closing the window hides it, and what that means is said once."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.remembering import Remembering
from tracker.ui.main_window import MainWindow
from tracker.ui.widgets.sheet import Sheet


def test_closing_says_once_what_it_means(window: MainWindow, memory: Remembering, qtbot: QtBot) -> None:
    window.close()
    assert window.isVisible()
    sheet = window.findChild(Sheet)
    assert sheet is not None
    assert "beside the clock" in sheet.accessibleDescription()
    with qtbot.waitSignal(window.hidden):
        sheet.answer("hide")
    assert not window.isVisible()
    assert memory.explained
    window.wake()
    window.close()
    assert not window.isVisible()


def test_closing_without_a_tray_says_how_to_come_back(window: MainWindow) -> None:
    window.set_tray_there(False)
    window.close()
    sheet = window.findChild(Sheet)
    assert sheet is not None
    assert "start Acme IT Help again" in sheet.accessibleDescription()


def test_closing_twice_asks_once(window: MainWindow) -> None:
    window.close()
    window.close()
    assert len([s for s in window.findChildren(Sheet) if s.isVisible()]) == 1


def test_quitting_from_the_explanation_quits(window: MainWindow, memory: Remembering, qtbot: QtBot) -> None:
    window.close()
    sheet = window.findChild(Sheet)
    assert sheet is not None
    with qtbot.waitSignal(window.quit_asked):
        sheet.answer("quit")
    assert len(memory.kept) == 1


def test_escape_keeps_the_window_and_explains_again_next_time(
    window: MainWindow, memory: Remembering, qtbot: QtBot
) -> None:
    window.close()
    sheet = window.findChild(Sheet)
    assert sheet is not None
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert window.isVisible()
    assert not memory.explained
