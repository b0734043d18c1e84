"""The tray icon's own message: only where somebody sees it."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from tests.ui.notify.listener import Listener
from tracker.ui.notify.by_tray import ByTray
from tracker.ui.notify.ways import Toast

PRINTER = Toast("4711", "Printer", "Fixed.")


class FakeTray:
    """A tray icon as far as its messages go."""

    def __init__(self, *, is_there: bool = True, draws_messages: bool = True) -> None:
        self.is_there = is_there
        self.draws_messages = draws_messages
        self.messages: list[tuple[str, str]] = []
        self.click: Callable[[], None] = lambda: None

    def show_message(self, title: str, body: str, clicked: Callable[[], None]) -> None:
        self.messages.append((title, body))
        self.click = clicked


def test_without_a_tray_it_is_not_tried(qtbot: QtBot) -> None:
    assert not ByTray(FakeTray(is_there=False)).available


def test_where_the_message_would_be_a_notification_it_needs_a_daemon(qtbot: QtBot) -> None:
    panel = FakeTray(draws_messages=False)
    assert not ByTray(panel, hopeless=lambda: True).available
    assert ByTray(panel, hopeless=lambda: False).available
    assert not ByTray(panel).capabilities.certain
    assert ByTray(FakeTray(), hopeless=lambda: True).available
    assert ByTray(FakeTray()).capabilities.certain


def test_a_message_is_shown_and_its_click_heard(qtbot: QtBot) -> None:
    tray, heard = FakeTray(), Listener()
    way = ByTray(tray)
    way.start(heard)
    way.show(PRINTER)
    tray.click()
    assert tray.messages == [("Printer", "Fixed.")]
    assert heard.reports == [("shown", "4711"), ("clicked", "4711")]
    way.stop()
    tray.click()
    way.show(PRINTER)
    assert len(heard.reports) == 2
    assert len(tray.messages) == 1
