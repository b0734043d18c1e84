"""The agents' queue, read page by page: overdue promises on top, each ticket with its flags."""

import re
from sqlite3 import Connection

from tracker.frontdesk import limits
from tracker.frontdesk.answers import QueueItem, QueuePage
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.reading import PageWish, Viewer, seen_ticket, shown_events
from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.rules.flags import flags_of
from tracker.frontdesk.storage.numbers import parse_number
from tracker.frontdesk.storage.queue import Place, queue_page
from tracker.frontdesk.storage.tickets import QueueFilter, events_of
from tracker.frontdesk.values import Event, Ticket

_CURSOR = re.compile(r"([0-9])_([0-9]{1,12}\.[0-9]{1,9})_([0-9]{1,15})_([0-9]{1,12}\.[0-9]{1,9})", re.ASCII)


def queue(desk: Desk, viewer: Viewer, wish: PageWish, chosen: QueueFilter) -> QueuePage:
    """Give a page of the queue as it stood when its first page was read; `viewer` is an agent."""
    with desk.reading() as connection:
        context = desk.context(connection)
        after, asof = _read_cursor(wish.after) if wish.after is not None else (None, context.now.timestamp())
        found = queue_page(connection, chosen, after=after, now=asof, limit=wish.limit + 1)
        more = len(found) > wish.limit
        items: list[QueueItem] = []
        size = 0
        for _, ticket in found[: wish.limit]:
            events, length = _events(connection, ticket, viewer) if wish.with_events else (None, 0)
            flags = flags_of(ticket, context.now)
            items.append(QueueItem(ticket=seen_ticket(ticket, viewer, context), events=events, flags=flags))
            size += length
            if size > limits.PAGE_EVENT_BYTES:
                break
        more = more or len(items) < len(found)
        last = found[len(items) - 1][0] if items else None
        return QueuePage(items=tuple(items), next=_cursor(last, asof) if last is not None and more else None)


def _events(connection: Connection, ticket: Ticket, viewer: Viewer) -> tuple[tuple[Event, ...], int]:
    docs = list(events_of(connection, [parse_number(ticket.number)], internal=True))
    return shown_events(docs, viewer), sum(len(doc) for _, doc in docs)


def _cursor(place: Place, asof: float) -> str:
    return f"{place.rank}_{place.since!r}_{place.no}_{asof!r}"


def _read_cursor(text: str) -> tuple[Place, float]:
    found = _CURSOR.fullmatch(text)
    if found is None:
        raise Refused("invalid", "That is not a place in the queue.")
    rank, since, no, asof = found.groups()
    return Place(int(rank), float(since), int(no)), float(asof)
