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
from tracker.model.attention import Attention
from tracker.model.change import Change
from tracker.model.command import Command, CommandId, ConfirmFixed, CreateTicket, Delivery
from tracker.model.draft import NEW_REQUEST, Draft
from tracker.model.errors import SignInRequired
from tracker.model.focus import Focus
from tracker.model.health import Condition, Health
from tracker.model.notice import Withdrawal
from tracker.model.ticket import TicketId
from tracker.store import meta
from tracker.store.codec import moment
from tracker.store.outbox import Outbox
from tracker.store.writer import Writer
from tracker.sync.account import Account, Ways
from tracker.sync.checkpoint import Checkpoint, pass_by
from tracker.sync.health_board import HealthBoard
from tracker.sync.herald import Herald, Wishes
from tracker.sync.inbound import Inbound
from tracker.sync.listener import Listener
from tracker.sync.outbound import Outbound
from tracker.sync.publisher import Publisher
from tracker.sync.timekeeper import TICK, Timekeeper
from tracker.sync.workplace import Workplace

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an engine is built on. `outgoing` is where copies of files to send lie."""

    connection: sqlite3.Connection
    outgoing: Path
    listener: Listener
    wishes: Callable[[], Wishes]
    time: Timekeeper
    checkpoint: Checkpoint = pass_by


class Engine:
    """Runs on the sync thread; every method is called there."""

    def __init__(self, around: Surroundings) -> None:
        db = around.connection
        self.time = around.time
        self.outbox = Outbox(db)
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
            keep=self._inbound.take,
            after=self._ask_soon,
        )
        self._account: Account | None = None
        self._change_account = anyio.Event()

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
                if self._account is None:
                    await self._change_account.wait()
                    continue
                async with anyio.create_task_group() as work:
                    work.start_soon(self._account.run)
                    await self._change_account.wait()
                    work.cancel_scope.cancel()

    def follow(self, desk: Desk | None, pace: Pace | None = None) -> None:
        """Follow this desk from now on (None: nobody is signed in); the one before is closed."""
        if desk is None:
            self._account = None
            self.board.set(Condition.SIGN_IN_NEEDED)
        else:
            ways = Ways(self._inbound, self._outbound, lambda: meta.cursor(self._db), self._learn)
            self._account = Account(desk, pace or Pace(), ways, self.board)
            self._account.pace.attend(self._herald.focus)
            self.board.set(Condition.SYNCING)
        self._change_account.set()

    def submit(self, command: Command) -> None:
        """Put a command in the outbox; when this returns it is on disk."""
        self._around.checkpoint("submit.before_write")
        change = self.outbox.add(command)
        self._around.checkpoint("submit.after_write")
        self.publisher.add(change)
        self.publisher.flush()
        self._outbound.wake()

    def retry(self, command: CommandId | None = None) -> None:
        """Send a refused command again, or hurry everything that waits."""
        pending = self.outbox.get(command) if command else None
        if command is not None and pending is not None and pending.delivery is Delivery.REJECTED:
            self.publisher.add(self.outbox.mark_queued(command))
        self._outbound.hurry()

    def discard(self, command: CommandId) -> bool:
        """Forget a command; False for one that may have arrived: it is looked up first."""
        pending = self.outbox.get(command)
        if pending is None:
            return True
        if pending.delivery in (Delivery.UNSURE, Delivery.DELIVERED):
            self._outbound.hurry()
            return False
        self.publisher.add(self.outbox.remove(command))
        return True

    def edit(self, command: CommandId) -> Draft | None:
        """Take an unsent command back into a draft; None for one that may have arrived."""
        pending = self.outbox.get(command)
        if pending is None or pending.delivery in (Delivery.UNSURE, Delivery.DELIVERED):
            return None
        draft = _draft_of(pending.command, pending.error)
        if draft is not None:
            self.publisher.add(
                self.writer.save_draft(replace(draft, saved_at=self.time.now()), self.time.now())
            )
        self.publisher.add(self.outbox.remove(command))
        self.publisher.flush()
        return draft

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
        """Forget everything of the person; whoever follows a desk has stopped before."""
        self._herald.attention = Attention()
        self._herald.next_call = None
        return self.writer.forget_everything()

    def check_now(self) -> None:
        """Ask the desk now, and send what waits."""
        if self._account is not None:
            self._account.refresh()
        self._outbound.hurry()

    def _ask_soon(self) -> None:
        if self._account is not None:
            self._account.pace.kick()

    async def _learn(self, desk: Desk, info: DeskInfo) -> None:
        self.time.learn(info.clock_offset)
        services = await desk.catalogue()
        self.publisher.add(self.writer.put_services(services, info.attachment_bytes))
        for gap in info.gaps:
            _log.info("The desk's map has a gap: %s", gap)
        offset = self.time.offset
        self.board.note("clock", _clock_note(offset) if offset else None)

    async def _watch_clock(self) -> None:
        """Notice sleep, and tell what the time alone has made due; nothing else ticks."""
        while True:
            await anyio.sleep(min(TICK, self._seconds_to_due()))
            if self.time.woke() and self._account is not None:
                _log.info("The clock jumped: starting over")
                self._account.wake()
            if self._seconds_to_due() <= 0:
                try:
                    self._inbound.remind()
                except Exception:
                    # A fault here must not stop the watch for sleep.
                    _log.exception("Could not tell what is due")
                    await anyio.sleep(TICK)

    def _seconds_to_due(self) -> float:
        due = self.writer.next_due()
        times = [moment(due)] if due is not None else []
        if self._herald.next_call is not None:
            times.append(self._herald.next_call)
        if not times:
            return TICK
        return max(0.0, (min(times) - self.time.now()).total_seconds())


def _draft_of(command: Command, reason: str | None) -> Draft | None:
    if isinstance(command, ConfirmFixed):
        return None
    if isinstance(command, CreateTicket):
        return Draft(
            NEW_REQUEST,
            command.text,
            subject=command.subject,
            service=command.service,
            fields=command.fields,
            files=command.files,
            reason=reason,
        )
    files = () if not hasattr(command, "files") else command.files
    return Draft(command.ticket, command.text, files=files, reason=reason)


def _clock_note(offset: timedelta) -> str:
    minutes = round(abs(offset).total_seconds() / 60)
    way = "behind" if offset > timedelta() else "ahead of"
    return f"This computer's clock is {minutes} min {way} the desk's. Times are shown by the desk's clock."
