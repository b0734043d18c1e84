"""What people wrote: shown as it is, selectable, with links that only ask."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import on_screen
from tracker.ui.theme.theme import Theme
from tracker.ui.timeline.message_text import MessageText

LINKS = "First https://one.example/a and then https://two.example/b 👍 end"


def bubble(theme: Theme, qtbot: QtBot, text: str, width: int = 400) -> MessageText:
    made = MessageText(theme, text)
    on_screen(made, qtbot, width, 200)
    return made


def test_mark_up_is_text(theme: Theme, qtbot: QtBot) -> None:
    hostile = '<b>bold</b> <img src="http://a.example/x.png"> <script>x()</script> &amp;'
    made = bubble(theme, qtbot, hostile)
    made.setFocus()
    QTest.keyClick(made, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert made.selected == hostile
    assert made.accessibleName() == hostile


def test_everything_can_be_selected_and_copied(theme: Theme, qtbot: QtBot) -> None:
    made = bubble(theme, qtbot, "one\ntwo")
    made.setFocus()
    QTest.keyClick(made, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(made, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "one\ntwo"


def test_the_mouse_selects(theme: Theme, qtbot: QtBot) -> None:
    made = bubble(theme, qtbot, "some words to select")
    QTest.mouseDClick(made, Qt.MouseButton.LeftButton, pos=QPoint(20, 18))
    assert made.selected == "some"
    QTest.mousePress(made, Qt.MouseButton.LeftButton, pos=QPoint(13, 18))
    QTest.mouseMove(made, QPoint(390, 18))
    QTest.mouseRelease(made, Qt.MouseButton.LeftButton, pos=QPoint(390, 18))
    assert made.selected == "some words to select"


def test_a_clicked_link_is_asked_about(theme: Theme, qtbot: QtBot) -> None:
    made = bubble(theme, qtbot, "https://one.example/a is here")
    with qtbot.waitSignal(made.link_asked) as told:
        QTest.mouseClick(made, Qt.MouseButton.LeftButton, pos=QPoint(40, 18))
    assert told.args == ["https://one.example/a"]


def test_links_by_keyboard(theme: Theme, qtbot: QtBot) -> None:
    made = bubble(theme, qtbot, "👍 " + LINKS)
    made.setFocus()
    with qtbot.assertNotEmitted(made.link_asked):
        QTest.keyClick(made, Qt.Key.Key_Return)
    for expected in ("https://one.example/a", "https://two.example/b", "https://one.example/a"):
        QTest.keyClick(made, Qt.Key.Key_Right)
        assert made.selected == expected
    with qtbot.waitSignal(made.link_asked) as told:
        QTest.keyClick(made, Qt.Key.Key_Return)
    assert told.args == ["https://one.example/a"]


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "word " * 2_000, "\u0336".join("zalgo" * 400), "الف " * 3_000]
)
def test_a_hostile_text_is_as_narrow_as_any(text: str, theme: Theme, qtbot: QtBot) -> None:
    made = bubble(theme, qtbot, text, 300)
    assert made.minimumSizeHint().width() <= 80
    assert made.heightForWidth(300) > made.heightForWidth(900)


def is_folded(made: MessageText) -> bool:
    return made.is_folded


def test_a_very_long_text_is_folded_until_wanted(theme: Theme, qtbot: QtBot) -> None:
    made = bubble(theme, qtbot, "\n".join(f"line {at}" for at in range(500)))
    short = made.heightForWidth(400)
    assert is_folded(made)
    made.unfold()
    assert not is_folded(made)
    assert made.heightForWidth(400) > 10 * short


def test_leaving_forgets_the_selection(theme: Theme, qtbot: QtBot) -> None:
    made = bubble(theme, qtbot, "some words")
    made.setFocus()
    QTest.keyClick(made, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    made.clearFocus()
    assert made.selected == ""
