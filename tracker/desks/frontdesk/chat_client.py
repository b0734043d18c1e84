"""The embedded desk's calls for conversations, each as one method with typed answers."""

import msgspec

from tracker.desks.answer import decode
from tracker.desks.frontdesk import wire, wire_chat
from tracker.desks.frontdesk.client import ticket_path
from tracker.desks.frontdesk.session import Session
from tracker.desks.http import Call

PAGE = 200
"""Messages asked for at once."""


class ChatClient:
    """Speaks with one desk for one person. Errors are those of `DeskHttp`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def offer(self) -> wire_chat.Offer:
        """Ask whether somebody would answer now."""
        return decode(await self._session.ask(Call("GET", "/chat")), wire_chat.Offer)

    async def chats(self) -> tuple[wire_chat.ChatTold, ...]:
        """Ask for the conversations that go on."""
        return decode(await self._session.ask(Call("GET", "/chats")), wire_chat.Chats).chats

    async def messages(self, number: str, after: int | None) -> wire.Messages | None:
        """Ask for the next messages of a ticket; None when it is not (or no longer) ours to see."""
        query: tuple[tuple[str, str], ...] = (("limit", str(PAGE)),)
        if after is not None:
            query = (*query, ("after", str(after)))
        call = Call("GET", ticket_path(number, "chat/messages"), query)
        answer = await self._session.ask(call, accept=(404,))
        return None if answer.status == 404 else decode(answer, wire.Messages)

    async def say_typing(self, number: str, *, typing: bool) -> None:
        """Let the other side see it; a chat that is over needs no word of it."""
        await self._note(ticket_path(number, "chat/typing"), wire_chat.NewTyping(typing))

    async def mark_read(self, number: str, message: str) -> None:
        """Note how far the person has read."""
        await self._note(ticket_path(number, "chat/read"), wire_chat.NewRead(message))

    async def _note(self, path: str, body: msgspec.Struct) -> None:
        await self._session.ask(Call("POST", path, body=msgspec.json.encode(body)), accept=(404, 409))
