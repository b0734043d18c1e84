"""Which conversations there are to choose from, the liveliest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from tracker.model.chat import ChatWay
from tracker.model.listing import Filter
from tracker.ui.plain_text import one_line

if TYPE_CHECKING:
    from tracker.model.ticket import TicketId
    from tracker.ui.page_context import PageContext

_MOST = 30


def first_choice(context: PageContext) -> TicketId | None:
    """Give the conversation to show when none was asked for; None where there is none."""
    tickets = _tickets(context)
    return tickets[0] if tickets else None


def conversations(context: PageContext) -> tuple[tuple[str, str], ...]:
    """List (request, words) of each: its number, what it is about, how many messages are new."""
    view = context.view
    found = []
    for track in view.tracks(_tickets(context), context.clock()):
        ticket = track.ticket
        words = f"{ticket.number} · {one_line(ticket.subject, 80)}".strip(" ·")
        unread = view.talks.unread(ticket.id)
        if unread:
            new = QCoreApplication.translate("Chat", "%n new", None, unread)
            words = f"{words} ({new})"
        found.append((str(ticket.id), words))
    return tuple(found)


def _tickets(context: PageContext) -> tuple[TicketId, ...]:
    view = context.view
    if view.talks.way() is ChatWay.REPLIES:
        return view.tickets(Filter.OPEN)[:_MOST]
    return tuple(chat.ticket for chat in view.talks.chats())[:_MOST]
