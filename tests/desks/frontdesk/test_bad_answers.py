"""Answers no desk should give end in a plain sentence, soon, and with nothing lost."""

from __future__ import annotations

import hashlib

import pytest

from tests.contract.listening import hear
from tests.contract.values import assert_plain
from tests.contract.writing import Outgoing, a_reply
from tests.desks.frontdesk.canned import CURSOR, EVENT, TICKET, Json, Reply, canned_desk
from tracker.desks.http import ANSWER_LIMIT
from tracker.model.attachment import Attachment
from tracker.model.batch import Cursor
from tracker.model.errors import CommandRejected, DeskError, DeskUnavailable, UnexpectedAnswer
from tracker.model.ticket import TicketId

pytestmark = pytest.mark.anyio

PAGE: Json = {"items": [{"ticket": TICKET, "events": [EVENT]}], "next": None}
PAGE_OF_TICKETS = "GET /api/v1/tickets"
STREAM = "GET /api/v1/changes/stream"


def without(whole: Json, key: str) -> Json:
    return {name: value for name, value in whole.items() if name != key}


def page(ticket: Json = TICKET, event: Json = EVENT, **more: object) -> Json:
    return PAGE | {"items": [{"ticket": ticket, "events": [event]}]} | more


@pytest.mark.parametrize(
    "bad",
    [
        {},
        {"items": "none", "next": None},
        {"items": [7], "next": None},
        without(PAGE, "next"),
        page(ticket=without(TICKET, "number")),
        page(ticket=TICKET | {"subject": None}),
        page(ticket=TICKET | {"created_at": "yesterday"}),
        page(ticket=TICKET | {"created_at": "2026-11-20T09:00:00"}),
        page(ticket=TICKET | {"promises": {}}),
        page(event=EVENT | {"seq": -1}),
        page(event=EVENT | {"seq": 1 << 70}),
        page(event=EVENT | {"actor": "Jane"}),
        page(event=EVENT | {"attachments": [{"id": 1}]}),
        page(next=5),
    ],
)
async def test_a_page_of_the_wrong_shape_is_no_page(bad: Json) -> None:
    async with canned_desk() as (canned, desk):
        canned.say(PAGE_OF_TICKETS, Reply(bad))
        with pytest.raises(UnexpectedAnswer) as trouble:
            await hear(desk)
        assert_plain(trouble.value)
        canned.say(PAGE_OF_TICKETS, Reply(PAGE))
        assert (await hear(desk)).texts(TicketId("REQ-1")) == ["It jams."]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[[" * 50_000, b'{"items": [], "next": null} trailing', b"\xff\xfe\x00{", b"null"]
)
async def test_damaged_json_is_said_plainly(body: bytes) -> None:
    async with canned_desk() as (canned, desk):
        canned.say(PAGE_OF_TICKETS, Reply(body))
        with pytest.raises(UnexpectedAnswer) as trouble:
            await hear(desk)
        assert_plain(trouble.value)


async def test_a_list_that_repeats_itself_ends() -> None:
    async with canned_desk() as (canned, desk):
        canned.say(PAGE_OF_TICKETS, Reply(page(next="again")))
        with pytest.raises(UnexpectedAnswer, match="repeats itself"):
            await hear(desk)


async def test_a_stream_that_is_none_is_said_plainly() -> None:
    async with canned_desk() as (canned, desk):
        canned.say(STREAM, Reply({"changes": [], "cursor": "c"}))
        with pytest.raises(UnexpectedAnswer) as trouble:
            await hear(desk, Cursor("c1"))
        assert_plain(trouble.value)


@pytest.mark.parametrize(
    "data",
    [
        b"data: {}",
        b"data: <html>",
        b'data: {"changes": [], "cursor": ""}',
        b"data: " + b"x" * (ANSWER_LIMIT + 1),
        b"data: \xff\xfe",
    ],
)
async def test_a_message_in_the_stream_that_cannot_be_read_ends_the_news(data: bytes) -> None:
    async with canned_desk() as (canned, desk):
        body = b"id: c2\nevent: changes\n" + data + b"\n\n"
        canned.say(STREAM, Reply(body, media_type="text/event-stream"))
        with pytest.raises(UnexpectedAnswer) as trouble:
            await hear(desk, Cursor("c1"))
        assert_plain(trouble.value)


async def test_other_kinds_of_message_and_comments_are_passed_over() -> None:
    async with canned_desk() as (canned, desk):
        news = b'event: changes\ndata: {"changes": [], "cursor": "c2"}\n\n'
        body = b": hello\n\nevent: weather\ndata: sunny\n\n" + news
        canned.say(STREAM, Reply(body, media_type="text/event-stream; charset=utf-8"))
        assert (await hear(desk, Cursor("c1"))).cursor == "c2"


async def test_a_stream_that_ends_is_a_connection_lost() -> None:
    async with canned_desk() as (canned, desk):
        canned.say(STREAM, Reply(b": bye\n\n", media_type="text/event-stream"))
        with pytest.raises(DeskUnavailable) as trouble:
            await hear(desk, Cursor("c1"))
        assert_plain(trouble.value)


async def test_a_404_of_somebody_else_does_not_mean_that_a_command_was_not_done() -> None:
    async with canned_desk() as (canned, desk):
        for reply in (
            Reply(b"<html>Not Found</html>", 404, media_type="text/html"),
            Reply({"detail": "Not Found"}, 404),
            Reply({"error": "wrong_place", "message": "Elsewhere."}, 404),
        ):
            canned.say("GET /api/v1/commands/", reply)
            with pytest.raises(UnexpectedAnswer) as trouble:
                await desk.find(a_reply(TicketId("REQ-1"), "Hello"))
            assert_plain(trouble.value)


@pytest.mark.parametrize("ticket", ["../session", "REQ-1/../../me", "", "REQ 1", "REQ-1?x=1", "R" * 300])
async def test_no_id_can_lead_to_another_call(ticket: str, outgoing: Outgoing) -> None:
    async with canned_desk() as (canned, desk):
        with pytest.raises(CommandRejected):
            await desk.send(a_reply(TicketId(ticket), "Hello"), outgoing)
        assert not [line for line in canned.asked if line.startswith("POST")]
        with pytest.raises(CommandRejected):
            async for _ in desk.download(TicketId("REQ-1"), Attachment(ticket, "a.txt", 1)):
                pass


async def download(etag: str, body: bytes, size: int | None) -> bytes:
    async with canned_desk() as (canned, desk):
        headers = (("ETag", etag),) if etag else ()
        canned.say("GET /api/v1/attachments/", Reply(body, headers=headers, media_type="text/plain"))
        file = Attachment("f1", "notes.txt", size)
        return b"".join([piece async for piece in desk.download(TicketId("REQ-1"), file)])


async def test_a_file_that_is_not_the_desks_is_noticed() -> None:
    good = f'"{hashlib.sha256(b"hello").hexdigest()}"'
    assert await download(good, b"hello", 5) == b"hello"
    assert await download(good, b"hello", None) == b"hello"
    for etag, body, size in (
        (good, b"hullo", 5),
        (good, b"hello", 4),
        (good, b"hello", 6),
        ("", b"<html>Please sign in to the guest network</html>", None),
        ('W/"weak"', b"hello", 5),
    ):
        with pytest.raises(UnexpectedAnswer) as trouble:
            await download(etag, body, size)
        assert_plain(trouble.value)
        assert "notes.txt" in str(trouble.value)


async def test_a_refusal_is_shown_in_the_desks_words_but_harmless(outgoing: Outgoing) -> None:
    async with canned_desk() as (canned, desk):
        canned.say(
            "POST /api/v1/tickets/",
            Reply(
                {"error": "not_now", "message": "REQ-1 is closed.\x1b[31m\u202e Please raise a new one."}, 409
            ),
        )
        with pytest.raises(CommandRejected) as refused:
            await desk.send(a_reply(TicketId("REQ-1"), "Hello"), outgoing)
        assert "REQ-1 is closed." in str(refused.value)
        assert not set(str(refused.value)) & {"\x1b", "\u202e"}


@pytest.mark.parametrize(("told", "kept"), [("99.1", "99.1"), ("", ""), ("\u202e9 <b>", ""), ("9" * 500, "")])
async def test_only_a_version_is_taken_for_one(told: str, kept: str) -> None:
    async with canned_desk() as (canned, desk):
        about = {"name": "IT", "version": "9", "api": 1, "min_client_version": told, "capabilities": []}
        canned.say("GET /api/v1/desk", Reply(about))
        assert (await desk.check()).minimum_version == kept


async def test_a_desk_that_wants_a_newer_program_says_so_in_its_gaps() -> None:
    async with canned_desk() as (canned, desk):
        about = {"name": "IT", "version": "9", "api": 1, "min_client_version": "99.1", "capabilities": []}
        canned.say("GET /api/v1/desk", Reply(about))
        (gap,) = (await desk.check()).gaps
        assert "99.1" in gap


async def test_a_wrong_address_is_said_plainly() -> None:
    async with canned_desk() as (canned, desk):
        canned.say("GET /api/v1/desk", Reply(b"<html>404</html>", 404, media_type="text/html"))
        with pytest.raises(DeskError) as trouble:
            await desk.check()
        assert_plain(trouble.value)
        assert "address" in str(trouble.value)


async def test_the_token_travels_in_the_header_and_nowhere_else() -> None:
    async with canned_desk() as (canned, desk):
        canned.say(PAGE_OF_TICKETS, Reply(PAGE))
        canned.say("GET /api/v1/cursor", Reply(CURSOR))
        await hear(desk)
        assert not [line for line in canned.asked if "token-of-jane" in line]
        signed = [head for head in canned.heads if not head.startswith("GET /api/v1/desk ")]
        assert all(head.lower().count("token-of-jane") == 1 for head in signed)
