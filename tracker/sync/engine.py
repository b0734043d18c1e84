"""Everything that lives on the sync thread for one profile: the store's writer, the policy, the account."""

import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import anyio

import tracker
from tracker.desks.base import Desk, DeskInfo
from tracker.desks.chatting import RoomNamer
from tracker.desks.polling import Pace
from tracker.host.errors import HostError
from tracker.host.files import drop_outgoing
from tracker.model.attention import Attention
from tracker.model.batch import Batch
from tracker.model.change import Change
from tracker.model.command import Command, CreateTicket, files_of
from tracker.model.errors import SignInRequired
from tracker.model.event import Event, EventKind
from tracker.model.focus import Focus
from tracker.model.health import Condition, Health
from tracker.model.notice import Withdrawal
from tracker.model.release import is_older
from tracker.model.telling import NotifySettings
from tracker.model.ticket import TicketId
from tracker.store import meta
from tracker.store.desk_facts import put_desk_facts, put_minimum_version
from tracker.store.drafts import Drafts
from tracker.store.origin import Origin
from tracker.store.outbox import Outbox
from tracker.store.turns import Lane
from tracker.store.writer import Writer
from tracker.sync.account import Account, Ways
from tracker.sync.chats import Chats
from tracker.sync.checkpoint import Checkpoint, pass_by
from tracker.sync.clock_watch import ClockWatch
from tracker.sync.following import Following
from tracker.sync.health_board import HealthBoard, Way
from tracker.sync.herald import Herald, Wishes
from tracker.sync.inbound import Inbound
from tracker.sync.lanes import Lanes
from tracker.sync.letters import Letters
from tracker.sync.listener import Listener
from tracker.sync.outbound import Outbound
from tracker.sync.preferences import Preferences
from tracker.sync.publisher import Publisher
from tracker.sync.timekeeper import Timekeeper
from tracker.sync.told_in_chats import ToldInChats
from tracker.sync.workplace import Workplace

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an engine is built on. `outgoing` is where copies of files to send lie.

    `adopt` keeps preferences that the person has changed elsewhere; `to_share` gives those of this computer
    where `wishes` has IT's choices among them.
    """

    connection: sqlite3.Connection
    outgoing: Path
    listener: Listener
    wishes: Callable[[], Wishes]
    time: Timekeeper
    checkpoint: Checkpoint = pass_by
    adopt: Callable[[NotifySettings], None] = lambda _settings: None
    to_share: Callable[[], NotifySettings] | None = None


class Engine:
    """Runs on the sync thread; every method is called there."""

    def __init__(self, around: Surroundings) -> None:
        db = around.connection
        self.time = around.time
        self.outbox = Outbox(db)
        self.drafts = Drafts(db, self.outbox.resolve)
        self.writer = Writer(db, self.outbox)
        self.publisher = Publisher(around.listener)
        self.board = HealthBoard(around.listener.health, around.time.now, meta.as_of(db))
        self._db = db
        self._around = around
        self._herald = Herald(self.writer, meta.attention(db), around.wishes)
        place = Workplace(self.publisher, around.listener, around.time, around.outgoing, around.checkpoint)
        self._place = place
        self._inbound = self._inbound_of(Origin.DESK)
        self._lanes = Lanes(self._outbound_of(Lane.TICKETS), self._outbound_of(Lane.CHATS))
        self.letters = Letters(self.outbox, self.drafts, self._lanes, place, known=self.writer.tickets)
        self._preferences = Preferences(around.to_share or (lambda: around.wishes().notify), around.adopt)
        self._clock = ClockWatch(self.writer, self._herald, self._inbound, self.time, woke=self._woke)
        self._following = Following()
        self.chats = Chats(
            db,
            self.outbox,
            place,
            desk=lambda: self.desk,
            seen=self.read,
            tell=lambda sentence: self.board.note("chat", sentence),
        )
        self.talking = self.chats.talking

    @property
    def desk(self) -> Desk | None:
        """The desk that is being followed, if somebody is signed in."""
        return self.account.desk if self.account else None

    def required_desk(self) -> Desk:
        """The desk that is being followed; raises `SignInRequired` when nobody is signed in."""
        if self.account is None:
            raise SignInRequired("Sign in first.")
        return self.account.desk

    @property
    def connection(self) -> sqlite3.Connection:
        """The writing connection, for reading on this thread."""
        return self._db

    @property
    def account(self) -> Account | None:
        """The account at work, if somebody is signed in."""
        return self._following.account

    def health(self) -> Health:
        """How the connection is."""
        return self.board.health

    async def run(self) -> None:
        """Work until cancelled."""
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self.publisher.run)
            tasks.start_soon(self._clock.run)
            tasks.start_soon(self.chats.following.run)
            tasks.start_soon(self.talking.run)
            tasks.start_soon(self.chats.transcripts.run)
            await self._following.run()

    def follow(self, desk: Desk | None, pace: Pace | None = None, *, chat: Desk | None = None) -> None:
        """Follow this desk from now on (None: nobody is signed in); the one before is closed.

        `chat`: the chat server beside it, which gets what is said in chats.
        """
        if isinstance(chat, RoomNamer):
            chat.look_up_with(lambda ticket: self.writer.tickets((ticket,)).get(ticket))
        self.chats.follow(chat, self._inbound_of(Origin.CHAT_SERVER), self._lanes)
        if desk is None:
            self._following.follow(None)
            self.board.start_over(Condition.SIGN_IN_NEEDED)
            return
        lanes = {Way.OUT: self._lanes.tickets} | ({Way.CHATS: self._lanes.chats} if chat is None else {})
        ways = Ways(
            self._inbound,
            lanes,
            lambda: meta.cursor(self._db),
            self._learn,
            self._preferences.agree,
            self._desk_heard,
        )
        account = Account(desk, pace or Pace(), ways, self.board)
        self.board.start_over(Condition.SYNCING)
        self._following.follow(account)
        self.attend(self._herald.focus)

    async def leave(self) -> None:
        """Follow nobody; returns when nothing of the desks before is at work any more."""
        self.follow(None)
        await self._following.leave()
        await self.chats.following.leave()

    def read(self, ticket: TicketId | None) -> None:
        """Note that the person has seen a ticket, or (None) the whole list of notices."""
        real = self.outbox.resolve(ticket) if ticket is not None else None
        if real is not None:
            self._herald.attention = self._herald.read(real)
        self.publisher.add(self.writer.mark_read(real, self._herald.attention))
        if real is not None:
            self._around.listener.told((Withdrawal(real),))

    def attend(self, focus: Focus) -> None:
        """Follow the person's eyes."""
        ticket = self.outbox.resolve(focus.ticket) if focus.ticket is not None else None
        self._herald.focus = replace(focus, ticket=ticket)
        if self.account is not None:
            self.account.pace.attend(self._herald.focus)
        self.chats.attend(self._herald.focus)

    def forget(self) -> Change:
        """Forget everything of the person; whoever follows a desk has left it before."""
        self._herald.attention = Attention()
        self._herald.next_call = None
        self.board.forget()
        return self.writer.forget_everything()

    def preferences_changed(self) -> None:
        """Bring the person's preferences in step with the desk's copy; later, if it cannot be reached."""
        if self.account is not None:
            self.account.preferences_changed()

    def check_now(self) -> None:
        """Ask the desk now, and send what waits."""
        if self.account is not None:
            self.account.refresh()
        self.chats.refresh()
        self._lanes.hurry()

    def _woke(self) -> None:
        if self.account is not None:
            _log.info("The clock jumped: starting over")
            self._lanes.hurry()
            self.account.wake()
            self.chats.wake()

    def _desk_heard(self, batch: Batch) -> None:
        if any(event.kind is EventKind.CREATED and event.command_id for event in batch.events):
            self._lanes.wake()  # a request of ours has its id, whose answer may have been lost
        self.chats.desk_heard(batch)

    def _inbound_of(self, origin: Origin) -> Inbound:
        told = ToldInChats(self._db)
        return Inbound(self.writer, self._herald, self._place, chats=told, origin=origin)

    def _outbound_of(self, lane: Lane) -> Outbound:
        folder = self._around.outgoing
        return Outbound(
            self.outbox,
            lambda file: folder / file.key,
            self._place,
            keep=self._keep_here,
            sent=self._sent,
            lane=lane,
        )

    def _sent(self, command: Command) -> None:
        """Ask a desk that does not push what came of it; its copies of files are not needed any more."""
        if self.account is not None:
            self.account.pace.kick()
        if isinstance(command, CreateTicket):
            self._lanes.wake()  # a chat on it may begin now
        for file in files_of(command):
            try:
                drop_outgoing(self._around.outgoing, file.key)
            except HostError as error:
                _log.info("A copy of a sent file stays until the next start: %s", error)

    def _keep_here(self, event: Event) -> None:
        """Store what the desk has no place for, after all that it has told: its clock may be ahead."""
        told = self.writer.history((event.ticket,))[event.ticket]
        newest = max((each.at for each in told), default=event.at)
        at = event.at if event.at > newest else newest + timedelta(milliseconds=1)
        self._inbound.take(Batch(events=(replace(event, at=at),)))

    async def _learn(self, desk: Desk, info: DeskInfo) -> None:
        before = self.time.offset
        self.time.learn(info.clock_offset)
        if self.time.offset != before:
            self._lanes.hurry()  # what waits for a time was told it by another clock
        offset = self.time.offset
        self.publisher.add(put_desk_facts(self._db, info.calendar, offset))
        # Most desks ask for a version that this one is: then there is nothing to keep, or to load words for.
        wanted = info.minimum_version if is_older(tracker.__version__, info.minimum_version) else ""
        self.publisher.add(put_minimum_version(self._db, wanted))
        self.board.note("clock", _clock_note(offset) if offset else None)
        for gap in info.gaps:
            _log.info("The desk's map has a gap: %s", gap)
        self.chats.desk_learned(info, self._lanes)
        services = await desk.catalogue()
        self.publisher.add(self.writer.put_services(services, info.attachment_bytes))


def _clock_note(offset: timedelta) -> str:
    minutes = round(abs(offset).total_seconds() / 60)
    way = "behind" if offset > timedelta() else "ahead of"
    return f"This computer's clock is {minutes} min {way} the desk's. Times are shown by the desk's clock."
