"""The visit and what unfolds under it, in every size, language direction and look."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.accessible import assert_snapshot, unnamed
from tests.ui.clipping import clipped, small_targets
from tests.ui.page_ground import Ground, ground, on_screen
from tests.ui.pseudo import pseudo_language
from tests.ui.samples import at
from tests.ui.tickets.visit_hands import BOOKED, FIRST, MOVED, SLOTS, TICKET, with_visit
from tracker.model.calendar_entry import CalendarEntry
from tracker.model.wish import WishKind
from tracker.ui.theme.theme import Look, Theme
from tracker.ui.tickets.ticket_page import TicketPage
from tracker.ui.tickets.visit_card import VisitCard

PANELS = ("", *(kind.value for kind in (WishKind.VISIT_MOVE, WishKind.VISIT_NOT_THERE, WishKind.VISIT_PLACE)))
each_panel = pytest.mark.parametrize("panel", PANELS)


def page_with(g: Ground, panel: str) -> TicketPage:
    """Make the page of a moved visit in another zone, with an old calendar and one panel unfolded."""
    g.view.put(with_visit(replace(BOOKED, zone="Europe/Lisbon"), MOVED, FIRST))
    g.view.calendar[TICKET] = CalendarEntry("u", "v1", at(24, 14), at(24, 16), "desk 4.112")
    page = TicketPage(g.context, TICKET)
    (card,) = page.findChildren(VisitCard)
    openers = {
        WishKind.VISIT_MOVE: card._open_move,
        WishKind.VISIT_NOT_THERE: card._open_not_there,
        WishKind.VISIT_PLACE: card._open_place,
    }
    if panel:
        openers[WishKind(panel)]()
    for _, then in g.actions.slot_questions:
        then(SLOTS)
    return page


@each_panel
def test_what_a_screen_reader_meets(panel: str, theme: Theme, qtbot: QtBot) -> None:
    page = page_with(ground(theme), panel)
    window = on_screen(page, qtbot, 996, 1600)
    window.setFocus()
    card: QWidget = page.findChildren(VisitCard)[0]
    assert unnamed(card) == []
    assert_snapshot(card, f"visit_{panel.removeprefix('visit_') or 'card'}")


@each_panel
@pytest.mark.parametrize("width", [552, 996])
def test_nothing_is_cut(panel: str, width: int, theme: Theme, qtbot: QtBot) -> None:
    page = page_with(ground(theme), panel)
    on_screen(page, qtbot, width, 520)
    qtbot.waitUntil(lambda: clipped(page) == [])
    assert small_targets(page) == []


@each_panel
def test_nothing_is_cut_in_a_longer_language(panel: str, theme: Theme, qtbot: QtBot) -> None:
    with pseudo_language() as language:
        page = page_with(ground(theme), panel)
        on_screen(page, qtbot, 552, 520)
        qtbot.waitUntil(lambda: clipped(page) == [])
    assert {"That suits me", "Your calendar still has the old time.", "Please have ready:"} <= language.asked


@each_panel
def test_nothing_is_cut_at_twice_the_size(panel: str, large: Theme, qtbot: QtBot) -> None:
    page = page_with(ground(large), panel)
    on_screen(page, qtbot, 552, 520)
    qtbot.waitUntil(lambda: clipped(page) == [])


@each_panel
def test_it_can_be_read_from_right_to_left_and_in_every_look(panel: str, theme: Theme, qtbot: QtBot) -> None:
    page = page_with(ground(theme), panel)
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    on_screen(page, qtbot, 996, 700)
    qtbot.waitUntil(lambda: clipped(page) == [])
    for look in Look:
        theme.choose(look)
        assert not page.grab().isNull()
