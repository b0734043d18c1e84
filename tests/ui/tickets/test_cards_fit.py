"""The cards for people who listen, read large, read another language, or read from right to left."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.accessible import assert_snapshot, unnamed
from tests.ui.clipping import clipped, small_targets
from tests.ui.page_ground import Ground, ground, on_screen
from tests.ui.pseudo import pseudo_language
from tests.ui.tickets.card_samples import BOOKED, CLOSED, LOOKING_BACK, MISSED, POWERLESS, UNHEARD, WAITING
from tests.ui.tickets.page_hands import OFFLINE
from tracker.model.ticket import Act
from tracker.model.track import Track
from tracker.ui.theme.theme import Look, Theme
from tracker.ui.tickets.call_request import CallRequestCard
from tracker.ui.tickets.check_in_card import CheckInCard
from tracker.ui.tickets.farewell_card import FarewellCard
from tracker.ui.tickets.ticket_page import TicketPage
from tracker.ui.widgets.buttons import Button, ButtonKind

WIDTHS = (552, 996)


def shown(g: Ground, track: Track) -> TicketPage:
    g.view.put(track)
    return TicketPage(g.context, track.ticket.id, OFFLINE)


def missed_promise(g: Ground) -> QWidget:
    """A missed promise, the form for a call with everything wrong with it."""
    page = shown(g, MISSED)
    page.open_at(Act.ASK_FOR_CALL)
    form = page.findChildren(CallRequestCard)[0]
    links = [b for b in form.findChildren(Button) if b.property("kind") == ButtonKind.LINK.value]
    links[0].click()
    form._form._typed[0]._from.setText("10")
    form._ask()
    return page


def waiting(g: Ground) -> QWidget:
    """Everything at once that may make somebody wait."""
    overlays = (*MISSED.overlays, *POWERLESS.overlays, *WAITING.overlays)
    both = replace(
        POWERLESS, overlays=overlays, call=BOOKED.call, in_circles=True, hint=WAITING.overlays[0].chip
    )
    return shown(g, replace(both, promises=MISSED.promises, you_can=(Act.CHOOSE, *MISSED.you_can)))


def afterwards(g: Ground) -> QWidget:
    """Thanks, a rating with its line, and a look back with the line for what came back."""
    page = shown(
        g, replace(CLOSED, overlays=UNHEARD.overlays, you_can=(Act.NOT_FIXED, *CLOSED.you_can, Act.CHECK_IN))
    )
    page.findChildren(FarewellCard)[0]._open_line()
    page.findChildren(CheckInCard)[0]._open_line()
    return page


def looking_back(g: Ground) -> QWidget:
    return shown(g, LOOKING_BACK)


PAGES: tuple[Callable[[Ground], QWidget], ...] = (missed_promise, waiting, afterwards, looking_back)
each_page = pytest.mark.parametrize("make", PAGES, ids=lambda make: make.__name__)


@each_page
def test_what_a_screen_reader_meets(make: Callable[[Ground], QWidget], theme: Theme, qtbot: QtBot) -> None:
    page = make(ground(theme))
    window = on_screen(page, qtbot, 996, 1600)
    window.setFocus()
    assert unnamed(page) == []
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
    with pseudo_language() as language:
        page = make(ground(theme))
        on_screen(page, qtbot, width, 520)
        assert page.width() <= width
        qtbot.waitUntil(lambda: clipped(page) == [])
    assert "{label} (needed)" not in language.asked  # nothing of a card is a question of the catalogue


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


@pytest.mark.parametrize("look", [Look.DARK, Look.CONTRAST])
@each_page
def test_every_look_can_be_painted(
    make: Callable[[Ground], QWidget], look: Look, theme: Theme, qtbot: QtBot
) -> None:
    page = make(ground(theme))
    on_screen(page, qtbot)
    theme.choose(look)
    assert not page.grab().isNull()
