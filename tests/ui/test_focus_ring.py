"""The ring is where the keyboard is, and only then."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.windows import Plain
from tracker.ui.main_window import MainWindow
from tracker.ui.widgets.focus_ring import FocusRing


def test_the_keyboard_shows_where_it_is_and_the_mouse_does_not(window: MainWindow, qtbot: QtBot) -> None:
    ring, page = window.findChild(FocusRing), window.pages.made("requests")
    assert ring is not None
    assert isinstance(page, Plain)
    qtbot.waitUntil(window.isActiveWindow)
    press(window, page.line)
    assert ringed(ring) is None
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
    around = ringed(ring)
    assert around is not None
    assert around is QApplication.focusWidget()
    place = around.mapTo(window, QPoint(0, 0))
    assert ring.geometry() == around.rect().translated(place).adjusted(-4, -4, 4, 4)
    press(window, page.line)
    assert ringed(ring) is None


def ringed(ring: FocusRing) -> QWidget | None:
    return ring.around


def test_the_ring_follows_what_it_is_around(window: MainWindow, qtbot: QtBot) -> None:
    ring, page = window.findChild(FocusRing), window.pages.made("requests")
    assert ring is not None
    assert isinstance(page, Plain)
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
    page.line.setFocus()
    assert ring.around is page.line
    before = ring.geometry()
    window.resize(window.width() + 100, window.height())
    assert ring.geometry().width() == before.width() + 100
    window.show_page("settings")
    assert ring.around is not page.line


def press(window: MainWindow, widget: QWidget) -> None:
    """Press where the widget is, as the desktop tells the window of it."""
    place = widget.mapTo(window, widget.rect().center())
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
