"""What passes beside the feed: places, who writes, offers; and what one does in a chat."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.contract.listening import hear, listening
from tests.contract.writing import Outgoing
from tests.desks.frontdesk.canned import ABOUT, JANE, Json, Reply
from tests.desks.frontdesk.canned_chat import (
    CHAT,
    REQ,
    STREAM,
    TALKING,
    chatting_desk,
    heard_live,
    pushed,
    said,
)
from tracker.desks.base import Capability
from tracker.desks.frontdesk import news
from tracker.model.chat import ChatOffer, OfferState, Wait
from tracker.model.command import Command, CommandId, EndChat, SendMessage, StartChat
from tracker.model.errors import CommandRejected

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


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
