"""Every page in every size: nothing cut in a longer language or at twice the text, everything named."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.accessible import assert_snapshot, unnamed
from tests.ui.clipping import clipped, small_targets
from tests.ui.notices.test_page import TOLD
from tests.ui.page_ground import Ground, ground, on_screen
from tests.ui.pseudo import pseudo_language
from tests.ui.samples import ACCESS, ANSWERS, DOCK, NOW, PRINTER
from tests.ui.tickets.page_hands import pending
from tracker.model.command import Delivery
from tracker.model.health import Condition, Health
from tracker.model.ticket import Act
from tracker.ui.notices.page import NoticesPage
from tracker.ui.request.new_request_page import NewRequestPage
from tracker.ui.theme.theme import Look, Theme
from tracker.ui.tickets.list_page import MyRequestsPage
from tracker.ui.tickets.ticket_page import TicketPage
from tracker.ui.tray_panel.panel import TrayPanel

OFFLINE = Health(Condition.OFFLINE, NOW, "The service desk cannot be reached.")
WIDTHS = (552, 996)


def my_requests(g: Ground) -> QWidget:
    page = MyRequestsPage(g.context)
    page.show_health(OFFLINE)
    return page


def one_request(g: Ground) -> QWidget:
    asking = replace(DOCK, you_can=(Act.ASK_FOR_NEWS, Act.REPLY))
    g.view.put(asking, entries=(pending(Delivery.REJECTED, "the ticket is closed"), *DOCK.entries))
    return TicketPage(g.context, DOCK.ticket.id, OFFLINE)


def fixed_request(g: Ground) -> QWidget:
    return TicketPage(g.context, PRINTER.ticket.id)


def not_fixed(g: Ground) -> QWidget:
    page = TicketPage(g.context, PRINTER.ticket.id)
    page.open_at(Act.NOT_FIXED)
    return page


def new_request(g: Ground) -> QWidget:
    page = NewRequestPage(g.context)
    page._form._choice.choose("vpn")
    page.send()
    page._answers.show_answers(ANSWERS)
    return page


def notices(g: Ground) -> QWidget:
    g.view.told = TOLD
    return NoticesPage(g.context)


PAGES: tuple[Callable[[Ground], QWidget], ...] = (
    my_requests,
    one_request,
    fixed_request,
    not_fixed,
    new_request,
    notices,
)
each_page = pytest.mark.parametrize("make", PAGES, ids=lambda make: make.__name__)


@each_page
def test_everything_has_a_name(make: Callable[[Ground], QWidget], theme: Theme, qtbot: QtBot) -> None:
    page = make(ground(theme))
    on_screen(page, qtbot)
    assert unnamed(page) == []


@each_page
def test_what_a_screen_reader_meets(make: Callable[[Ground], QWidget], theme: Theme, qtbot: QtBot) -> None:
    page = make(ground(theme))
    window = on_screen(page, qtbot, 996, 1600)
    window.setFocus()
    if isinstance(page, TicketPage) and page._main is not None:
        timeline = page._main.timeline
        qtbot.waitUntil(lambda: timeline.is_whole)
    assert_snapshot(page, f"page_{make.__name__}")


@each_page
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_cut(make: Callable[[Ground], QWidget], width: int, theme: Theme, qtbot: QtBot) -> None:
    page = make(ground(theme))
    on_screen(page, qtbot, width, 520)
    qtbot.waitUntil(lambda: clipped(page) == [])
    assert small_targets(page) == []


@each_page
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_cut_in_a_longer_language(
    make: Callable[[Ground], QWidget], width: int, theme: Theme, qtbot: QtBot
) -> None:
    with pseudo_language():
        page = make(ground(theme))
        on_screen(page, qtbot, width, 520)
        assert page.width() <= width
        qtbot.waitUntil(lambda: clipped(page) == [])


@each_page
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_cut_at_twice_the_size(
    make: Callable[[Ground], QWidget], width: int, large: Theme, qtbot: QtBot
) -> None:
    page = make(ground(large))
    on_screen(page, qtbot, width, 520)
    qtbot.waitUntil(lambda: clipped(page) == [])


@each_page
def test_reading_from_right_to_left_works_too(
    make: Callable[[Ground], QWidget], theme: Theme, qtbot: QtBot
) -> None:
    page = make(ground(theme))
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    on_screen(page, qtbot, 996, 700)
    qtbot.waitUntil(lambda: clipped(page) == [])
    assert not page.grab().isNull()


@pytest.mark.parametrize("look", list(Look))
@each_page
def test_every_look_can_be_painted(
    make: Callable[[Ground], QWidget], look: Look, theme: Theme, qtbot: QtBot
) -> None:
    page = make(ground(theme))
    on_screen(page, qtbot)
    theme.choose(look)
    assert not page.grab().isNull()


def test_the_panel_fits_in_a_longer_language_too(theme: Theme, qtbot: QtBot) -> None:
    with pseudo_language():
        panel = TrayPanel(ground(theme, tracks=(ACCESS, PRINTER, DOCK)).context, "Acme IT Help")
        qtbot.addWidget(panel)
        panel.show_health(OFFLINE)
        panel.open_at(QRect())
        qtbot.waitExposed(panel)
        qtbot.waitUntil(lambda: clipped(panel) == [])


def test_the_panel_fits_at_twice_the_size(large: Theme, qtbot: QtBot) -> None:
    panel = TrayPanel(ground(large, tracks=(ACCESS, PRINTER)).context, "Acme IT Help")
    qtbot.addWidget(panel)
    panel.open_at(QRect())
    qtbot.waitExposed(panel)
    qtbot.waitUntil(lambda: clipped(panel) == [])


def test_every_string_of_the_pages_can_be_translated(theme: Theme, qtbot: QtBot) -> None:
    with pseudo_language() as language:
        for make in PAGES:
            on_screen(make(ground(theme)), qtbot)
    for words in ("My requests", "Write a reply", "Send request", "Not yet", "Ask for news", "Updates"):
        assert words in language.asked
