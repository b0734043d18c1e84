"""Requests with a visit, and what a person does with its card."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground
from tests.ui.samples import DOCK, DOCK_ENTRIES, PRIYA, VISIT, at, entry
from tests.ui.tickets.page_hands import opened
from tracker.model.change import Change
from tracker.model.event import EventKind
from tracker.model.line import line
from tracker.model.ticket import Act
from tracker.model.track import Track
from tracker.model.visit import Visit, VisitState
from tracker.model.window import Slot, Window
from tracker.model.wish import Wish
from tracker.ui.tickets.ticket_page import TicketPage
from tracker.ui.tickets.visit_card import VisitCard
from tracker.ui.widgets.buttons import Button

TICKET = DOCK.ticket.id
MAY = (Act.REPLY, Act.CONFIRM_VISIT, Act.MOVE_VISIT)
BOOKED = replace(
    VISIT,
    state=VisitState.SCHEDULED,
    starts=at(25, 10),
    ends=at(25, 12),
    eta_earliest=None,
    eta_latest=None,
    note="",
    prepare=("Switch the laptop on", "Have the old dock at hand"),
    directions="Second door behind the lift",
)
FIRST = entry(
    "b1",
    at(21, 11),
    line("Visit booked for {start} – {end}", start=at(24, 14), end=at(24, 16)),
    event=EventKind.VISIT_BOOKED,
    actor=PRIYA,
)
MOVED = entry(
    "b2",
    at(21, 12),
    line("Visit moved to {start} – {end}, was {before}", start=at(25, 10), end=at(25, 12), before=at(24, 14)),
    event=EventKind.VISIT_MOVED,
    actor=PRIYA,
    note=line("Why: {reason}", reason="the part arrives a day later"),
)
SLOTS = (
    Slot("s1", Window(at(26, 9), at(26, 11))),
    Slot("s2", Window(at(26, 13), at(26, 15)), "Priya Nair"),
)


def with_visit(visit: Visit | None = BOOKED, *entries: object, **more: object) -> Track:
    """Give the dock's request with this visit and these newest rows."""
    made = replace(DOCK, visit=visit, you_can=MAY, entries=(*entries, *DOCK_ENTRIES[2:]))  # type: ignore[arg-type]
    return replace(made, ticket=replace(DOCK.ticket, visit=visit), **more)  # type: ignore[arg-type]


def shown(g: Ground, qtbot: QtBot, track: Track | None = None) -> tuple[TicketPage, VisitCard]:
    """Open the page of the request with the visit."""
    page = opened(g, qtbot, track or with_visit())
    return page, page.findChildren(VisitCard)[0]


def heard(g: Ground, page: TicketPage, visit: Visit | None, *entries: object) -> None:
    """Let news of the visit come."""
    g.view.put(with_visit(visit, *entries))
    page.refresh(Change(tickets=frozenset({TICKET})))


def wishes(g: Ground) -> list[Wish]:
    """List what was wished."""
    return [command for command in g.actions.submitted if isinstance(command, Wish)]


def words(card: VisitCard) -> str:
    """Give what is read aloud of the card."""
    return card.accessibleName()


def offered(card: VisitCard) -> list[str]:
    """List the buttons on it."""
    return [b.text() for b in card.findChildren(Button) if b.isVisible()]
