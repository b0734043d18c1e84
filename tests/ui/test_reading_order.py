"""What comes first on the page comes first to Tab and to a screen reader."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import ground, on_screen
from tests.ui.samples import PRINTER
from tests.ui.tickets.page_hands import pending
from tracker.model.change import Change
from tracker.model.command import Delivery
from tracker.ui.reading_order import put_in_order
from tracker.ui.theme.theme import Theme
from tracker.ui.tickets.ticket_page import TicketPage


@pytest.mark.parametrize("order", ["abc", "cba", "bca"])
def test_children_made_in_any_order_are_read_in_the_given_one(order: str, qtbot: QtBot) -> None:
    holder = QWidget()
    column = QVBoxLayout(holder)
    buttons = {name: QPushButton(name, holder) for name in "abc"}
    for name in order:
        column.addWidget(buttons[name])
    on_screen(holder, qtbot)
    put_in_order([buttons[name] for name in order])
    buttons[order[0]].setFocus()
    assert tabbed(3) == list(order)
    assert [child.text() for child in holder.children() if isinstance(child, QPushButton)] == list(order)


def test_what_came_later_has_its_place_on_the_way_of_tab(theme: Theme, qtbot: QtBot) -> None:
    g = ground(theme)
    page = TicketPage(g.context, PRINTER.ticket.id)
    on_screen(page, qtbot)
    g.view.put(PRINTER, entries=(pending(Delivery.REJECTED, "no"), *PRINTER.entries))
    page.refresh(Change(tickets=frozenset({PRINTER.ticket.id})))
    column = page._main
    assert column is not None
    next(b for b in column.header.findChildren(QPushButton)).setFocus()
    assert tabbed(12) == [
        "Back to My requests",
        "Copy the number",
        "Mute",
        "Yes, it works",
        "Not yet",
        "Any news?",
        "Edit",
        "Send again",
        "Discard",
        "I replaced the drum and printed three test pages.",
        "Write a reply",
        "Attach files",
    ]


def tabbed(count: int) -> list[str]:
    """Press Tab from where the keyboard is and tell where one comes by."""
    names = []
    for _ in range(count):
        focused = QApplication.focusWidget()
        assert focused is not None
        names.append(focused.accessibleName() or getattr(focused, "text", str)())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    return names
