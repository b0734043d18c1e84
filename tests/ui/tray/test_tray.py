"""The tray icon without a desktop: menu, pictures, and what is left alone when nothing has changed."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QLocale, QSize
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from tests.ui.samples import ZONE
from tracker.model.health import Condition, Health
from tracker.model.line import line
from tracker.model.listing import Counts
from tracker.model.ticket import TicketId
from tracker.ui.theme.art import TrayMark
from tracker.ui.tray.picture import SIZES, badged_icon
from tracker.ui.tray.tray import Tray
from tracker.ui.tray.words import TrayRequest, TrayState
from tracker.ui.wording import Wording

# Said by Qt itself wherever there is no desktop (the offscreen platform) and an icon is shown.
pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged")

NOW = datetime(2025, 11, 21, 13, 5, tzinfo=UTC)
REQUESTS = (
    TrayRequest(TicketId("4711"), "Printer", line("Fixed?")),
    TrayRequest(TicketId("4712"), "Laptop", line("On time")),
)


@pytest.fixture
def tray(qtbot: QtBot) -> Iterator[Tray]:
    made = Tray(Wording(QLocale(), ZONE, lambda: NOW), program="Tracker")
    made.start()
    yield made
    made.stop()


def state(unread: int = 0, requests: tuple[TrayRequest, ...] = REQUESTS) -> TrayState:
    return TrayState(Health(Condition.OK, as_of=NOW), Counts(unread=unread), requests)


def labels(tray: Tray) -> list[str]:
    return [a.text() for a in tray.menu.actions() if a.isVisible() and not a.isSeparator()]


def icon_of(tray: Tray) -> QSystemTrayIcon:
    icon = tray.findChild(QSystemTrayIcon)
    assert isinstance(icon, QSystemTrayIcon)
    return icon


def test_the_menu_has_every_door_before_there_are_requests(tray: Tray) -> None:
    tray.show_state(state(requests=()))
    assert labels(tray) == [
        "&Open Tracker",
        "&New request",
        "&Check now",
        "Quiet for 1 &hour",
        "Quiet until &tomorrow",
        "&Settings",
        "&Quit",
    ]


def test_the_menu_asks_for_quiet_and_for_its_end(tray: Tray, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tray.menu.snooze_asked) as told:
        entry_of(tray, "Quiet for 1 &hour").trigger()
    assert told.args == ["hour"]
    tray.menu.show_snooze("Quiet until 15:40 · End now")
    assert "Quiet until 15:40 · End now" in labels(tray)
    assert "Quiet for 1 &hour" not in labels(tray)
    with qtbot.waitSignal(tray.menu.snooze_asked) as told:
        entry_of(tray, "Quiet until 15:40 · End now").trigger()
    assert told.args == ["end"]
    tray.menu.show_snooze("")
    assert "Quiet for 1 &hour" in labels(tray)


def entry_of(tray: Tray, words: str) -> QAction:
    return next(action for action in tray.menu.actions() if action.text() == words)


def test_every_door_asks_for_its_own_thing(tray: Tray) -> None:
    menu = tray.menu
    asked: list[str] = []
    doors = {
        "&Open Tracker": menu.open_asked,
        "&New request": menu.new_request_asked,
        "&Check now": menu.check_asked,
        "&Settings": menu.settings_asked,
        "&Quit": menu.quit_asked,
    }
    for words, signal in doors.items():
        signal.connect(lambda words=words: asked.append(words))
    for action in menu.actions():
        action.trigger()
    assert asked == list(doors)


def test_a_request_in_the_menu_is_asked_for_by_its_id(tray: Tray) -> None:
    asked: list[str] = []
    tray.menu.ticket_asked.connect(asked.append)
    tray.show_state(state())
    next(action for action in tray.menu.actions() if "Laptop" in action.text()).trigger()
    assert asked == ["4712"]


def test_an_open_menu_is_not_rebuilt_for_nothing(tray: Tray) -> None:
    tray.show_state(state())
    before = tray.menu.actions()
    tray.show_state(state(unread=3))
    assert tray.menu.actions() == before
    tray.show_state(state(requests=REQUESTS[:1]))
    assert [words for words in labels(tray) if "—" in words] == ["Printer — Fixed?"]


def test_the_state_is_in_the_tooltip(tray: Tray) -> None:
    tray.show_state(state(unread=2))
    assert icon_of(tray).toolTip() == "Tracker: 2 updates · as of 14:05"


def test_a_left_click_and_a_middle_click_ask_for_different_things(tray: Tray) -> None:
    asked: list[str] = []
    tray.toggled.connect(lambda _place: asked.append("panel"))
    tray.new_request_asked.connect(lambda: asked.append("new request"))
    for reason in QSystemTrayIcon.ActivationReason:
        icon_of(tray).activated.emit(reason)
    assert sorted(asked) == ["new request", "panel"]


def test_without_a_desktop_the_icon_is_not_there_and_says_so(tray: Tray) -> None:
    assert not tray.is_there


def test_the_picture_is_drawn_anew_only_when_it_changes(tray: Tray) -> None:
    tray.show_state(state(unread=2))
    first = icon_of(tray).icon().cacheKey()
    tray.show_state(state(unread=2, requests=()))
    assert icon_of(tray).icon().cacheKey() == first
    tray.show_state(state(unread=3))
    assert icon_of(tray).icon().cacheKey() != first


def picture(mark: TrayMark, unread: int = 0, *, size: int = 22, dark: bool = False) -> QImage:
    return badged_icon(mark, unread, dark_panel=dark).pixmap(QSize(size, size), 1.0).toImage()


@pytest.mark.parametrize("size", SIZES)
def test_every_state_has_a_shape_of_its_own(qtbot: QtBot, size: int) -> None:
    """Compared by what is covered, not by colour: some people see none."""
    shapes = {bytes(picture(mark, size=size).createAlphaMask().constBits()) for mark in TrayMark}
    assert len(shapes) == len(TrayMark)


def test_the_count_of_news_is_on_the_icon_where_it_can_be_read(qtbot: QtBot) -> None:
    pictures = [picture(TrayMark.NEWS, unread) for unread in (0, 1, 2, 9, 10)]
    assert len({bytes(image.constBits()) for image in pictures}) == len(pictures)
    assert picture(TrayMark.NEWS, 10) == picture(TrayMark.NEWS, 500)
    assert picture(TrayMark.NEWS, 5, size=16) == picture(TrayMark.NEWS, 0, size=16)
    assert picture(TrayMark.NEEDS_YOU, 5) == picture(TrayMark.NEEDS_YOU, 0)


@pytest.mark.parametrize("mark", list(TrayMark))
@pytest.mark.parametrize("dark", [True, False])
def test_the_icon_is_seen_on_light_and_dark_panels_alike(qtbot: QtBot, mark: TrayMark, dark: bool) -> None:
    image = picture(mark, dark=dark)
    opaque = [
        image.pixelColor(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 120
    ]
    assert any(colour.lightness() > 180 for colour in opaque)
    assert any(colour.lightness() < 80 for colour in opaque)
