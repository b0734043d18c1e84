"""Chats over Matrix as a `ChatDesk`: a room for each request, any Matrix client on the agents' side."""

import re
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime

from tracker.desks.base import Capability, DeskConfig, DeskInfo, FileSource, Secret, SecretSource
from tracker.desks.http import DeskHttp, patience_of
from tracker.desks.matrix.book import Book
from tracker.desks.matrix.client import LONG_POLL, MatrixClient
from tracker.desks.matrix.finding import found
from tracker.desks.matrix.media import MatrixMedia
from tracker.desks.matrix.news import News
from tracker.desks.matrix.offering import offer_of
from tracker.desks.matrix.policy import Policy, read_policy
from tracker.desks.matrix.room_news import RoomNews
from tracker.desks.matrix.rooms import LookUp, Rooms
from tracker.desks.matrix.sending import TEXT_LIMIT, Sending
from tracker.desks.matrix.session import MatrixSession
from tracker.desks.matrix.signals import MatrixSignals
from tracker.desks.polling import Pace
from tracker.desks.safetext import safe_line
from tracker.model.attachment import Attachment
from tracker.model.batch import Batch, Cursor
from tracker.model.catalogue import Answer, Service
from tracker.model.chat import ChatOffer
from tracker.model.chat_command import EndChat, SendMessage, StartChat
from tracker.model.command import Command, Receipt
from tracker.model.errors import CommandRejected, UnexpectedAnswer
from tracker.model.telling import NotifySettings
from tracker.model.ticket import Ticket, TicketId
from tracker.model.window import Slot

KIND = "matrix"

_EVENT = re.compile(r"\$[^\s/\x00]{1,254}")
_CAPABILITIES = frozenset({Capability.CHAT, Capability.ATTACH, Capability.PUSH})


@dataclass(frozen=True, slots=True)
class _AtWork:
    """What works for one person, once it is known who that is."""

    reader: RoomNews
    rooms: Rooms
    sending: Sending


class MatrixDesk:
    """One sign-in at a Matrix server. It holds no tickets: rooms name those of the desk beside it."""

    kind = KIND

    def __init__(self, session: MatrixSession, policy: Policy, *, wait: int = LONG_POLL) -> None:
        self._session = session
        self._client = MatrixClient(session)
        self._signals = MatrixSignals(session)
        self._media = MatrixMedia(session)
        self._policy = policy
        self._wait = wait
        self._book = Book()
        self._known: LookUp = _unknown
        self._work: _AtWork | None = None

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What it can do: chats, with files, told as they happen."""
        return _CAPABILITIES

    def look_up_with(self, known: LookUp) -> None:
        """Let requests be looked up here when a room is named; without it, it is named by the id alone."""
        self._known = known

    async def sign_in(self) -> Secret:
        """Prove who we are; gives the tokens to keep."""
        return await self._session.sign_in()

    async def check(self) -> DeskInfo:
        """Ask who we are and what the server takes."""
        versions = await self._session.account.versions()
        me = (await self._session.identity()).user
        sending = (await self._ready()).sending
        sending.largest = await self._media.largest() or sending.largest
        profile = await self._signals.profile(me)
        return DeskInfo(
            name=me.partition(":")[2],
            version=f"Matrix {versions[-1]}",
            user=safe_line(profile.displayname or me, 80),
            capabilities=_CAPABILITIES,
            attachment_bytes=sending.largest,
            text_length=TEXT_LIMIT,
            clock_offset=self._session.http.clock_offset,
        )

    async def news(self, since: Cursor | None, pace: Pace) -> AsyncIterator[Batch]:
        """Tell the conversations so far, or what is new in them, then what happens, pushed by the server."""
        me = (await self._session.identity()).user
        reader = (await self._ready()).reader
        news = News(self._client, self._book, me, rooms=reader, policy=self._policy)
        async with aclosing(news.tell(since, wait=self._wait)) as batches:
            async for batch in batches:
                yield batch

    async def chat_offer(self) -> ChatOffer:
        """Tell whether somebody is there, as far as the server says; how long it takes it does not know."""
        rooms = (await self._ready()).rooms
        return await offer_of(self._client, self._signals, self._policy, rooms)

    async def say_typing(self, ticket: TicketId, *, typing: bool) -> None:
        """Let the others in the room see that the person is writing."""
        talk = await (await self._ready()).rooms.find(ticket)
        if talk is not None:
            await self._signals.typing(talk.room, typing=typing)

    async def mark_read(self, ticket: TicketId, message: str) -> None:
        """Note in the room that the person has read up to this message."""
        talk = await (await self._ready()).rooms.find(ticket)
        if talk is not None and _EVENT.fullmatch(message):
            await self._signals.read_markers(talk.room, message)

    async def send(self, command: Command, files: FileSource) -> Receipt:
        """Do it in the room of the request; what belongs to the ticket desk is refused."""
        sending = (await self._ready()).sending
        if isinstance(command, StartChat):
            return await sending.start(command, self._now())
        if isinstance(command, SendMessage):
            return await sending.say(command, files, self._now())
        if isinstance(command, EndChat):
            return await sending.end(command, self._now())
        raise CommandRejected("A chat server keeps no requests. This goes to the service desk.")

    async def find(self, command: Command) -> Receipt | None:
        """Look for the command's id in the room of the request."""
        if not isinstance(command, StartChat | SendMessage | EndChat):
            return None
        return await found((await self._ready()).rooms, command, self._now())

    async def download(self, ticket: TicketId, attachment: Attachment) -> AsyncIterator[bytes]:
        """Give a file's bytes, at most as many as were told."""
        if await (await self._ready()).rooms.find(ticket) is None:
            raise CommandRejected("This file belongs to a chat that is not yours.")
        size = 0
        async with aclosing(self._media.download(attachment.id)) as pieces:
            async for piece in pieces:
                size += len(piece)
                if attachment.size is not None and size > attachment.size:
                    raise UnexpectedAnswer(f"“{attachment.name}” is larger than was said. Ask for it again.")
                yield piece
        if attachment.size is not None and size < attachment.size:
            raise UnexpectedAnswer(f"“{attachment.name}” did not arrive whole. Try again.")

    async def catalogue(self) -> tuple[Service, ...]:
        """Offer nothing: that is the ticket desk's."""
        return ()

    async def answers(self, words: str) -> tuple[Answer, ...]:
        """Know nothing: that is the ticket desk's."""
        return ()

    async def slots(self, ticket: TicketId) -> tuple[Slot, ...]:
        """Offer no times: that is the ticket desk's."""
        return ()

    async def preferences(self) -> NotifySettings | None:
        """Keep none: that is the ticket desk's."""
        return None

    async def keep_preferences(self, settings: NotifySettings) -> None:
        """Keep none: that is the ticket desk's."""

    async def aclose(self) -> None:
        """Close connections."""
        await self._session.http.aclose()

    async def _ready(self) -> _AtWork:
        if self._work is None:
            me = (await self._session.identity()).user
            client, book, policy = self._client, self._book, self._policy
            reader = RoomNews(client, book, me, policy=policy, now=self._now)
            rooms = Rooms(
                client, book, me, policy=policy, reader=reader, known=lambda ticket: self._known(ticket)
            )
            self._work = _AtWork(reader, rooms, Sending(client, self._media, rooms, policy=policy))
        return self._work

    def _now(self) -> datetime:
        """Give the server's time."""
        return datetime.now(UTC) + self._session.http.clock_offset


def open_desk(config: DeskConfig, secret: SecretSource) -> MatrixDesk:
    """Make the connector for a Matrix server; nothing is asked yet.

    Options: `invite`, `agents_room`, `desk` (see `policy`), `device`, that of an earlier sign-in here, and
    `timeout`, the seconds to wait for an answer. Raises UnexpectedAnswer for an address or a setting that
    cannot be.
    """
    options = dict(config.options)
    patience = patience_of(options.get("timeout", ""))
    http = DeskHttp("The chat server", config.url, network=config.network, patience=patience)
    wait = LONG_POLL if patience is None else min(LONG_POLL, int(patience * 500))
    session = MatrixSession(http, config.user, secret, device=options.get("device", ""))
    return MatrixDesk(session, read_policy(config), wait=wait)


def _unknown(_ticket: TicketId) -> Ticket | None:
    return None
