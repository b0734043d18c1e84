"""What people read: their tickets, the queue, and the feed of changes after a cursor."""

from collections.abc import Iterable
from dataclasses import dataclass
from sqlite3 import Connection

from msgspec.structs import replace

from tracker.frontdesk import limits
from tracker.frontdesk.answers import Change, Changes, CommandOutcome, Slots, TicketItem, TicketPage
from tracker.frontdesk.chat_values import Chat
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.refusals import Refused, not_found
from tracker.frontdesk.rules.allowing import allowed
from tracker.frontdesk.rules.chat_offer import placed
from tracker.frontdesk.rules.move import Context
from tracker.frontdesk.rules.slots import offered_slots
from tracker.frontdesk.storage import tickets, uploads
from tracker.frontdesk.storage.numbers import number_of, parse_number
from tracker.frontdesk.storage.remembered import recall
from tracker.frontdesk.storage.uploads import Upload
from tracker.frontdesk.values import Event, Ticket, User

HIGHEST = 1 << 60


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks, and whether at the whole desk (agents only) or at what concerns them."""

    user: User
    whole_desk: bool = False

    @property
    def is_agent(self) -> bool:
        """True for those who may see everything."""
        return self.user.role == "agent"


@dataclass(frozen=True, slots=True)
class PageWish:
    """Which part of a list: after which place, how many at most, with their events or not."""

    after: str | None
    limit: int
    with_events: bool


def seen_ticket(ticket: Ticket, viewer: Viewer, context: Context) -> Ticket:
    """Show a ticket to somebody: with what they may do now, and where they stand in the queue for a chat."""
    return replace(ticket, may=allowed(ticket, viewer.user.id, context), chat=seen_chat(ticket, context))


def seen_chat(ticket: Ticket, context: Context) -> Chat | None:
    """Show a ticket's chat as it stands at this moment."""
    chat = ticket.chat
    if chat is None or chat.state != "queued":
        return chat
    place, wait = placed(chat, ticket.number, context.directory.chat_floor())
    return replace(chat, place=place, wait=wait)


def seen_event(event: Event, viewer: Viewer) -> Event:
    """Show an event to somebody: another person's command id is none of their business."""
    if event.command_id is None or event.actor.id == viewer.user.id:
        return event
    return replace(event, command_id=None)


def my_tickets(desk: Desk, viewer: Viewer, wish: PageWish) -> TicketPage:
    """Give a page of what the viewer raised or is in copy of, newest number first."""
    with desk.reading() as connection:
        below = _below(wish.after)
        found = tickets.page_of_person(connection, viewer.user.id, below=below, limit=wish.limit + 1)
        return _page(connection, found, viewer, wish, desk.context(connection))


def desk_tickets(desk: Desk, viewer: Viewer, wish: PageWish, chosen: tickets.QueueFilter) -> TicketPage:
    """Give a page of all tickets that match, newest number first."""
    with desk.reading() as connection:
        found = tickets.page_of_desk(connection, chosen, below=_below(wish.after), limit=wish.limit + 1)
        return _page(connection, found, viewer, wish, desk.context(connection))


def one_ticket(desk: Desk, viewer: Viewer, number: str, *, with_events: bool) -> TicketItem:
    """Give one ticket; raises `Refused` (not found) when it does not concern the viewer."""
    with desk.reading() as connection:
        ticket = tickets.load_ticket(connection, number)
        require_seen(ticket, viewer)
        shown = seen_ticket(ticket, viewer, desk.context(connection))
        if not with_events:
            return TicketItem(ticket=shown, events=None)
        docs = tickets.events_of(connection, [parse_number(number)], internal=viewer.whole_desk)
        return TicketItem(ticket=shown, events=shown_events(docs, viewer))


def slots(desk: Desk, viewer: Viewer, number: str) -> Slots:
    """Give the windows offered for a ticket's visit; raises `Refused` when it does not concern the viewer."""
    with desk.reading() as connection:
        ticket = tickets.load_ticket(connection, number)
        require_seen(ticket, viewer)
        return Slots(slots=offered_slots(ticket, desk.context(connection)))


def require_seen(ticket: Ticket, viewer: Viewer) -> None:
    """Raise `Refused` (not found) unless the ticket concerns the viewer or they are an agent."""
    if not viewer.is_agent and not ticket.concerns(viewer.user.id):
        raise not_found("That request")


def feed_end(desk: Desk) -> str:
    """Give the cursor of the feed's end."""
    with desk.reading() as connection:
        return _cursor(connection, tickets.last_seq(connection))


def changes_after(desk: Desk, viewer: Viewer, cursor: str, *, limit: int) -> Changes:
    """Give what happened after a cursor, oldest first; a reset when the cursor is not of this feed.

    A cursor names a place and the event that stood there, so one from another life of the desk (before a
    backup was put back) is noticed.
    """
    with desk.reading() as connection:
        last = tickets.last_seq(connection)
        after = _place(connection, cursor)
        if after is None:
            return Changes(changes=(), cursor=_cursor(connection, last), reset=True)
        person = None if viewer.whole_desk else viewer.user.id
        found, more = tickets.events_after(connection, after, person_id=person, limit=limit)
        context = desk.context(connection)
        snapshots = {
            no: seen_ticket(ticket, viewer, context)
            for no, ticket in tickets.tickets_by_number(connection, {no for _, no in found}).items()
        }
        changes = tuple(
            Change(seq=event.seq, ticket=snapshots[no], event=seen_event(event, viewer))
            for event, no in found
        )
        end = changes[-1].seq if more else last
        return Changes(changes=changes, cursor=_cursor(connection, end), more=more)


def command_outcome(desk: Desk, viewer: Viewer, key: str) -> CommandOutcome:
    """Tell what became of the viewer's own command; raises `Refused` (not found) when it was not done.

    One being carried out at this moment is waited for: it holds the writer.
    """
    with desk.writing() as connection:
        command = recall(connection, viewer.user.id, key)
        if command is None:
            raise not_found("That command")
        if command.about.attachment is not None:
            upload = uploads.find_upload(connection, command.about.attachment)
            return CommandOutcome(attachment=upload.attachment if upload else None)
        ticket = tickets.load_ticket(connection, number_of(command.about.ticket or 0))
        event = tickets.find_event(connection, command.about.event or "")
        shown = seen_ticket(ticket, viewer, desk.context(connection))
        return CommandOutcome(ticket=shown, event=event and seen_event(event, viewer))


def one_upload(desk: Desk, viewer: Viewer, upload_id: str) -> Upload:
    """Give a file the viewer may see; raises `Refused` (not found) otherwise."""
    with desk.reading() as connection:
        upload = uploads.find_upload(connection, upload_id)
        if upload is None:
            raise not_found("That file")
        if upload.ticket is None:
            if upload.uploader != viewer.user.id:
                raise not_found("That file")
            return upload
        ticket = tickets.load_ticket(connection, number_of(upload.ticket))
        if not viewer.is_agent and not (upload.public and ticket.concerns(viewer.user.id)):
            raise not_found("That file")
        return upload


def _below(after: str | None) -> int:
    return parse_number(after) if after is not None else HIGHEST


def _page(
    connection: Connection, found: list[tuple[int, Ticket]], viewer: Viewer, wish: PageWish, context: Context
) -> TicketPage:
    more = len(found) > wish.limit
    found = found[: wish.limit]
    events: dict[int, tuple[Event, ...]] = {}
    if wish.with_events:
        events, cut = _events_within_reason(connection, [no for no, _ in found], viewer)
        more = more or cut
        found = [(no, ticket) for no, ticket in found if no in events]
    items = tuple(
        TicketItem(ticket=seen_ticket(ticket, viewer, context), events=events.get(no)) for no, ticket in found
    )
    return TicketPage(items=items, next=items[-1].ticket.number if more and items else None)


def _events_within_reason(
    connection: Connection, numbers: list[int], viewer: Viewer
) -> tuple[dict[int, tuple[Event, ...]], bool]:
    """Read the tickets' events until a page is full; tells which tickets are complete, and whether it cut."""
    size = 0
    read: dict[int, list[tuple[int, bytes]]] = {}
    for no, doc in tickets.events_of(connection, numbers, internal=viewer.whole_desk):
        if no not in read and size > limits.PAGE_EVENT_BYTES:
            complete = {number: shown_events(docs, viewer) for number, docs in read.items()}
            return complete, True
        read.setdefault(no, []).append((no, doc))
        size += len(doc)
    return {no: shown_events(read.get(no, ()), viewer) for no in numbers}, False


def shown_events(docs: Iterable[tuple[int, bytes]], viewer: Viewer) -> tuple[Event, ...]:
    """Decode stored events for somebody, in the order given."""
    return tuple(seen_event(tickets.decode_event(doc), viewer) for _, doc in docs)


def _cursor(connection: Connection, seq: int) -> str:
    return f"{seq}.{(tickets.event_id_at(connection, seq) or '')[:8]}"


def _place(connection: Connection, cursor: str) -> int | None:
    digits, _, _ = cursor.partition(".")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 15):
        raise Refused("invalid", "That is not a cursor of this desk.")
    seq = int(digits)
    return seq if _cursor(connection, seq) == cursor and cursor[-1] != "." else None
