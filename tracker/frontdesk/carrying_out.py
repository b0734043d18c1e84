"""Commands carried out: rules applied, everything written in one transaction, the same one never twice."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from sqlite3 import Connection

import msgspec
from msgspec.structs import replace

from tracker.frontdesk import limits
from tracker.frontdesk.answers import Done
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.feed import Whisper
from tracker.frontdesk.filenames import safe_name, type_of
from tracker.frontdesk.filestore import Arrived
from tracker.frontdesk.reading import Viewer, require_seen, seen_ticket
from tracker.frontdesk.refusals import Refused, not_found
from tracker.frontdesk.requests import Body, Merge, RaiseTicket
from tracker.frontdesk.rules import agent, requester
from tracker.frontdesk.rules.chat_sessions import chat_due
from tracker.frontdesk.rules.move import Context, Move, actor_of
from tracker.frontdesk.rules.promises import keep_clocks
from tracker.frontdesk.rules.timers import let_time_pass, next_due
from tracker.frontdesk.storage import people, tickets, uploads
from tracker.frontdesk.storage.chats import chats_of_desk
from tracker.frontdesk.storage.numbers import parse_number
from tracker.frontdesk.storage.remembered import Remembered, Subject, recall, remember
from tracker.frontdesk.values import Attachment, Event, Person, Ticket, User
from tracker.model.event import EventKind

MOVES_PLACES = frozenset(
    {
        EventKind.CHAT_STARTED,
        EventKind.CHAT_JOINED,
        EventKind.CHAT_LEFT,
        EventKind.CHAT_HANDED_OVER,
        EventKind.CHAT_ENDED,
    }
)
DUE_AT_ONCE = 100
UNUSED_FOR = timedelta(days=1)

_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Order:
    """Whose command, under which key, and what tells it from another one under the same key."""

    user: User
    key: str | None
    fingerprint: bytes
    as_agent: bool = False

    @property
    def viewer(self) -> Viewer:
        """The one who sent it, as a reader of the answer."""
        return Viewer(self.user)


@dataclass(frozen=True, slots=True)
class Carried:
    """The encoded answer to a command, and whether it is the first one given again."""

    answer: bytes
    replayed: bool = False


def fingerprint(what: str, body: Body) -> bytes:
    """Condense what was asked for: the same whatever the order of keys or the spaces."""
    return hashlib.sha256(what.encode() + b"\n" + _encode(body)).digest()


def file_fingerprint(name: str, arrived: Arrived) -> bytes:
    """Condense an upload: the same name with the same bytes is the same command."""
    return hashlib.sha256(f"{arrived.sha256}\n{name}".encode()).digest()


def raise_ticket(desk: Desk, order: Order, body: RaiseTicket) -> Carried:
    """Open a ticket."""
    with desk.writing() as connection:
        if (again := _again(connection, order)) is not None:
            return again
        context = _with_files(desk, connection, order, body.attachments)
        copies = tuple(_person(connection, name) for name in dict.fromkeys(body.cc))
        number = tickets.next_number(connection)
        cc = tuple({person.id: person for person in copies}.values())
        move = requester.raise_ticket(number, order.user, body, cc=cc, context=context)
        carried = _keep(connection, order, move)
    tell(desk, move)
    return carried


def act(
    desk: Desk, order: Order, number: str, rule: Callable[[Move], None], *, files: tuple[str, ...] = ()
) -> Carried:
    """Apply a rule to a ticket.

    Raises `Refused`: the rule says no, or the ticket does not concern the sender.
    """
    with desk.writing() as connection:
        if (again := _again(connection, order)) is not None:
            return again
        ticket = _load(connection, order, number)
        context = _with_files(desk, connection, order, files)
        move = Move(ticket, actor_of(order.user), context)
        rule(move)
        keep_clocks(move, ticket)
        carried = _keep(connection, order, move)
    tell(desk, move)
    return carried


def merge(desk: Desk, order: Order, number: str, body: Merge) -> Carried:
    """End one ticket in favour of another."""
    with desk.writing() as connection:
        if (again := _again(connection, order)) is not None:
            return again
        ticket = _load(connection, order, number)
        context = desk.context(connection)
        move = Move(ticket, actor_of(order.user), context)
        survivor = Move(_load(connection, order, body.into), actor_of(order.user), context)
        agent.merge(move, survivor, body)
        carried = _keep(connection, order, move)
        store(connection, survivor)
    tell(desk, move)
    tell(desk, survivor)
    return carried


def keep_upload(desk: Desk, order: Order, arrived: Arrived, *, name: str) -> Carried:
    """Keep a file that has arrived; the caller discards what was not kept."""
    with desk.writing() as connection:
        if (again := _again(connection, order)) is not None:
            return again
        if uploads.count_waiting(connection, order.user.id) >= limits.WAITING_UPLOADS_PER_PERSON:
            raise Refused(
                "slow_down", "Too many files wait to be used. Send or forget some first.", after=3600
            )
        tidy = safe_name(name)
        attachment = Attachment(
            id=arrived.id,
            name=tidy,
            size=arrived.size,
            mime=type_of(tidy, arrived.head),
            sha256=arrived.sha256,
        )
        now = desk.clock().timestamp()
        uploads.add_upload(connection, attachment, uploader=order.user.id, at=now)
        answer = _encode(attachment)
        _remember(connection, order, Subject(attachment=arrived.id), answer=answer, at=now)
        desk.files.keep(arrived)
    return Carried(answer)


def let_things_happen(desk: Desk) -> float | None:
    """Do what is due by itself; tells when to come again (epoch seconds), None when nothing is planned."""
    with desk.reading() as connection:
        due = tickets.first_due(connection)
    if due is None or due > desk.clock().timestamp():
        return due
    moves: list[Move] = []
    with desk.writing() as connection:
        context = desk.context(connection)
        for ticket in tickets.due_tickets(connection, context.now, limit=DUE_AT_ONCE):
            move = let_time_pass(ticket, context)
            store(connection, move)
            moves.append(move)
        due = tickets.first_due(connection)
    for move in moves:
        tell(desk, move)
        if not move.facts:
            desk.hub.whisper(people_in_chat(move.ticket), Whisper(move.ticket.number))
    return due


def forget_unused_files(desk: Desk) -> None:
    """Remove files that no message named for a day."""
    before = (desk.clock() - UNUSED_FOR).timestamp()
    with desk.reading() as connection:
        if not uploads.any_forgotten(connection, before=before):
            return
    with desk.writing() as connection:
        forgotten = uploads.remove_forgotten(connection, before=before)
    desk.files.remove(forgotten)


def _again(connection: Connection, order: Order) -> Carried | None:
    earlier = recall(connection, order.user.id, order.key) if order.key is not None else None
    if earlier is None:
        return None
    if earlier.fingerprint != order.fingerprint:
        raise Refused("key_reused", "This Idempotency-Key was used for something else.")
    return Carried(earlier.answer, replayed=True)


def _load(connection: Connection, order: Order, number: str) -> Ticket:
    ticket = tickets.load_ticket(connection, number)
    if order.as_agent:
        require_seen(ticket, order.viewer)
    elif not ticket.concerns(order.user.id):
        raise not_found("That request")
    return ticket


def _with_files(desk: Desk, connection: Connection, order: Order, ids: tuple[str, ...]) -> Context:
    found = uploads.waiting_uploads(connection, ids, uploader=order.user.id)
    if len(found) != len(set(ids)):
        raise Refused("invalid", "A file is not at the desk, or was used already. Please attach it again.")
    return desk.context(connection, found)


def _person(connection: Connection, name: str) -> Person:
    person = people.find_person(connection, name)
    if person is None:
        raise Refused("invalid", f"The desk knows nobody called “{name[:80]}”.")
    return person


def _keep(connection: Connection, order: Order, move: Move) -> Carried:
    """Write the move, its files and the answer to the command.

    The main fact carries the command's key; so do words said in a chat, whatever the main fact is.
    """
    for index, fact in enumerate(move.facts):
        if index == move.main or fact.kind is EventKind.CHAT_MESSAGE:
            move.facts[index] = replace(fact, command_id=order.key)
    events = store(connection, move)
    main = events[move.main]
    no = parse_number(move.ticket.number)
    uploads.attach(connection, main.attachments, ticket=no, public=main.public)
    answer = _encode(Done(ticket=seen_ticket(move.ticket, order.viewer, move.context), event=main))
    about = Subject(ticket=no, event=main.id)
    _remember(connection, order, about, answer=answer, at=move.now.timestamp())
    return Carried(answer)


def store(connection: Connection, move: Move) -> list[Event]:
    """Write a move as it is: the ticket, and its facts at the end of the feed."""
    moments = (next_due(move.ticket), chat_due(move.ticket, move.context.settings.chat))
    due = min((moment for moment in moments if moment is not None), default=None)
    tickets.save_ticket(connection, move.ticket, due=due)
    return tickets.append_events(connection, move.facts)


def _remember(connection: Connection, order: Order, about: Subject, *, answer: bytes, at: float) -> None:
    if order.key is not None:
        command = Remembered(
            order.user.id,
            order.key,
            fingerprint=order.fingerprint,
            about=about,
            answer=answer,
        )
        remember(connection, command, at=at)


def tell(desk: Desk, move: Move) -> None:
    """Tell those who listen what a move did, and those who wait for a chat when it moved their places."""
    desk.hub.announce(person.id for person in move.ticket.people)
    if any(fact.kind in MOVES_PLACES for fact in move.facts):
        tell_queue(desk)


def tell_queue(desk: Desk) -> None:
    """Tell everybody who waits for a chat that places or waits may have changed."""
    with desk.reading() as connection:
        going_on = chats_of_desk(connection)
    for ticket in going_on:
        if ticket.chat is not None and ticket.chat.state == "queued":
            desk.hub.whisper(people_in_chat(ticket), Whisper(ticket.number))


def people_in_chat(ticket: Ticket) -> set[str]:
    """List the ids of those who are told what changes in a ticket's chat."""
    people = {person.id for person in ticket.people}
    if ticket.chat is not None:
        people |= {agent.id for agent in (ticket.chat.agent, ticket.chat.offered) if agent is not None}
    return people
