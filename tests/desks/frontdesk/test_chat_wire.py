"""What the desk says of conversations, read from the wire: bad, hostile and newer words too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.contract.listening import hear
from tests.contract.values import assert_plain
from tests.desks.frontdesk.canned import EVENT, Json, Reply
from tests.desks.frontdesk.canned_chat import (
    CHAT,
    MESSAGES,
    REQ,
    TALKING,
    changes,
    chatting_desk,
    heard_live,
    said,
)
from tracker.model.chat import ChatState, EndedBy, MessageKind
from tracker.model.errors import UnexpectedAnswer
from tracker.model.event import EventKind
from tracker.model.person import ActorKind
from tracker.model.ticket import Act

pytestmark = pytest.mark.anyio


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
