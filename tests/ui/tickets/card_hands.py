"""What the tests of the cards do over and over: open a page, press, look at what was asked and said."""

from typing import TypeVar

from PySide6.QtWidgets import QWidget

from tests.ui.page_ground import Ground
from tests.ui.tickets.page_hands import button
from tracker.model.change import Change
from tracker.model.command import Delivery, Pending
from tracker.model.track import Track
from tracker.model.wish import Wish
from tracker.ui.tickets.ticket_page import TicketPage
from tracker.ui.widgets.buttons import Button

Card = TypeVar("Card", bound=QWidget)


def card(page: QWidget, kind: type[Card]) -> Card:
    """Give the one card of this kind that is shown."""
    found = [one for one in page.findChildren(kind) if one.isVisible()]
    assert len(found) == 1, f"{len(found)} of {kind.__name__}"
    return found[0]


def shows(page: QWidget, kind: type[QWidget]) -> bool:
    """Tell whether a card of this kind is shown."""
    return any(one.isVisible() for one in page.findChildren(kind))


def offered(holder: QWidget) -> list[str]:
    """List the buttons that are shown in a card."""
    return [one.text() for one in holder.findChildren(Button) if one.isVisible()]


def press_twice(page: QWidget, words: str) -> None:
    """Press a button as somebody does who is not sure that it took it."""
    found = button(page, words)
    found.click()
    found.click()


def wishes(g: Ground) -> list[Wish]:
    """List what was asked of the desk."""
    return [command for command in g.actions.submitted if isinstance(command, Wish)]


def outbox_holds(
    g: Ground, page: TicketPage, track: Track, delivery: Delivery = Delivery.QUEUED, error: str | None = None
) -> None:
    """Let the outbox hold everything that was asked, and tell the page."""
    g.view.pending = tuple(Pending(command, delivery, error=error) for command in g.actions.submitted)
    page.refresh(Change(outbox=True, tickets=frozenset({track.ticket.id})))
