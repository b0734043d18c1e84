"""Calls about chats: what one would get, a session's words on both sides, and what agents do with it."""

from collections.abc import Callable
from typing import Annotated

from msgspec import Meta, Struct

from tracker.frontdesk import chatting, limits
from tracker.frontdesk.answers import ChatOffer, Chats, Done, Messages
from tracker.frontdesk.carrying_out import Carried, Order
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.refusals import Code
from tracker.frontdesk.requests import (
    Body,
    EditMessage,
    HandOver,
    Message,
    Nothing,
    ReadUpTo,
    SayTyping,
    StartChat,
)
from tracker.frontdesk.web.acting import COMMANDED
from tracker.frontdesk.web.requesters import View, scoped
from tracker.frontdesk.web.route import BodyT, Call, Commanding, Method, NoQuery, Noting, Reading, Route, Spec

CHAT = "/tickets/{number}/chat"
MESSAGE = f"{CHAT}/messages/{{message}}"
FOUND: tuple[Code, ...] = ("not_found",)


class MessagesQuery(Struct, frozen=True, kw_only=True):
    """After which event's `seq`."""

    after: Annotated[int, Meta(ge=0, lt=1 << 60)] = 0
    limit: Annotated[int, Meta(ge=1, le=limits.PAGE_MESSAGES)] = limits.PAGE_MESSAGES


class ChatsQuery(Struct, frozen=True, kw_only=True):
    """Mine, or (agents) all of the desk."""

    scope: View = "mine"


def _offer(call: Call[Nothing, NoQuery]) -> ChatOffer:
    return chatting.offer(call.desk)


def _chats(call: Call[Nothing, ChatsQuery]) -> Chats:
    return chatting.chats_of(call.desk, scoped(call.viewer, call.query.scope))


def _messages(call: Call[Nothing, MessagesQuery]) -> Messages:
    query, number = call.query, call.path["number"]
    return chatting.messages(call.desk, call.viewer, number, after=query.after, limit=query.limit)


def _typing(call: Call[SayTyping, NoQuery]) -> None:
    chatting.say_typing(call.desk, call.caller.user, call.path["number"], typing=call.body.typing)


def _read(call: Call[ReadUpTo, NoQuery]) -> None:
    chatting.mark_read(call.desk, call.caller.user, call.path["number"], call.body.message)


def _edit(call: Call[EditMessage, NoQuery]) -> Carried:
    return chatting.edit(call.desk, call.order, call.path["number"], call.path["message"], call.body)


def _remove(call: Call[Nothing, NoQuery]) -> Carried:
    return chatting.remove(call.desk, call.order, call.path["number"], call.path["message"])


def _with_body(
    do: Callable[[Desk, Order, str, BodyT], Carried],
) -> Callable[[Call[BodyT, NoQuery]], Carried]:
    return lambda call: do(call.desk, call.order, call.path["number"], call.body)


def _without(do: Callable[[Desk, Order, str], Carried]) -> Callable[[Call[Nothing, NoQuery]], Carried]:
    return lambda call: do(call.desk, call.order, call.path["number"])


def chat_routes() -> tuple[Route, ...]:
    """List the calls of this file."""
    return (*_readings(), *_words(), *_notes(), *_deeds_of_agents())


def _readings() -> tuple[Route, ...]:
    offer = Spec("GET", "/chat", "What somebody who starts a chat now would get", ChatOffer)
    chats = Spec("GET", "/chats", "The chats that go on", Chats, query=ChatsQuery, refusals=("not_allowed",))
    messages = Spec(
        "GET",
        f"{CHAT}/messages",
        "What was said in a conversation",
        Messages,
        query=MessagesQuery,
        refusals=FOUND,
    )
    return (
        Reading(offer, NoQuery, _offer),
        Reading(chats, ChatsQuery, _chats),
        Reading(messages, MessagesQuery, _messages),
    )


def _words() -> tuple[Route, ...]:
    end = _spec(f"{CHAT}/end", "End the chat, or leave the queue", Nothing)
    return (
        Commanding(_spec(CHAT, "Start a chat", StartChat), StartChat, _with_body(chatting.start)),
        Commanding(
            _spec(f"{CHAT}/messages", "Write in the chat", Message), Message, _with_body(chatting.send)
        ),
        Commanding(
            _spec(MESSAGE, "Put other words in place of one's own", EditMessage, method="PUT"),
            EditMessage,
            _edit,
        ),
        Commanding(_spec(MESSAGE, "Take one's own message back", None, method="DELETE"), Nothing, _remove),
        Commanding(end, Nothing, _without(chatting.end)),
    )


def _notes() -> tuple[Route, ...]:
    typing = Spec(
        "POST",
        f"{CHAT}/typing",
        "Say that one is writing",
        body=SayTyping,
        status=204,
        refusals=FOUND,
    )
    read = Spec(
        "POST",
        f"{CHAT}/read",
        "Say up to where one has read",
        body=ReadUpTo,
        status=204,
        refusals=FOUND,
    )
    return (Noting(typing, SayTyping, _typing), Noting(read, ReadUpTo, _read))


def _deeds_of_agents() -> tuple[Route, ...]:
    return (
        Commanding(
            _spec(f"{CHAT}/accept", "Join a chat that waits", Nothing, agents=True),
            Nothing,
            _without(chatting.accept),
        ),
        Commanding(
            _spec(f"{CHAT}/hand_over", "Give one's chat to somebody else", HandOver, agents=True),
            HandOver,
            _with_body(chatting.hand_over),
        ),
        Commanding(
            _spec(f"{CHAT}/leave", "Leave one's chat, which is next in the queue", Nothing, agents=True),
            Nothing,
            _without(chatting.leave),
        ),
    )


def _spec(
    path: str, summary: str, body: type[Body] | None, *, method: Method = "POST", agents: bool = False
) -> Spec:
    return Spec(
        method,
        path,
        summary,
        Done,
        body=body,
        status=201,
        access="agent" if agents else "person",
        key="optional" if agents else "requesters",
        refusals=(*COMMANDED, "slow_down"),
    )
