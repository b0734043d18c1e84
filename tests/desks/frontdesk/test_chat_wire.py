"""What the desk says of conversations, read from the wire: bad, hostile and newer words too."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from tests.contract.listening import Story, hear, listening
from tests.contract.values import assert_plain
from tests.contract.writing import Outgoing
from tests.desks.frontdesk.canned import ABOUT, EVENT, JANE, TICKET, CannedDesk, Json, Reply, canned_desk
from tracker.desks.base import Capability
from tracker.desks.frontdesk import news
from tracker.desks.frontdesk.desk import FrontDesk
from tracker.model.chat import ChatOffer, ChatState, EndedBy, MessageKind, OfferState, Wait
from tracker.model.command import Command, CommandId, EndChat, SendMessage, StartChat
from tracker.model.errors import CommandRejected, UnexpectedAnswer
from tracker.model.event import EventKind
from tracker.model.person import ActorKind
from tracker.model.ticket import Act, TicketId

pytestmark = pytest.mark.anyio

REQ = TicketId("REQ-1")
MESSAGES = "GET /api/v1/tickets/REQ-1/chat/messages"
STREAM = "GET /api/v1/changes/stream"
TESS: Json = {"id": "a1", "name": "Tess Brown", "kind": "agent"}
CHAT: Json = {
    "session": "s1",
    "state": "open",
    "started_at": "2026-11-20T09:00:00Z",
    "joined_at": "2026-11-20T09:01:00Z",
    "agent": {"id": "a1", "name": "Tess Brown"},
    "first_place": 2,
    "ends_at": "2026-11-20T09:11:00Z",
    "read": {"requester": "m1", "agent": "m2"},
}
TALKING: Json = TICKET | {"chat": CHAT, "may": ["reply", "chat"]}
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def said(number: int, text: str, **more: object) -> Json:
    """Write a message as the desk does."""
    usual: Json = {"id": f"m{number}", "seq": number, "kind": "chat_message", "data": {"session": "s1"}}
    return EVENT | usual | {"text": text, "actor": TESS} | more


def pushed(*told: tuple[str, Json]) -> Reply:
    """Write a stream."""
    lines = "".join(f"event: {kind}\ndata: {json.dumps(data)}\n\n" for kind, data in told)
    return Reply(lines.encode(), media_type="text/event-stream")


def changes(*events: Json, ticket: Json = TALKING, more: bool = False) -> tuple[str, Json]:
    """Write some of the feed."""
    told = [{"ticket": ticket, "event": event} for event in events]
    return "changes", {"changes": told, "cursor": "c2", "more": more}


@asynccontextmanager
async def chatting_desk(*messages: Json) -> AsyncIterator[tuple[CannedDesk, FrontDesk]]:
    """Give a canned desk that chats, with one conversation on one request."""
    async with canned_desk() as (canned, desk):
        canned.say("GET /api/v1/desk", Reply(ABOUT | {"capabilities": ["create", "chat"]}))
        page: Json = {"items": [{"ticket": TALKING, "events": [EVENT]}], "next": None}
        canned.say("GET /api/v1/tickets?", Reply(page))
        canned.say(MESSAGES, Reply({"events": list(messages), "next": None}))
        yield canned, desk


async def heard_live(desk: FrontDesk, canned: CannedDesk, *told: tuple[str, Json]) -> Story:
    """Hear what a stream says before it ends."""
    canned.say(STREAM, pushed(*told, changes()))
    async with listening(desk, (await hear(desk)).cursor) as ear:
        return await ear.until(lambda story: story.caught_up)


async def test_a_conversation_comes_with_the_request_and_its_words_after() -> None:
    async with chatting_desk(said(1, "Hello."), said(2, "Hi.", actor=EVENT["actor"])) as (_, desk):
        story = await hear(desk)
    chat = story.chats[REQ]
    assert (chat.session, chat.state, chat.first_place) == ("s1", ChatState.OPEN, 2)
    assert chat.agent is not None
    assert chat.agent.name == "Tess Brown"
    assert chat.ends_at == datetime(2026, 11, 20, 9, 11, tzinfo=UTC)
    assert [(m.place, m.sender.kind, m.session) for m in story.talk(REQ)] == [
        (1, ActorKind.AGENT, "s1"),
        (2, ActorKind.YOU, "s1"),
    ]
    assert story.read == {(REQ, ActorKind.YOU): "m1", (REQ, ActorKind.AGENT): "m2"}
    assert Act.CHAT in story.tickets[REQ].may
    assert EventKind.CHAT_MESSAGE not in story.kinds(REQ)
    marks = next(batch for batch in story.batches if batch.reads)
    assert marks.messages, "a mark comes with the words it names, not before them"


async def test_a_long_conversation_comes_by_pages_and_each_once() -> None:
    async with chatting_desk() as (canned, desk):
        pages = []
        for start in range(0, 1000, 200):
            events = [said(number, f"Line {number}.") for number in range(start, start + 200)]
            pages.append(Reply({"events": events, "next": start + 199 if start < 800 else None}))
        canned.say(MESSAGES, *pages)
        story = await hear(desk)
    assert story.said(REQ) == [f"Line {number}." for number in range(1000)]
    assert max(len(batch.messages) for batch in story.batches) == 200
    asked = [line.partition("after=")[2] for line in canned.asked if line.startswith(MESSAGES)]
    assert asked == ["", "199", "399", "599", "799"]


async def test_a_conversation_that_turns_in_a_circle_is_stopped() -> None:
    async with chatting_desk() as (canned, desk):
        canned.say(MESSAGES, Reply({"events": [said(1, "Again.")], "next": 1}))
        with pytest.raises(UnexpectedAnswer) as trouble:
            await hear(desk)
        assert_plain(trouble.value)


@pytest.mark.parametrize("bad", [{}, {"events": 7}, {"events": [{"id": 1}]}, {"events": [], "next": "x"}])
async def test_words_of_the_wrong_shape_are_none(bad: Json) -> None:
    async with chatting_desk() as (canned, desk):
        canned.say(MESSAGES, Reply(bad))
        with pytest.raises(UnexpectedAnswer) as trouble:
            await hear(desk)
        assert_plain(trouble.value)


async def test_a_conversation_that_is_no_longer_ones_own_stops_nothing() -> None:
    async with chatting_desk() as (canned, desk):
        canned.say(MESSAGES, Reply({"error": "not_found", "message": "There is no such thing."}, 404))
        story = await hear(desk)
    assert story.tickets[REQ].subject == "Printer"
    assert story.written == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("Open \u202egpj.exe", "Open gpj.exe"),
        ("\x1b[31mred\x07", "[31mred"),
        ("a\u0000b\u200bc", "abc"),
    ],
)
async def test_hostile_words_are_shown_as_plain_text(text: str, shown: str) -> None:
    async with chatting_desk(said(1, text)) as (_, desk):
        assert (await hear(desk)).said(REQ) == [shown]


async def test_a_megabyte_of_text_is_cut_and_says_so() -> None:
    async with chatting_desk(said(1, "z\u0334\u0335" * 400_000)) as (_, desk):
        (text,) = (await hear(desk)).said(REQ)
    assert len(text) < 101_000
    assert text.endswith("too long to show here.]")


async def test_a_kind_of_message_of_a_newer_desk_is_kept_as_unknown() -> None:
    async with chatting_desk(said(1, "Vote."), said(2, "", kind="chat_poll")) as (canned, desk):
        past = await hear(desk)
        story = await heard_live(desk, canned, changes(said(3, "Now?", kind="chat_poll")))
    assert [(m.kind, m.text) for m in past.written] == [
        (MessageKind.TEXT, "Vote."),
        (MessageKind.UNKNOWN, "chat poll"),
    ]
    assert [(m.kind, m.text) for m in story.written] == [(MessageKind.UNKNOWN, "Now?")]


async def test_edits_and_removals_are_told_in_the_history_and_live() -> None:
    edit = said(3, "Hello there.", kind="chat_edited", data={"message": "m1"})
    gone = said(4, "", kind="chat_removed", data={"message": "m2"})
    nameless = said(5, "What?", kind="chat_edited", data={})
    async with chatting_desk(said(1, "Hello."), said(2, "Oops."), edit) as (canned, desk):
        past = await hear(desk)
        assert past.said(REQ) == ["Hello there.", "Oops."]
        story = await heard_live(desk, canned, changes(gone, nameless))
    assert [(a.message, a.text) for a in story.amended.values()] == [("m2", None)]
    assert story.told == []


async def test_what_happens_in_a_chat_is_told_with_who_and_how_long() -> None:
    joined = said(3, "", kind="chat_joined", data={"agent": {"id": "a1", "name": "Tess Brown"}})
    moved = said(
        4,
        "",
        kind="chat_handed_over",
        data={"agent": {"id": "a2", "name": "Max Stone"}, "previous": {"id": "a1", "name": "Tess Brown"}},
    )
    ended = said(5, "", kind="chat_ended", data={"by": "idle", "messages": 12, "seconds": 90})
    async with chatting_desk() as (canned, desk):
        story = await heard_live(desk, canned, changes(joined, moved, ended))
    told = {event.kind: event.details for event in story.of(REQ)}
    assert told[EventKind.CHAT_JOINED].person == "Tess Brown"
    assert told[EventKind.CHAT_HANDED_OVER].person == "Max Stone"
    assert told[EventKind.CHAT_HANDED_OVER].previous == "Tess Brown"
    end = told[EventKind.CHAT_ENDED].chat
    assert end is not None
    assert (end.by, end.messages, end.lasted) == (EndedBy.IDLE, 12, timedelta(seconds=90))


async def test_what_is_pushed_beside_the_feed_is_told_and_moves_no_cursor() -> None:
    waiting = CHAT | {"state": "queued", "place": 2, "wait": {"shortest": 60, "longest": 180}}
    beside: Json = {"ticket": "REQ-1", "chat": waiting}
    typing: Json = {"ticket": "REQ-1", "person": {"id": "a1", "name": "Tess\u202e Brown"}, "typing": True}
    async with chatting_desk() as (canned, desk):
        story = await heard_live(
            desk,
            canned,
            ("chat", beside),
            ("chat", beside),
            ("typing", typing),
            ("typing", typing | {"typing": False}),
            ("typing", typing | {"person": JANE}),
            ("fanfare", {"of": "a newer desk"}),
        )
    assert [chat.place for batch in story.batches for chat in batch.chats] == [2], "the same is told once"
    assert story.chats[REQ].wait == Wait(timedelta(minutes=1), timedelta(minutes=3))
    assert [(each.person.name, each.until is None) for each in story.typing] == [
        ("Tess Brown", False),
        ("Tess Brown", True),
    ]
    assert all(batch.cursor is None for batch in story.batches if batch.typing)


@pytest.mark.parametrize(
    ("chat", "state"),
    [
        ({"state": "paused"}, ChatState.OPEN),
        ({"state": "archived", "ended_at": "2026-11-20T10:00:00Z", "ended_by": "cat"}, ChatState.ENDED),
        ({"state": "ended", "ended_by": "you"}, ChatState.ENDED),
        ({"wait": {"shortest": 9, "longest": 3}}, ChatState.OPEN),
        ({"wait": {"shortest": 1 << 50, "longest": 1 << 52}}, ChatState.OPEN),
    ],
)
async def test_a_chat_as_a_newer_or_odd_desk_tells_it_can_be_read(chat: Json, state: ChatState) -> None:
    async with chatting_desk() as (canned, desk):
        page: Json = {"items": [{"ticket": TALKING | {"chat": CHAT | chat}, "events": []}], "next": None}
        canned.say("GET /api/v1/tickets?", Reply(page))
        assert (await hear(desk)).chats[REQ].state is state


async def test_where_pushing_is_held_back_the_conversations_are_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(news, "_FIRST_MESSAGE", 0.0)
    async with chatting_desk() as (canned, desk):
        canned.say("GET /api/v1/changes?", Reply({"changes": [], "cursor": "c1"}))
        placed = CHAT | {"state": "queued", "place": 1}
        canned.say("GET /api/v1/chats", Reply({"chats": [{"ticket": "REQ-1", "chat": placed}]}))
        canned.say(STREAM, pushed())
        async with listening(desk, (await hear(desk)).cursor) as ear:
            story = await ear.until(lambda told: REQ in told.chats)
    assert story.chats[REQ].place == 1
    assert Capability.PUSH not in desk.capabilities


async def test_a_desk_without_chat_is_asked_nothing_about_it() -> None:
    async with chatting_desk(said(1, "Hello.")) as (canned, desk):
        canned.say("GET /api/v1/desk", Reply(ABOUT))
        story = await hear(desk)
        assert Capability.CHAT not in desk.capabilities
        with pytest.raises(CommandRejected):
            await desk.chat_offer()
    assert story.chats == {}
    assert not any("/chat" in line for line in canned.asked)


@pytest.mark.parametrize(
    ("told", "offer"),
    [
        (
            {"state": "open", "agents": 2, "place": 3, "wait": {"shortest": 60, "longest": 240}},
            ChatOffer(OfferState.OPEN, 2, 3, Wait(timedelta(minutes=1), timedelta(minutes=4))),
        ),
        (
            {"state": "closed", "opens_at": "2026-11-20T09:00:00Z"},
            ChatOffer(OfferState.CLOSED, opens_at=NOW),
        ),
        ({"state": "holding a party"}, ChatOffer(OfferState.NOBODY)),
    ],
)
async def test_whether_somebody_would_answer(told: Json, offer: ChatOffer) -> None:
    async with chatting_desk() as (canned, desk):
        canned.say("GET /api/v1/chat", Reply(told))
        assert await desk.chat_offer() == offer


@pytest.mark.parametrize("status", [204, 404, 409])
async def test_writing_and_reading_in_a_chat_that_is_over_is_no_trouble(status: int) -> None:
    async with chatting_desk() as (canned, desk):
        refusal: Json = {"error": "not_now", "message": "The chat is over."}
        canned.say("POST /api/v1/tickets/REQ-1/chat/", Reply(b"" if status == 204 else refusal, status))
        await desk.say_typing(REQ, typing=True)
        await desk.mark_read(REQ, "m1")
    assert [line for line in canned.asked if line.startswith("POST")] == [
        "POST /api/v1/tickets/REQ-1/chat/typing",
        "POST /api/v1/tickets/REQ-1/chat/read",
    ]


async def test_what_one_does_in_a_chat_goes_under_the_commands_id(outgoing: Outgoing) -> None:
    async with chatting_desk() as (canned, desk):
        done: Json = {"ticket": TALKING, "event": said(7, "Hello.")}
        canned.say("POST /api/v1/tickets/REQ-1/chat", Reply(done, 201))
        acts: tuple[Command, ...] = (
            StartChat(CommandId("k0"), NOW, REQ),
            SendMessage(CommandId("k1"), NOW, REQ, "Hello."),
            EndChat(CommandId("k2"), NOW, REQ),
        )
        for number, command in enumerate(acts):
            receipt = await desk.send(command, outgoing)
            assert receipt.event == "m7", "a message is named as the desk names it"
            assert f"idempotency-key: k{number}" in canned.heads[-1].lower()
        with pytest.raises(CommandRejected):
            await desk.send(SendMessage(CommandId("k3"), NOW, REQ, " \n"), outgoing)
    assert [line for line in canned.asked if line.startswith("POST")] == [
        "POST /api/v1/tickets/REQ-1/chat",
        "POST /api/v1/tickets/REQ-1/chat/messages",
        "POST /api/v1/tickets/REQ-1/chat/end",
    ]
