"""A profile at work against a desk in memory, in simulated time."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import anyio

from tests.fakes.desk import ALL, FakeDesk
from tests.fakes.helpdesk import FakeHelpdesk
from tests.fakes.network import FakeNetwork
from tests.fakes.simulated_time import START, SimulatedClocks
from tests.sync.faulty import open_faulty
from tests.sync.recorder import Recorder
from tracker.desks.base import Secret, SecretKind
from tracker.desks.polling import Pace
from tracker.model.attachment import LocalFile
from tracker.model.cadence import Cadence
from tracker.model.calendar import Calendar
from tracker.model.command import CommandId, CreateTicket, PostReply, Receipt
from tracker.model.health import Condition
from tracker.model.telling import NotifySettings
from tracker.model.ticket import TicketId
from tracker.store.reader import Reader
from tracker.sync.engine import Engine, Surroundings
from tracker.sync.herald import Wishes
from tracker.sync.timekeeper import Timekeeper

LIMIT = 3600.0
"""Simulated seconds after which what a test waits for will not happen any more."""


class Desk(FakeHelpdesk):
    """The desk in memory, on the world's clock; no two facts have the same time."""

    clocks: SimulatedClocks | None = None
    _last: datetime = START

    def clock(self) -> datetime:
        self._last = max(self._last + timedelta(seconds=1), self._wall())
        return self._last

    def _wall(self) -> datetime:
        return self.clocks.wall() if self.clocks is not None else START


class World:
    """One desk with Jane's requests, her computer, and her profile, which can be stopped and started.

    `empty` is a store to start with. What the attributes hold counts from the next start on.
    """

    def __init__(self, folder: Path, empty: Path) -> None:
        self.helpdesk = Desk()
        self.network = FakeNetwork(self.helpdesk.bell)
        self.clocks = self.helpdesk.clocks = SimulatedClocks()
        self.listener = Recorder()
        self.capabilities = ALL
        self.empty = empty
        self.path = folder / "tracker.db"
        self.outgoing = folder / "outgoing"
        self.notify = NotifySettings(quiet=None, quiet_weekend=False)
        self.secret = Secret(SecretKind.PASSWORD, "jane-pass")
        self.checkpoint: Callable[[str], None] = lambda _point: None
        self.patience: float | None = None
        self.engine: Engine
        self._reader: Reader | None = None
        self._numbers = 0

    def desk(self) -> FakeDesk:
        """Sign in as Jane does."""

        async def secret() -> Secret:
            return self.secret

        return FakeDesk(
            self.helpdesk,
            self.network,
            "jane",
            secret,
            capabilities=self.capabilities,
            patience=self.patience,
        )

    @asynccontextmanager
    async def running(
        self,
        *,
        desk: FakeDesk | None = None,
        pace: Pace | None = None,
        follow: bool = True,
        chat: FakeDesk | None = None,
    ) -> AsyncIterator[Engine]:
        """Run the profile, following the desk, and `chat` beside it, until the block ends."""
        connection = open_faulty(self.path, self.empty)
        try:
            self.engine = Engine(self._surroundings(connection))
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(self.engine.run)
                if follow:
                    self.engine.follow(desk or self.desk(), pace, chat=chat)
                with closing(Reader(self.path, Calendar(zone=UTC), Cadence())) as self._reader:
                    yield self.engine
                tasks.cancel_scope.cancel()
        finally:
            self._reader = None
            connection.close()

    def _surroundings(self, connection: sqlite3.Connection) -> Surroundings:
        return Surroundings(
            connection=connection,
            outgoing=self.outgoing,
            listener=self.listener,
            wishes=lambda: Wishes(self.notify, UTC, Calendar(zone=UTC), Cadence()),
            time=Timekeeper(self.clocks.wall, self.clocks.monotonic),
            checkpoint=lambda point: self.checkpoint(point),
            adopt=self._adopt,
        )

    def _adopt(self, told: NotifySettings) -> None:
        self.notify = told

    async def until(self, condition: Callable[[], object], *, within: float = LIMIT) -> float:
        """Wait for a condition and give how long it took, in simulated seconds."""
        start = anyio.current_time()
        try:
            with anyio.fail_after(within):
                while not condition():
                    # Finely at first; hours would be many steps.
                    await anyio.sleep(0.05 if anyio.current_time() - start < 60 else 1.0)
        except TimeoutError:
            raise AssertionError(
                f"it did not come to this within {within} s; health: {self.listener.healths[-1:]}"
            ) from None
        return anyio.current_time() - start

    async def in_step(self) -> None:
        """Wait until the profile knows all that the desk has told, and the desk all that was written."""
        await self.until(self.is_in_step)

    def is_in_step(self) -> bool:
        """Say whether both sides know the same."""
        if self.condition is not Condition.OK:
            return False
        with self.reading() as reader:
            if reader.outbox():
                return False
            known = {event.id for ticket in self.helpdesk.tickets for event in reader.events(ticket)}
        return known >= {fact.event.id for fact in self.helpdesk.facts if fact.public}

    @property
    def condition(self) -> Condition:
        """How the connection is."""
        return self.engine.health().condition

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Read what is on the disk."""
        if self._reader is not None:
            yield self._reader
            return
        with closing(Reader(self.path, Calendar(zone=UTC), Cadence())) as reader:
            yield reader

    def raised(self, subject: str = "VPN drops") -> TicketId:
        """Let Jane have a request already, raised elsewhere."""
        return self.helpdesk.create("jane", self.create(subject), ()).ticket

    def create(self, subject: str = "VPN drops", files: tuple[LocalFile, ...] = ()) -> CreateTicket:
        """Make a request to send."""
        return CreateTicket(self._next(), self._now(), "network", subject, "It drops.", files=files)

    def reply(self, to: TicketId, text: str = "Any news?", files: tuple[LocalFile, ...] = ()) -> PostReply:
        """Make a reply to send."""
        return PostReply(self._next(), self._now(), to, text, files)

    def attached(self, name: str = "log.txt", content: bytes = b"log") -> LocalFile:
        """Copy a file into the profile, as attaching does."""
        self.outgoing.mkdir(exist_ok=True)
        key = f"{len(list(self.outgoing.iterdir())):032}"
        (self.outgoing / key).write_bytes(content)
        return LocalFile(key, name, len(content), "text/plain")

    def done(self, command: CreateTicket | PostReply) -> Receipt | None:
        """Give the desk's receipt for a command, if it has it."""
        return self.helpdesk.done.get(("jane", command.id))

    def _next(self) -> CommandId:
        self._numbers += 1
        return CommandId(f"{self._numbers:08x}-0000-4000-8000-000000000000")

    def _now(self) -> datetime:
        return self.clocks.wall()


def hours(number: float) -> timedelta:
    """Write a stretch of time."""
    return timedelta(hours=number)
