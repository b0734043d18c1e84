"""What a person does with the list of requests."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tracker.model.ticket import Act, TicketId
from tracker.ui.tickets.card_look import CardLook
from tracker.ui.tickets.card_table import CardTable
from tracker.ui.tickets.list_page import MyRequestsPage
from tracker.ui.widgets.empty import EmptyState
from tracker.ui.widgets.field import SearchField


def is_laid_out(page: MyRequestsPage) -> bool:
    view = table(page)
    width = view.viewport().width()
    height = view._delegate.layout.row_height(width)
    header = view.verticalHeader()
    reach = header.length() - view.viewport().height()
    return header.defaultSectionSize() == height and view.verticalScrollBar().maximum() == max(reach, 0)


def table(page: MyRequestsPage) -> CardTable:
    return page.findChildren(CardTable)[0]


def looks(page: MyRequestsPage) -> list[CardLook]:
    model = page._model
    return [look for at in range(model.rowCount()) if (look := model.look(at)) is not None]


def numbers(page: MyRequestsPage) -> list[str]:
    return [look.number or look.chip for look in looks(page)]


def search(page: MyRequestsPage) -> SearchField:
    return page.findChildren(SearchField)[0]


def empty_words(page: MyRequestsPage) -> str:
    state = next((s for s in page.findChildren(EmptyState) if s.isVisible()), None)
    return state.accessibleName() if state is not None else ""


def button_in_card(page: MyRequestsPage, ticket: TicketId, act: Act) -> QPoint:
    view = table(page)
    row = page._model.find(ticket)
    index = page._model.index(row)
    view.scrollTo(index)
    look = page._model.look(row)
    assert look is not None
    places = view._delegate.layout.places(view.visualRect(index), look, view.layoutDirection())
    return next(rect.center() for one, rect in places.buttons if one is act)


def click(page: MyRequestsPage, ticket: TicketId, act: Act) -> None:
    point = button_in_card(page, ticket, act)
    QTest.mouseClick(table(page).viewport(), Qt.MouseButton.LeftButton, pos=point)
