"""The window: pages, the way back, keys, the connection, banners, and closing."""

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.accessible import accessible_tree, assert_snapshot, unnamed
from tests.ui.clipping import clipped, small_targets
from tests.ui.pseudo import pseudo_language, stretched
from tests.ui.remembering import Remembering
from tests.ui.windows import Detail, Plain, opened
from tracker.host.window_state import WindowState
from tracker.ui.main_window import MainWindow
from tracker.ui.navigation import NavigationButton
from tracker.ui.theme.theme import Theme
from tracker.ui.theme.tokens import Tone
from tracker.ui.widgets.buttons import Button
from tracker.ui.widgets.page import DetailPage
from tracker.ui.window_place import SMALLEST


def test_what_a_screen_reader_meets(window: MainWindow) -> None:
    window.set_connection("Up to date · live", Tone.OK)
    window.banner("Sign in again to hear from your desk.", Tone.WAIT, ("&Sign in", window.hide))
    assert_snapshot(window, "main_window")
    assert unnamed(window) == []


def test_a_page_is_made_when_it_is_first_shown(window: MainWindow) -> None:
    assert window.pages.made("new") is None
    before = Plain.made
    window.show_page("new")
    window.show_page("requests")
    window.show_page("new")
    assert Plain.made == before + 1
    assert window.pages.page == "new"


def test_a_page_nobody_knows_is_refused(window: MainWindow) -> None:
    with pytest.raises(KeyError):
        window.show_page("chat")


def test_pressing_the_rail_shows_the_page(window: MainWindow, qtbot: QtBot) -> None:
    button = next(b for b in window.findChildren(QWidget) if b.objectName() == "settings")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.pages.page == "settings"


@pytest.mark.parametrize(("key", "page"), [("1", "requests"), ("2", "new"), ("3", "settings")])
def test_control_and_a_number_show_a_page(key: str, page: str, window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("new" if page != "new" else "requests")
    QTest.keyClick(window, Qt.Key(ord(key)), Qt.KeyboardModifier.ControlModifier)
    assert window.pages.page == page


def test_a_page_comes_and_goes_and_the_numbers_go_along(window: MainWindow) -> None:
    window.offer_page("new", offered=False)
    assert "New request" not in accessible_tree(window)
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.pages.page == "settings"
    QTest.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.pages.page == "settings"
    window.offer_page("new", offered=True)
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.pages.page == "new"


def test_a_page_that_goes_while_it_is_shown_is_left(window: MainWindow) -> None:
    window.show_page("new")
    window.offer_page("new", offered=False)
    assert window.pages.page == "requests"


@pytest.mark.parametrize(
    ("key", "modifier", "signal"),
    [
        (Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier, "new_request_asked"),
        (Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier, "search_asked"),
        (Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier, "quit_asked"),
        (Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier, "check_asked"),
    ],
)
def test_a_key_asks(
    key: Qt.Key, modifier: Qt.KeyboardModifier, signal: str, window: MainWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(getattr(window, signal)):
        QTest.keyClick(window, key, modifier)


def test_alt_and_left_leaves_a_detail_page(window: MainWindow, qtbot: QtBot) -> None:
    first, second = Detail(), Detail()
    window.open(first)
    window.open(second)
    assert on_top(window) is second
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert on_top(window) is first
    first.back_asked.emit()
    assert on_top(window) is None
    assert window.pages.currentWidget() is window.pages.made("requests")


def on_top(window: MainWindow) -> DetailPage | None:
    return window.pages.detail


def test_back_on_a_page_of_the_rail_does_nothing(window: MainWindow) -> None:
    window.pages.back()
    assert window.pages.page == "requests"


def test_another_page_leaves_what_lay_on_top(window: MainWindow) -> None:
    window.open(Detail())
    window.show_page("settings")
    assert window.pages.detail is None
    assert window.pages.count() == 2


def test_a_badge_is_shown_and_said(window: MainWindow) -> None:
    window.set_badge("new", 12)
    assert "New request, 12 waiting" in accessible_tree(window)
    window.set_badge("new", 0)
    assert "New request, " not in accessible_tree(window)


def test_a_banner_offers_one_thing_to_do(window: MainWindow, qtbot: QtBot) -> None:
    pressed: list[str] = []
    window.banner("You are offline.", Tone.WARN, ("&Try now", lambda: pressed.append("now")))
    button = next(b for b in window.findChildren(Button) if b.text() == "&Try now")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == ["now"]
    window.banner("")
    assert "offline" not in accessible_tree(window)


def test_a_banner_has_a_way_to_more(window: MainWindow, qtbot: QtBot) -> None:
    pressed: list[str] = []
    acts = (("&Try now", lambda: pressed.append("now")), ("&Why?", lambda: pressed.append("why")))
    window.banner("You are offline.", Tone.WARN, *acts)
    button = next(b for b in window.findChildren(Button) if b.text() == "&Why?")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == ["why"]


def test_the_place_is_remembered_and_comes_back(theme: Theme, qtbot: QtBot) -> None:
    memory = Remembering(WindowState(3, 4, *SMALLEST), explained=True)
    window = opened(theme, memory, qtbot)
    assert window.size() == QSize(*SMALLEST)
    window.close()
    assert memory.kept[-1].width == SMALLEST[0]
    assert memory.kept[-1].maximised is False


def test_a_window_that_filled_its_screen_fills_it_again(theme: Theme, qtbot: QtBot) -> None:
    memory = Remembering(WindowState(0, 0, *SMALLEST, maximised=True))
    assert opened(theme, memory, qtbot).isMaximized()


def test_a_longer_language_cuts_nothing(theme: Theme, memory: Remembering, qtbot: QtBot) -> None:
    with pseudo_language() as language:
        window = opened(theme, memory, qtbot)
        window.set_connection(stretched("Can't reach the desk. As of 14:20"), Tone.WARN)
        words, action = stretched("Sign in again to hear from your desk."), stretched("Sign in")
        window.banner(words, Tone.WAIT, (action, window.hide))
        window.resize(*SMALLEST)
        window.close()
        qtbot.waitUntil(lambda: window.width() == max(SMALLEST[0], window.minimumSizeHint().width()))
        assert clipped(window) == []
        assert small_targets(window) == []
    assert "Closing only hides this window" in language.asked


def test_from_right_to_left_the_rail_is_at_the_right(
    theme: Theme, memory: Remembering, qtbot: QtBot, qapp: QApplication
) -> None:
    QGuiApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        window = opened(theme, memory, qtbot)
        rail = window.findChild(QWidget, "navigation")
        assert rail is not None
        assert rail.mapTo(window, QPoint(0, 0)).x() > window.width() / 2
        assert clipped(window) == []
        button = window.findChild(NavigationButton, "new")
        assert button is not None
        assert inked(button.grab().toImage())[0] > button.width() / 3
    finally:
        QGuiApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def inked(image: QImage) -> list[int]:
    """Return the columns in which something is drawn."""
    ground = image.pixelColor(0, 0)
    rows = range(image.height())
    return [x for x in range(image.width()) if any(image.pixelColor(x, y) != ground for y in rows)]
