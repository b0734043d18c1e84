"""The chats of a profile: with the desk itself, or with a chat server beside it, whose trouble is its own."""

import logging
import sqlite3
from collections.abc import Callable

from tracker.desks.base import Capability, Desk, DeskInfo
from tracker.desks.polling import Pace
from tracker.model.attachment import Attachment
from tracker.model.batch import Batch
from tracker.model.change import Change
from tracker.model.chat import ChatWay
from tracker.model.errors import SignInRequired
from tracker.model.focus import Focus
from tracker.model.health import Condition, Health
from tracker.model.ticket import TicketId
from tracker.store import meta
from tracker.store.database import transaction
from tracker.store.origin import Origin
from tracker.store.outbox import Outbox
from tracker.store.talks import CHAT_WAY, is_of_message
from tracker.sync.account import Account, Ways
from tracker.sync.following import Following
from tracker.sync.health_board import HealthBoard, Way
from tracker.sync.inbound import Inbound
from tracker.sync.lanes import Lanes
from tracker.sync.talking import Talking
from tracker.sync.transcript_files import TranscriptFiles
from tracker.sync.transcripts import Transcripts
from tracker.sync.workplace import Workplace

_log = logging.getLogger(__name__)


class Chats:
    """Used on the sync thread. `desk` gives the ticket desk, `seen` takes a request's toast away.

    `following` is the chat server's account, if there is one; `health` is its own. `tell` takes the sentence
    for a person about it, or None.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        outbox: Outbox,
        place: Workplace,
        *,
        desk: Callable[[], Desk | None],
        seen: Callable[[TicketId], None],
        tell: Callable[[str | None], None],
    ) -> None:
        self._db = connection
        self._publisher = place.publisher
        self._ticket_desk = desk
        self._tell = tell
        self._text_limit: int | None = None
        self.following = Following()
        self.board = HealthBoard(self._say, place.time.now, None)
        self.talking = Talking(connection, outbox, place.publisher, desk=lambda: self.desk, seen=seen)
        files = TranscriptFiles(
            place.outgoing, chat=lambda: self.desk, desk=desk, limit=lambda: meta.attachment_limit(connection)
        )
        self.transcripts = Transcripts(
            connection,
            outbox,
            place.publisher,
            files,
            limit=lambda: self._text_limit,
            now=place.time.now,
        )

    @property
    def desk(self) -> Desk | None:
        """The desk one chats with: the chat server where there is one, else the ticket desk."""
        account = self.following.account
        return self._ticket_desk() if account is None else account.desk

    def desk_with(self, attachment: Attachment) -> Desk:
        """The desk that has a file: the one one chats with for a file of a message, else the ticket desk.

        Raises `SignInRequired` when nobody is signed in.
        """
        desk = self._ticket_desk()
        if desk is None:
            raise SignInRequired("Sign in first.")
        return (self.desk or desk) if is_of_message(self._db, attachment) else desk

    def health(self) -> Health | None:
        """How the connection to the chat server is; None where there is none."""
        return None if self.following.account is None else self.board.health

    def follow(self, desk: Desk | None, inbound: Inbound, lanes: Lanes, pace: Pace | None = None) -> None:
        """Chat with this server from now on (None: with the ticket desk, as far as it can)."""
        if desk is None:
            self.following.follow(None)
            self.board.start_over(Condition.OK)
            return
        ways = Ways(
            inbound,
            {Way.OUT: lanes.chats},
            lambda: meta.cursor(self._db, Origin.CHAT_SERVER),
            self._server_learned,
            _nothing_to_agree,
            lambda batch: self._heard(batch, lanes),
        )
        account = Account(desk, pace or Pace(), ways, self.board)
        self.board.start_over(Condition.SYNCING)
        self.following.follow(account)
        self.note_way()

    def attend(self, focus: Focus) -> None:
        """Follow the person's eyes."""
        if self.following.account is not None:
            self.following.account.pace.attend(focus)

    def refresh(self) -> None:
        """Ask the chat server now."""
        if self.following.account is not None:
            self.following.account.refresh()

    def wake(self) -> None:
        """Start over at once: the computer slept, or the network is back."""
        if self.following.account is not None:
            self.following.account.wake()

    def desk_heard(self, batch: Batch) -> None:
        """Hear a batch of the ticket desk when it is stored."""
        if batch.caught_up:
            self.talking.tell_again()

    def desk_learned(self, info: DeskInfo, lanes: Lanes) -> None:
        """Hear what the ticket desk says of itself."""
        self._text_limit = info.text_length
        self.note_way()
        self.transcripts.look(lanes.wake)

    def note_way(self) -> None:
        """Keep how one can chat, as far as it is known."""
        way = self._way().value.encode()
        if (meta.get(self._db, CHAT_WAY) or ChatWay.NONE.encode()) == way:
            return
        with transaction(self._db) as db:
            meta.put(db, CHAT_WAY, way)
        self._publisher.add(Change(everything=True))

    def _way(self) -> ChatWay:
        if self.following.account is not None:
            return ChatWay.LIVE  # also while it wants a sign-in: what is said waits for that, and it is said
        desk = self._ticket_desk()
        if desk is None:
            return ChatWay.NONE
        if Capability.CHAT in desk.capabilities:
            return ChatWay.LIVE
        return ChatWay.REPLIES if Capability.REPLY in desk.capabilities else ChatWay.NONE

    def _heard(self, batch: Batch, lanes: Lanes) -> None:
        if batch.caught_up:
            self.talking.tell_again()
            self.transcripts.look(lanes.wake)

    async def _server_learned(self, _desk: Desk, info: DeskInfo) -> None:
        for gap in info.gaps:
            _log.info("The chat server's map has a gap: %s", gap)

    def _say(self, health: Health) -> None:
        trouble = health.condition >= Condition.OFFLINE
        self._tell((f"Chat: {health.sentence}" if health.sentence else _NO_WORD) if trouble else None)


_NO_WORD = "Chat: the chat server cannot be used now."


async def _nothing_to_agree(_desk: Desk) -> None:
    """How a person wants to be told is the ticket desk's matter."""
