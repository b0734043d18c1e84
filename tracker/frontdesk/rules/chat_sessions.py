"""A chat's session: who may speak in it, when silence ends it, and how it ends."""

from datetime import datetime, timedelta
from typing import Literal

from msgspec.structs import replace

from tracker.frontdesk.chat_values import Chat, ChatEnder, ReadMarks
from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.rules.move import Move
from tracker.frontdesk.settings import ChatSettings
from tracker.frontdesk.values import EventData, Person, Ticket
from tracker.model.event import EventKind

Side = Literal["requester", "agent"]

NONE_GOING_ON = "No chat is going on here."
TYPING_GRAIN = timedelta(seconds=30)
"""Typing moves the end on only when it moves it by so much, so that it is seldom written."""


def side_of(ticket: Ticket, person_id: str | None) -> Side:
    """Tell on which side somebody speaks: those of the ticket on the requester's, whatever they work as."""
    return "requester" if ticket.concerns(person_id or "") else "agent"


def active_chat(ticket: Ticket) -> Chat:
    """Give the session that is going on; raises `Refused` when none is."""
    if ticket.chat is None or not ticket.chat.is_active:
        raise Refused("not_now", NONE_GOING_ON)
    return ticket.chat


def chat_of_speaker(move: Move) -> Chat:
    """Give the session the actor may speak in: one of the ticket's people, or the agent who is in it."""
    chat = active_chat(move.ticket)
    if side_of(move.ticket, move.actor.id) == "agent":
        require_in_it(chat, move.actor.id)
    return chat


def require_in_it(chat: Chat, agent_id: str | None) -> None:
    """Raise `Refused` unless this agent is the one in the chat."""
    if chat.state == "queued":
        raise Refused("not_now", "Nobody has joined this chat. Accept it first.")
    if chat.agent is None or chat.agent.id != agent_id:
        name = chat.agent.name if chat.agent is not None else "A colleague"
        raise Refused("not_now", f"{name} is in this chat. It can be handed over to you.")


def idle_end(now: datetime, settings: ChatSettings) -> datetime:
    """Tell when silence from now on ends an open chat."""
    return now + timedelta(minutes=settings.idle_end_minutes)


def chat_due(ticket: Ticket, settings: ChatSettings) -> datetime | None:
    """Tell when something will next happen to the chat by itself: the warning, then the end."""
    chat = ticket.chat
    if chat is None or chat.state != "open" or chat.ends_at is None:
        return None
    return chat.ends_at if chat.warned else _warning_at(chat.ends_at, settings)


def _warning_at(ends_at: datetime, settings: ChatSettings) -> datetime:
    return ends_at - timedelta(minutes=settings.idle_end_minutes - settings.idle_warn_minutes)


def stirred(chat: Chat, now: datetime, settings: ChatSettings) -> Chat:
    """Begin the idle time of an open chat anew."""
    if chat.state != "open":
        return chat
    return replace(chat, ends_at=idle_end(now, settings), warned=False)


def stirred_by_typing(ticket: Ticket, now: datetime, settings: ChatSettings) -> Ticket:
    """Begin the idle time anew; the same ticket where that would change little."""
    chat = ticket.chat
    if chat is None or chat.ends_at is None:
        return ticket
    moved = stirred(chat, now, settings)
    far = moved.ends_at is not None and moved.ends_at - chat.ends_at >= TYPING_GRAIN
    return replace(ticket, chat=moved) if far or chat.warned else ticket


def marked_read(ticket: Ticket, side: Side, message_id: str) -> Ticket:
    """Put a side's read mark on a message; whether that is forward is for the caller to know."""
    if ticket.chat is None:
        return ticket
    marks = ticket.chat.read
    by_requester = side == "requester"
    read = ReadMarks(
        requester=message_id if by_requester else marks.requester,
        agent=marks.agent if by_requester else message_id,
    )
    return replace(ticket, chat=replace(ticket.chat, read=read))


def requeue(chat: Chat, *, offered: Person | None = None) -> Chat:
    """Put a chat whose agent goes back to the front of the queue; `agent` still says who was in it."""
    return replace(chat, state="queued", offered=offered, ends_at=None, warned=False)


def end_session(move: Move, by: ChatEnder) -> None:
    """End the session that is going on; told by the actor, or by the desk where it did it."""
    chat = active_chat(move.ticket)
    ended = replace(
        chat,
        state="ended",
        ended_at=move.now,
        ended_by=by,
        offered=None,
        ends_at=None,
        warned=False,
    )
    move.ticket = replace(move.ticket, chat=ended)
    seconds = int((move.now - chat.started_at).total_seconds())
    data = EventData(session=chat.session, by=by, messages=chat.messages, seconds=seconds)
    if by in ("you", "agent"):
        move.tell(EventKind.CHAT_ENDED, data)
    else:
        move.tell_as(move.context.desk, EventKind.CHAT_ENDED, data)


def end_with_ticket(move: Move) -> None:
    """End what chat goes on, since its ticket ends."""
    if move.ticket.chat is not None and move.ticket.chat.is_active:
        end_session(move, "desk")


def let_silence_pass(move: Move) -> None:
    """Warn of the end by silence, or bring it, when its time has come."""
    chat, settings = move.ticket.chat, move.context.settings.chat
    due = chat_due(move.ticket, settings)
    if chat is None or chat.ends_at is None or due is None or due > move.now:
        return
    if chat.ends_at <= move.now:
        end_session(move, "idle")
    else:
        move.ticket = replace(move.ticket, chat=replace(chat, warned=True))
