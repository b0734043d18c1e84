"""A question over the window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tracker.ui.theme.theme import Theme
from tracker.ui.widgets.buttons import ButtonKind
from tracker.ui.widgets.sheet import Sheet, SheetAnswer

ANSWERS = (SheetAnswer("no", "&No"), SheetAnswer("yes", "&Yes", ButtonKind.PRIMARY))


@pytest.fixture
def window(theme: Theme, qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(600, 400)
    QPushButton("Under it", made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def ask(theme: Theme, window: QWidget) -> Sheet:
    return Sheet(theme, window, title="Sign out?", text="This removes your copy.", answers=ANSWERS)


def focused() -> str:
    widget = QApplication.focusWidget()
    return widget.objectName() if widget is not None else ""


def test_the_keyboard_stays_in_the_question(theme: Theme, window: QWidget) -> None:
    sheet = ask(theme, window)
    assert focused() == "yes"
    for expected in ("no", "yes", "no"):
        QTest.keyClick(sheet, Qt.Key.Key_Tab)
        assert focused() == expected
    QTest.keyClick(sheet, Qt.Key.Key_Backtab)
    assert focused() == "yes"


def test_enter_answers_and_a_second_answer_is_not_heard(theme: Theme, window: QWidget) -> None:
    sheet = ask(theme, window)
    heard: list[str] = []
    sheet.answered.connect(heard.append)
    button = QApplication.focusWidget()
    assert button is not None
    QTest.keyClick(button, Qt.Key.Key_Return)
    sheet.answer("no")
    assert heard == ["yes"]


def test_escape_chooses_nothing(theme: Theme, window: QWidget) -> None:
    sheet = ask(theme, window)
    heard: list[str] = []
    sheet.answered.connect(heard.append)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert heard == [""]


def test_focus_goes_back_to_where_it_was(theme: Theme, window: QWidget) -> None:
    under = window.findChild(QPushButton)
    assert under is not None
    under.setFocus()
    sheet = ask(theme, window)
    sheet.answer("no")
    assert QApplication.focusWidget() is under


def test_it_stays_as_large_as_the_window(theme: Theme, window: QWidget) -> None:
    sheet = ask(theme, window)
    window.resize(900, 700)
    assert sheet.size() == window.size()


def test_other_keys_do_not_reach_what_lies_under_it(theme: Theme, window: QWidget) -> None:
    pressed: list[str] = []
    under = window.findChild(QPushButton)
    assert under is not None
    under.clicked.connect(lambda: pressed.append("under"))
    sheet = ask(theme, window)
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert pressed == []
    assert sheet.isVisible()
