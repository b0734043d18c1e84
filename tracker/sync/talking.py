"""What a person asks for in a chat beside the commands: is anybody there, I am writing, I have read."""

import logging
import sqlite3
from collections.abc import Callable

import anyio

from tracker.desks.base import Capability, Desk
from tracker.desks.chatting import ChatDesk
from tracker.model.chat import ChatOffer
from tracker.model.errors import CommandRejected, DeskError
from tracker.model.ticket import TicketId
from tracker.store.outbox import Outbox
from tracker.store.read_marks import note_read, note_told, untold
from tracker.sync.again import Again
from tracker.sync.publisher import Publisher

_log = logging.getLogger(__name__)

PATIENCE = 10.0
"""Seconds for a word that nobody waits for."""


class Talking:
    """Used on the sync thread. `desk` gives the desk one chats with; `seen` takes a request's toast away."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        outbox: Outbox,
        publisher: Publisher,
        *,
        desk: Callable[[], Desk | None],
        seen: Callable[[TicketId], None],
    ) -> None:
        self._db = connection
        self._outbox = outbox
        self._publisher = publisher
        self._desk = desk
        self._seen = seen
        self._reads = Again(self._tell_reads, "telling what was read")

    async def run(self) -> None:
        """Tell the desk what was read, until cancelled. Raises `Damaged`."""
        await self._reads.run()

    def tell_again(self) -> None:
        """Try again what the desk has not heard: it is there."""
        self._reads.ask()

    async def offer(self) -> ChatOffer:
        """Ask whether somebody would answer now. Raises `CommandRejected` where nobody ever chats."""
        desk = self._chat_desk()
        if desk is None:
            raise CommandRejected("There is no chat with this service desk.")
        return await desk.chat_offer()

    async def say_typing(self, ticket: TicketId, *, typing: bool) -> None:
        """Let the other side see it; what goes wrong here is missed by nobody."""
        desk, real = self._chat_desk(), self._outbox.resolve(ticket)
        if desk is None:
            return
        try:
            with anyio.fail_after(PATIENCE):
                await desk.say_typing(real, typing=typing)
        except (DeskError, TimeoutError) as error:
            _log.info("Could not say that somebody writes: %s", type(error).__name__)

    async def read(self, ticket: TicketId, message: str) -> None:
        """Note that the person has read up to a message; the desk hears it, later if it cannot now."""
        real = self._outbox.resolve(ticket)
        self._publisher.add(note_read(self._db, real, message))
        self._seen(real)
        self.tell_again()

    async def _tell_reads(self) -> None:
        desk = self._chat_desk()
        if desk is None:
            return
        for ticket, message in untold(self._db).items():
            try:
                with anyio.fail_after(PATIENCE):
                    await desk.mark_read(ticket, message)
            except CommandRejected as error:
                _log.info("The desk does not want to know what was read: %s", error)
            note_told(self._db, ticket, message)

    def _chat_desk(self) -> ChatDesk | None:
        desk = self._desk()
        return desk if isinstance(desk, ChatDesk) and Capability.CHAT in desk.capabilities else None
