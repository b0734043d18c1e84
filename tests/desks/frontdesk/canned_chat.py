"""A canned desk that chats, with one conversation on one request."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.contract.listening import Story, hear, listening
from tests.desks.frontdesk.canned import ABOUT, EVENT, TICKET, CannedDesk, Json, Reply, canned_desk
from tracker.desks.frontdesk.desk import FrontDesk
from tracker.model.ticket import TicketId

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
