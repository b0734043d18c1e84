"""A request is muted from its page or from its card's menu, and heard of again with one click."""

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, ground, on_screen
from tests.ui.samples import DOCK, UNSENT
from tests.ui.tickets.list_hands import looks, table
from tests.ui.tickets.page_hands import button, opened
from tracker.ui.theme.theme import Theme
from tracker.ui.tickets.list_page import MyRequestsPage
from tracker.ui.tickets.mute_button import MuteButton

TICKET = DOCK.ticket.id
MUTE, UNDO = "Mute: no notices of this", "Muted: hear of it again"


@pytest.fixture
def g(theme: Theme) -> Ground:
    return ground(theme)


def words(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions()]


def menu_of(page: MyRequestsPage, subject: str) -> QMenu:
    return table(page).menu_for(next(look for look in looks(page) if subject in look.subject))


def test_its_page_mutes_it_and_undoes_it(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot)
    button(page, "Mute").click()
    assert g.context.muting.is_muted(TICKET)
    undo = button(page, "Muted. Undo")
    assert undo.accessibleDescription() == "You hear of it again"
    undo.click()
    assert not g.context.muting.is_muted(TICKET)
    assert button(page, "Mute").isVisible()


def test_the_menu_of_its_card_does_the_same_and_both_show_it(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot)
    listed = MyRequestsPage(g.context)
    on_screen(listed, qtbot)
    menu = menu_of(listed, "docking")
    next(action for action in menu.actions() if action.text() == MUTE).trigger()
    assert button(page, "Muted. Undo").isVisible()
    assert UNDO in words(menu_of(listed, "docking"))
    assert MUTE in words(menu_of(listed, "finance"))


def test_what_the_desk_does_not_have_yet_cannot_be_muted(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, UNSENT)
    (mute,) = page.findChildren(MuteButton)
    assert mute.isHidden()
    listed = MyRequestsPage(g.context)
    on_screen(listed, qtbot)
    assert not {MUTE, UNDO} & set(words(menu_of(listed, "flickers")))
