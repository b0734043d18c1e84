"""What a person asks for in a chat beside the commands: is anybody there, I am writing, I have read."""

from collections.abc import Callable

from tracker.desks.base import Desk
from tracker.desks.chatting import ChatDesk
from tracker.model.chat import ChatOffer
from tracker.model.errors import CommandRejected
from tracker.model.ticket import TicketId
from tracker.store.outbox import Outbox


class Talking:
    """Used on the sync thread. `desk` gives the desk one chats with, if there is one."""

    def __init__(self, desk: Callable[[], Desk | None], outbox: Outbox) -> None:
        self._desk = desk
        self._outbox = outbox

    async def offer(self) -> ChatOffer:
        """Ask whether somebody would answer now. Raises `CommandRejected` where nobody ever chats."""
        desk = self._desk()
        if not isinstance(desk, ChatDesk):
            raise CommandRejected("There is no chat with this service desk.")
        return await desk.chat_offer()

    async def say_typing(self, ticket: TicketId, *, typing: bool) -> None:
        """Let the other side see it."""
        desk = self._desk()
        if isinstance(desk, ChatDesk):
            await desk.say_typing(self._outbox.resolve(ticket), typing=typing)

    async def read(self, ticket: TicketId, message: str) -> None:
        """Note that the person has read up to a message."""
        desk = self._desk()
        if isinstance(desk, ChatDesk):
            await desk.mark_read(self._outbox.resolve(ticket), message)
