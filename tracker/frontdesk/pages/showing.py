"""The page of one ticket: where it stands, what can be done, what happened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

from starlette.responses import Response

from tracker.frontdesk import reading
from tracker.frontdesk.pages.bodies import visit_mark
from tracker.frontdesk.pages.chat_view import read_talk
from tracker.frontdesk.pages.deed import Deed
from tracker.frontdesk.pages.deeds import all_deeds
from tracker.frontdesk.pages.desk_time import DeskTime
from tracker.frontdesk.pages.framing import framed_page
from tracker.frontdesk.pages.offering import LIVE, movable, offered, prefilled
from tracker.frontdesk.pages.queue_rows import FLAGS, PROMISED, state_badge
from tracker.frontdesk.pages.telling import history
from tracker.frontdesk.pages.track import can_words, next_words, now_words, stage_words, stages
from tracker.frontdesk.pages.visitor import HOME, Visitor
from tracker.frontdesk.rules.allowing import allowed
from tracker.frontdesk.rules.flags import Flag, flags_of
from tracker.frontdesk.values import Event, Ticket

ASKED: dict[Flag, str] = {
    "not_there": "will not be there for the visit",
    "asked_for_news": "asks for news",
    "call_asked": "wants to be called",
    "move_asked": "wants another time for the visit",
    "can_wait": "says that it can wait",
    "promise_missed": "was promised something that was missed, and has heard nothing since",
}


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A form that was refused: which one, what was typed, and why not."""

    deed: str
    promise: str
    typed: Mapping[str, str]
    said: str
    status: int


def show_ticket(visitor: Visitor) -> Response:
    """Show a ticket with all that can be done."""
    return ticket_page(visitor, visitor.request.path_params["number"])


def ticket_page(visitor: Visitor, number: str, unfinished: Unfinished | None = None) -> Response:
    """Make a ticket's page; with a form that was refused, as it was typed. Raises `Refused` (not found)."""
    parts = ticket_parts(visitor, number)
    return framed_page(
        visitor,
        "ticket.html",
        title=f"{parts.ticket.number} {parts.ticket.subject}",
        here=f"{HOME}/tickets/{number}",
        status=unfinished.status if unfinished is not None else 200,
        unfinished=unfinished,
        offer=offered(parts.ticket),
        deeds=all_deeds(),
        services=visitor.desk.settings.services,
        prefilled=_filler(visitor, parts.ticket),
        soon=_soon(visitor.time),
        visit_mark=visit_mark(parts.ticket.visit),
        warnings=_warnings(parts.ticket, visitor.time),
        visit_there=_visit_there(parts.ticket, visitor.time),
        **parts.shown(visitor),
    )


@dataclass(frozen=True, slots=True)
class TicketParts:
    """A ticket read for its page."""

    ticket: Ticket
    events: tuple[Event, ...]

    def shown(self, visitor: Visitor) -> dict[str, object]:
        """Give what templates show of it."""
        ticket, time = self.ticket, visitor.time
        with visitor.desk.reading() as connection:
            may = allowed(ticket, ticket.requester.id, visitor.desk.context(connection))
        return {
            "ticket": ticket,
            "badge": state_badge(ticket),
            "stages": stages(ticket),
            "stage_words": stage_words(ticket),
            "now_words": now_words(ticket, time),
            "next_words": next_words(ticket, time),
            "can_words": can_words(may),
            "history": history(self.events, visitor.session.user.id, time),
            "live": [promise for promise in ticket.promises if promise.state in LIVE],
            "settled": [promise for promise in ticket.promises if promise.state not in LIVE],
            "movable": partial(movable, ticket),
            "promised": PROMISED,
            "talk": read_talk(visitor, ticket.number),
        }


def ticket_parts(visitor: Visitor, number: str) -> TicketParts:
    """Read a ticket; raises `Refused` (not found)."""
    item = reading.one_ticket(visitor.desk, visitor.viewer, number, with_events=True)
    return TicketParts(item.ticket, item.events or ())


def _filler(visitor: Visitor, ticket: Ticket) -> Callable[[Deed], Mapping[str, str]]:
    def fill(deed: Deed) -> Mapping[str, str]:
        return prefilled(deed, ticket, visitor.time)

    return fill


def _soon(time: DeskTime) -> list[tuple[str, str]]:
    """Give ready choices for the next update."""
    tomorrow = time.now.astimezone(time.zone).replace(hour=10, minute=0, second=0) + timedelta(days=1)
    later = {f"in {hours} h": time.now + timedelta(hours=hours) for hours in (1, 4)}
    return [(words, time.field(at)) for words, at in {**later, "tomorrow 10:00": tomorrow}.items()]


def _warnings(ticket: Ticket, time: DeskTime) -> list[tuple[str, str]]:
    """Say above everything else what the requester asked for, and what was missed."""
    found: list[tuple[str, str]] = []
    for flag in flags_of(ticket, time.now):
        words, tone = FLAGS[flag]
        said = f"{ticket.requester.name} {ASKED[flag]}" if flag in ASKED else words
        if flag == "move_asked" and ticket.visit is not None and ticket.visit.wished is not None:
            wished = ticket.visit.wished
            said += f": {time.say_window(wished.starts, wished.ends)}"
        if flag in ASKED:
            found.append((f"{said}.", tone))
    return found


def _visit_there(ticket: Ticket, time: DeskTime) -> str:
    """Say the visit's window in the zone of its place, where that is another one."""
    visit = ticket.visit
    if visit is None or visit.zone in (None, time.zone.key):
        return ""
    there = DeskTime(time.now, ZoneInfo(visit.zone or "UTC"))
    return f"{there.say_window(visit.starts, visit.ends)} ({there.zone_name})"
