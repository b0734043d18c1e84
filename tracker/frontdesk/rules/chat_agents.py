"""What agents do with chats: accept one, hand it over, leave it."""

from msgspec.structs import replace

from tracker.frontdesk.chat_values import Chat
from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.requests import HandOver, Nothing
from tracker.frontdesk.rules.agent import take_where_free
from tracker.frontdesk.rules.chat_sessions import (
    NONE_GOING_ON,
    active_chat,
    idle_end,
    requeue,
    require_in_it,
    side_of,
)
from tracker.frontdesk.rules.move import Move
from tracker.frontdesk.values import EventData, Person
from tracker.model.event import EventKind


def accept(move: Move, _body: Nothing) -> None:
    """Join a chat that waits, whatever its place; the request is the agent's then, where nobody has it."""
    chat = _waiting(move)
    _require_room(move)
    me = _actor(move)
    seconds = int((move.now - chat.started_at).total_seconds()) if chat.joined_at is None else None
    joined = replace(
        chat,
        state="open",
        agent=me,
        offered=None,
        joined_at=chat.joined_at or move.now,
        ends_at=idle_end(move.now, move.context.settings.chat),
    )
    move.ticket = replace(move.ticket, chat=joined)
    move.tell(EventKind.CHAT_JOINED, EventData(session=chat.session, agent=me, seconds=seconds))
    take_where_free(move)


def hand_over(move: Move, body: HandOver) -> None:
    """Give one's chat to a colleague, who still has to accept it, or back to the queue."""
    chat = _mine(move)
    offered = _colleague(move, body.agent) if body.agent is not None else None
    move.ticket = replace(move.ticket, chat=requeue(chat, offered=offered))
    data = EventData(session=chat.session, agent=offered, previous=_actor(move))
    move.tell(EventKind.CHAT_HANDED_OVER, data)


def leave(move: Move, _body: Nothing) -> None:
    """Go, and put the chat back to the front of the queue."""
    chat = _mine(move)
    move.ticket = replace(move.ticket, chat=requeue(chat))
    move.tell(EventKind.CHAT_LEFT, EventData(session=chat.session, agent=_actor(move)))


def lose_agent(move: Move) -> None:
    """Say, as the desk, that the agent is not there any more; the chat is next in the queue."""
    chat = active_chat(move.ticket)
    move.ticket = replace(move.ticket, chat=requeue(chat))
    data = EventData(session=chat.session, agent=chat.agent)
    move.tell_as(move.context.desk, EventKind.CHAT_LEFT, data)


def _waiting(move: Move) -> Chat:
    chat = move.ticket.chat
    if side_of(move.ticket, move.actor.id) == "requester":
        raise Refused("not_allowed", "This is your own request, so a colleague must take the chat.")
    if chat is None or not chat.is_active:
        raise Refused("not_now", "That chat is over." if chat is not None else NONE_GOING_ON)
    if chat.state == "open" and chat.agent is not None:
        if chat.agent.id == move.actor.id:
            raise Refused("not_now", "You are in this chat already.")
        raise Refused("not_now", f"{chat.agent.name} has taken this chat already.")
    return chat


def _require_room(move: Move) -> None:
    most = move.context.settings.chat.most_per_agent
    if move.context.directory.chat_floor().open_chats.get(move.actor.id or "", 0) >= most:
        said = f"{most} chats" if most > 1 else "a chat"
        raise Refused("not_now", f"You are in {said} already. End one or hand one over first.")


def _mine(move: Move) -> Chat:
    chat = active_chat(move.ticket)
    require_in_it(chat, move.actor.id)
    return chat


def _colleague(move: Move, agent_id: str) -> Person:
    colleague = move.context.directory.agent(agent_id)
    if colleague.id == move.actor.id:
        raise Refused("invalid", "The chat is with you already. Choose a colleague.")
    if move.ticket.concerns(colleague.id):
        raise Refused("invalid", f"It is {colleague.name}'s own request. Choose another colleague.")
    if colleague.id not in move.context.directory.chat_floor().available:
        raise Refused("not_now", f"{colleague.name} is not available for chats now.")
    return colleague


def _actor(move: Move) -> Person:
    return Person(id=move.actor.id or "", name=move.actor.name)
