"""Chats at this desk, for whoever serves them: the API's calls and the agents' pages.

Every command goes through `carrying_out.act`: one transaction, done once for each key. An agent's order has
`as_agent=True`. What is no fact (typing, read marks, who is available) is written or passed on without one.
"""

from collections.abc import Callable, Iterable

from tracker.frontdesk import carrying_out, limits
from tracker.frontdesk.answers import CannedAnswers, ChatOffer, Chats, Conversation, Messages
from tracker.frontdesk.attendance import note_presence
from tracker.frontdesk.carrying_out import Carried, Order, people_in_chat
from tracker.frontdesk.chat_values import Chat
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.feed import Whisper
from tracker.frontdesk.reading import Viewer, require_seen, seen_chat, seen_event
from tracker.frontdesk.refusals import not_found
from tracker.frontdesk.requests import EditMessage, HandOver, Message, Nothing, StartChat
from tracker.frontdesk.rules import chat, chat_agents
from tracker.frontdesk.rules.chat_offer import offer_at
from tracker.frontdesk.rules.chat_sessions import marked_read, side_of, stirred_by_typing
from tracker.frontdesk.rules.move import Move, actor_of
from tracker.frontdesk.storage import chats, tickets
from tracker.frontdesk.storage.numbers import parse_number
from tracker.frontdesk.values import Event, Ticket, User

LAST = 1 << 60


def offer(desk: Desk) -> ChatOffer:
    """Tell what somebody who starts a chat now would get."""
    with desk.reading() as connection:
        context = desk.context(connection)
        found = offer_at(context.now, context.directory.chat_floor(), desk.settings)
    return ChatOffer(
        state=found.state,
        agents=found.agents,
        place=found.place,
        wait=found.wait,
        opens_at=found.opens_at,
    )


def start(desk: Desk, order: Order, number: str, body: StartChat) -> Carried:
    """Take a ticket's conversation up."""

    def rule(move: Move) -> None:
        chat.start(move, body)

    return carrying_out.act(desk, order, number, _paced(desk, order, rule) if body.text else rule)


def send(desk: Desk, order: Order, number: str, body: Message) -> Carried:
    """Write a message, which ends the writing of it; raises `Refused` (slow down) for too many."""
    listeners: set[str] = set()

    def rule(move: Move) -> None:
        chat.send(move, body)
        listeners.update(people_in_chat(move.ticket))

    note_presence(desk, order.user)
    carried = carrying_out.act(desk, order, number, _paced(desk, order, rule), files=body.attachments)
    if desk.typing.admit(order.user.id, number, typing=False, now=desk.steady_time()):
        desk.hub.whisper(listeners, Whisper(number, order.user.person, typing=False))
    return carried


def edit(desk: Desk, order: Order, number: str, message_id: str, body: EditMessage) -> Carried:
    """Put other words in place of those of a message of one's own."""

    def rule(move: Move) -> None:
        chat.edit(move, message_id, body)

    return carrying_out.act(desk, order, number, _paced(desk, order, rule))


def remove(desk: Desk, order: Order, number: str, message_id: str) -> Carried:
    """Take a message of one's own back."""

    def rule(move: Move) -> None:
        chat.remove(move, message_id)

    return carrying_out.act(desk, order, number, rule)


def end(desk: Desk, order: Order, number: str) -> Carried:
    """End the session, or leave the queue."""

    def rule(move: Move) -> None:
        chat.end(move, Nothing())

    return carrying_out.act(desk, order, number, rule)


def accept(desk: Desk, order: Order, number: str) -> Carried:
    """Join a chat that waits, as an agent."""

    def rule(move: Move) -> None:
        chat_agents.accept(move, Nothing())

    return carrying_out.act(desk, order, number, rule)


def hand_over(desk: Desk, order: Order, number: str, body: HandOver) -> Carried:
    """Give one's chat to a colleague or back to the queue, as an agent."""

    def rule(move: Move) -> None:
        chat_agents.hand_over(move, body)

    return carrying_out.act(desk, order, number, rule)


def leave(desk: Desk, order: Order, number: str) -> Carried:
    """Go from one's chat, as an agent; it is next in the queue."""

    def rule(move: Move) -> None:
        chat_agents.leave(move, Nothing())

    return carrying_out.act(desk, order, number, rule)


def say_typing(desk: Desk, user: User, number: str, *, typing: bool) -> None:
    """Pass on that somebody is writing; nothing happens where they are in no chat."""
    note_presence(desk, user)
    with desk.reading() as connection:
        ticket = _seen(tickets.load_ticket(connection, number), user)
    if not _speaks(ticket, user):
        return
    if desk.typing.admit(user.id, number, typing=typing, now=desk.steady_time()):
        desk.hub.whisper(people_in_chat(ticket), Whisper(number, user.person, typing=typing))
    now, settings = desk.clock(), desk.settings.chat
    if typing and stirred_by_typing(ticket, now, settings) is not ticket:
        _change(desk, user, number, lambda found: stirred_by_typing(found, now, settings))


def mark_read(desk: Desk, user: User, number: str, message_id: str) -> None:
    """Move the mark of somebody's side forward; an agent who is not in the chat reads without a mark.

    Raises `Refused` (not found) for a message that is not of this conversation.
    """
    with desk.reading() as connection:
        ticket = _seen(tickets.load_ticket(connection, number), user)
        said = chats.find_message(connection, message_id)
        if said is None or said.event.ticket != number:
            raise not_found("That message")
    if ticket.chat is None or not _has_mark(ticket, user):
        return

    def mark(found: Ticket) -> Ticket:
        return found if _read_up_to(desk, found, user) >= said.event.seq else moved(found)

    def moved(found: Ticket) -> Ticket:
        return marked_read(found, side_of(found, user.id), message_id)

    if mark(ticket) is not ticket:
        _change(desk, user, number, mark)


def messages(desk: Desk, viewer: Viewer, number: str, *, after: int, limit: int) -> Messages:
    """Give what was said after a place of the feed, oldest first."""
    with desk.reading() as connection:
        _seen(tickets.load_ticket(connection, number), viewer.user)
        found = chats.messages_after(connection, parse_number(number), after=after, limit=limit + 1)
    shown = tuple(seen_event(event, viewer) for event in _fitting(found[:limit]))
    return Messages(events=shown, next=shown[-1].seq if len(found) > len(shown) else None)


def _fitting(found: list[Event]) -> list[Event]:
    """Give as many as fill a page; long texts fill one with few."""
    size = 0
    for count, event in enumerate(found, start=1):
        size += len(event.text)
        if size > limits.PAGE_EVENT_BYTES:
            return found[:count]
    return found


def last_messages(desk: Desk, viewer: Viewer, number: str, *, before: int = LAST, limit: int) -> Messages:
    """Give the last of what was said before a place of the feed, in order; `next` is where to go back to."""
    with desk.reading() as connection:
        _seen(tickets.load_ticket(connection, number), viewer.user)
        found = chats.messages_before(connection, parse_number(number), before=before, limit=limit + 1)
    more = len(found) > limit
    shown = tuple(seen_event(event, viewer) for event in found[-limit:])
    return Messages(events=shown, next=shown[0].seq if more else None)


def chats_of(desk: Desk, viewer: Viewer) -> Chats:
    """List the chats that go on: the viewer's own or, with the whole desk in view, all, the queue first."""
    with desk.reading() as connection:
        context = desk.context(connection)
        if viewer.whole_desk:
            found = chats.chats_of_desk(connection)
        else:
            found = chats.chats_of_person(connection, viewer.user.id)
        return _listed((ticket.number, seen_chat(ticket, context)) for ticket in found)


def chats_named(desk: Desk, viewer: Viewer, numbers: Iterable[str]) -> Chats:
    """Tell how the chats on these tickets stand, also when over; what may not be seen is left out."""
    with desk.reading() as connection:
        context = desk.context(connection)
        found = tickets.tickets_by_number(connection, map(parse_number, numbers)).values()
        seen = [ticket for ticket in found if viewer.is_agent or ticket.concerns(viewer.user.id)]
        return _listed((ticket.number, seen_chat(ticket, context)) for ticket in seen)


def canned(desk: Desk) -> CannedAnswers:
    """List the words that agents often need, from desk.toml."""
    return CannedAnswers(answers=desk.settings.chat.canned)


def _listed(found: Iterable[tuple[str, Chat | None]]) -> Chats:
    return Chats(chats=tuple(Conversation(ticket=no, chat=each) for no, each in found if each is not None))


def _paced(desk: Desk, order: Order, rule: Callable[[Move], None]) -> Callable[[Move], None]:
    def paced(move: Move) -> None:
        most = desk.settings.chat.messages_per_minute
        desk.messages.admit(order.user.id, most=most, now=desk.steady_time())
        rule(move)

    return paced


def _seen(ticket: Ticket, user: User) -> Ticket:
    require_seen(ticket, Viewer(user))
    return ticket


def _speaks(ticket: Ticket, user: User) -> bool:
    """Tell whether somebody is in the chat that goes on: on the ticket's side, or as the agent in it."""
    found = ticket.chat
    if found is None or not found.is_active:
        return False
    return _has_mark(ticket, user) and (found.state == "open" or ticket.concerns(user.id))


def _has_mark(ticket: Ticket, user: User) -> bool:
    found = ticket.chat
    is_agent = found is not None and found.agent is not None and found.agent.id == user.id
    return ticket.concerns(user.id) or is_agent


def _read_up_to(desk: Desk, ticket: Ticket, user: User) -> int:
    """Tell up to which place of the feed somebody's side has read."""
    marks = ticket.chat.read if ticket.chat is not None else None
    if marks is None:
        return 0
    message_id = marks.requester if side_of(ticket, user.id) == "requester" else marks.agent
    if message_id is None:
        return 0
    with desk.reading() as connection:
        said = chats.find_message(connection, message_id)
    return said.event.seq if said is not None else 0


def _change(desk: Desk, user: User, number: str, change: Callable[[Ticket], Ticket]) -> None:
    """Change how a chat stands without a fact, and tell those who are in it."""
    with desk.writing() as connection:
        ticket = _seen(tickets.load_ticket(connection, number), user)
        changed = change(ticket)
        if changed is ticket:
            return
        move = Move(changed, actor_of(user), desk.context(connection))
        carrying_out.store(connection, move)
    desk.hub.whisper(people_in_chat(changed), Whisper(number))
