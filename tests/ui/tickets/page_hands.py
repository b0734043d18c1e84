"""What a person does with the page of a request."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, on_screen
from tests.ui.samples import DOCK, NOW, at, entry
from tracker.model.command import CommandId, Delivery
from tracker.model.health import Condition, Health
from tracker.model.line import line
from tracker.model.track import Entry, EntryKind, Track
from tracker.ui.tickets.ticket_page import TicketPage
from tracker.ui.timeline.message_text import MessageText
from tracker.ui.timeline.row_view import RowView
from tracker.ui.widgets.buttons import Button

OFFLINE = Health(Condition.OFFLINE, NOW, "The service desk cannot be reached.")


def opened(
    g: Ground, qtbot: QtBot, track: Track = DOCK, *, width: int = 996, health: Health | None = None
) -> TicketPage:
    g.view.put(track)
    page = TicketPage(g.context, track.ticket.id, health)
    on_screen(page, qtbot, width, 700)
    assert page._main is not None
    column = page._main
    qtbot.waitUntil(lambda: column.timeline.is_whole or len(rows(page)) > 12)
    qtbot.waitUntil(lambda: len({view.y() for view in rows(page)}) == len(rows(page)))
    return page


def rows(page: TicketPage) -> list[RowView]:
    return page.findChildren(RowView)


def said(page: TicketPage) -> list[str]:
    column = page._main
    assert column is not None
    return [view.accessibleName() for view in sorted(rows(page), key=lambda view: view.y())]


def button(page: QWidget, words: str) -> Button:
    found = [b for b in page.findChildren(Button) if b.text() == words and b.isVisible()]
    assert len(found) == 1, f"{len(found)} buttons “{words}”"
    return found[0]


def texts(page: QWidget, text: str) -> MessageText:
    return next(m for m in page.findChildren(MessageText) if text in m.accessibleName())


def pending(delivery: Delivery, error: str | None = None) -> Entry:
    made = entry("c1", at(21, 13, 49), line("You wrote"), kind=EntryKind.PENDING, text="Any news?")
    return replace(made, delivery=delivery, command=CommandId("c1"), error=error)
