"""Everything that lives on the sync thread for one profile: the store's writer, the policy, the account."""

import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import anyio

from tracker.desks.base import Desk, DeskInfo
from tracker.desks.polling import Pace
from tracker.host.errors import HostError
from tracker.host.files import drop_outgoing
from tracker.model.attention import Attention
from tracker.model.batch import Batch
from tracker.model.change import Change
from tracker.model.command import Command, files_of
from tracker.model.errors import SignInRequired, StoreError
from tracker.model.event import Event
from tracker.model.focus import Focus
from tracker.model.health import Condition, Health
from tracker.model.notice import Withdrawal
from tracker.model.telling import NotifySettings
from tracker.model.ticket import TicketId
from tracker.store import meta
from tracker.store.codec import moment
from tracker.store.desk_facts import put_desk_facts
from tracker.store.drafts import Drafts
from tracker.store.errors import Damaged
from tracker.store.outbox import Outbox
from tracker.store.writer import Writer
from tracker.sync.account import Account, Ways
from tracker.sync.checkpoint import Checkpoint, pass_by
from tracker.sync.health_board import HealthBoard
from tracker.sync.herald import Herald, Wishes
from tracker.sync.inbound import Inbound
from tracker.sync.letters import Letters
from tracker.sync.listener import Listener
from tracker.sync.outbound import Outbound
from tracker.sync.preferences import Preferences
from tracker.sync.publisher import Publisher
from tracker.sync.talking import Talking
from tracker.sync.timekeeper import TICK, Timekeeper
from tracker.sync.workplace import Workplace

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an engine is built on. `outgoing` is where copies of files to send lie.

    `adopt` keeps preferences that the person has changed elsewhere.
    """

    connection: sqlite3.Connection
    outgoing: Path
    listener: Listener
    wishes: Callable[[], Wishes]
    time: Timekeeper
    checkpoint: Checkpoint = pass_by
    adopt: Callable[[NotifySettings], None] = lambda _settings: None


class Engine:
    """Runs on the sync thread; every method is called there."""

    def __init__(self, around: Surroundings) -> None:
        db = around.connection
        self.time = around.time
        self.outbox = Outbox(db)
        self.drafts = Drafts(db, self.outbox.resolve)
        self.writer = Writer(db, self.outbox)
        self.publisher = Publisher(around.listener)
        self.board = HealthBoard(around.listener, around.time.now, meta.as_of(db))
        self._db = db
        self._around = around
        self._herald = Herald(self.writer, meta.attention(db), around.wishes)
        place = Workplace(self.publisher, around.listener, around.time, around.checkpoint)
        self._inbound = Inbound(self.writer, self._herald, place)
        self._outbound = Outbound(
            self.outbox,
            lambda file: around.outgoing / file.key,
            place,
            keep=self._keep_here,
            sent=self._sent,
        )
        self.letters = Letters(self.outbox, self.drafts, self._outbound, place, known=self.writer.tickets)
        self._preferences = Preferences(lambda: around.wishes().notify, around.adopt)
        self.talking = Talking(lambda: self.desk, self.outbox)
        self._account: Account | None = None
        self._change_account = anyio.Event()
        self._at_work = anyio.Lock()

    @property
    def desk(self) -> Desk | None:
        """The desk that is being followed, if somebody is signed in."""
        return self._account.desk if self._account else None

    def required_desk(self) -> Desk:
        """The desk that is being followed; raises `SignInRequired` when nobody is signed in."""
        if self._account is None:
            raise SignInRequired("Sign in first.")
        return self._account.desk

    @property
    def connection(self) -> sqlite3.Connection:
        """The writing connection, for reading on this thread."""
        return self._db

    @property
    def account(self) -> Account | None:
        """The account at work, if somebody is signed in."""
        return self._account

    def health(self) -> Health:
        """How the connection is."""
        return self.board.health

    async def run(self) -> None:
        """Work until cancelled."""
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self.publisher.run)
            tasks.start_soon(self._watch_clock)
            while True:
                self._change_account = anyio.Event()
                account = self._account
                if account is None:
                    await self._change_account.wait()
                    continue
                async with self._at_work, anyio.create_task_group() as work:
                    work.start_soon(account.run)
                    await self._change_account.wait()
                    work.cancel_scope.cancel()

    def follow(self, desk: Desk | None, pace: Pace | None = None) -> None:
        """Follow this desk from now on (None: nobody is signed in); the one before is closed."""
        if desk is None:
            self._account = None
            self.board.start_over(Condition.SIGN_IN_NEEDED)
        else:
            ways = Ways(
                self._inbound,
                self._outbound,
                lambda: meta.cursor(self._db),
                self._learn,
                self._preferences.agree,
            )
            self._account = Account(desk, pace or Pace(), ways, self.board)
            self._account.pace.attend(self._herald.focus)
            self.board.start_over(Condition.SYNCING)
        self._change_account.set()

    async def leave(self) -> None:
        """Follow nobody; returns when nothing of the desk before is at work any more."""
        self.follow(None)
        async with self._at_work:
            pass

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
        if self._account is not None:
            self._account.pace.attend(self._herald.focus)

    def forget(self) -> Change:
        """Forget everything of the person; whoever follows a desk has left it before."""
        self._herald.attention = Attention()
        self._herald.next_call = None
        self.board.forget()
        return self.writer.forget_everything()

    def preferences_changed(self) -> None:
        """Bring the person's preferences in step with the desk's copy; later, if it cannot be reached."""
        if self._account is not None:
            self._account.preferences_changed()

    def check_now(self) -> None:
        """Ask the desk now, and send what waits."""
        if self._account is not None:
            self._account.refresh()
        self._outbound.hurry()

    def _sent(self, command: Command) -> None:
        """Ask a desk that does not push what came of it; its copies of files are not needed any more."""
        if self._account is not None:
            self._account.pace.kick()
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
            self._outbound.hurry()  # what waits for a time was told it by another clock
        offset = self.time.offset
        self.publisher.add(put_desk_facts(self._db, info.calendar, offset))
        self.board.note("clock", _clock_note(offset) if offset else None)
        for gap in info.gaps:
            _log.info("The desk's map has a gap: %s", gap)
        services = await desk.catalogue()
        self.publisher.add(self.writer.put_services(services, info.attachment_bytes))

    async def _watch_clock(self) -> None:
        """Notice sleep, and tell what the time alone has made due; nothing else ticks."""
        wait = TICK
        while True:
            await anyio.sleep(wait)
            wait = TICK
            try:
                if self.time.woke() and self._account is not None:
                    _log.info("The clock jumped: starting over")
                    self._outbound.hurry()
                    self._account.wake()
                if self._seconds_to_due() <= 0:
                    self._inbound.remind()
                wait = min(TICK, self._seconds_to_due())
            except Damaged:
                raise
            except StoreError as error:
                _log.info("Could not tell what is due: %s", error)
            except Exception:
                # A fault here must not stop the watch for sleep.
                _log.exception("Could not tell what is due")

    def _seconds_to_due(self) -> float:
        due = self.writer.next_due()
        times = [moment(due)] if due is not None else []
        if self._herald.next_call is not None:
            times.append(self._herald.next_call)
        if not times:
            return TICK
        return max(0.0, (min(times) - self.time.now()).total_seconds())


def _clock_note(offset: timedelta) -> str:
    minutes = round(abs(offset).total_seconds() / 60)
    way = "behind" if offset > timedelta() else "ahead of"
    return f"This computer's clock is {minutes} min {way} the desk's. Times are shown by the desk's clock."
