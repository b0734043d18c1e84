"""One sign-in's tasks: they listen, deliver and learn, are restarted when they fail, and report health."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import anyio

from tracker.desks.base import Capability, Desk, DeskInfo
from tracker.desks.polling import Pace
from tracker.model.batch import Batch, Cursor
from tracker.model.errors import DeskError, DeskUnavailable, SignInRequired, StoreError
from tracker.model.health import Condition
from tracker.sync.health_board import HealthBoard
from tracker.sync.inbound import Inbound
from tracker.sync.outbound import Outbound
from tracker.sync.retry import Backoff

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ways:
    """What an account works with: the two ways, where to go on from, and whom the desk's facts are for."""

    inbound: Inbound
    outbound: Outbound
    cursor: Callable[[], Cursor | None]
    learned: Callable[[Desk, DeskInfo], Awaitable[None]]


class Account:
    """Keeps one desk in step with the store until cancelled; nothing that goes wrong ends it."""

    def __init__(self, desk: Desk, pace: Pace, ways: Ways, board: HealthBoard) -> None:
        self.desk = desk
        self.pace = pace
        self._ways = ways
        self._board = board
        self._backoff = Backoff()
        self._restart: anyio.CancelScope | None = None
        self._go = anyio.Event()
        self._caught_up = anyio.Event()

    async def run(self) -> None:
        """Work until cancelled, then close the desk."""
        try:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(self._keep, self._listen)
                tasks.start_soon(self._keep, self._deliver)
                tasks.start_soon(self._keep_learning)
        finally:
            with anyio.CancelScope(shield=True), anyio.move_on_after(2):
                await self.desk.aclose()

    def refresh(self) -> None:
        """Ask the desk now: the person wants it, or something of ours has arrived there."""
        if self._board.health.condition in (Condition.OFFLINE, Condition.BROKEN):
            self._board.set(Condition.SYNCING)
        self.pace.kick()
        self._go.set()

    def wake(self) -> None:
        """Start over at once: the computer slept, or the network is back."""
        self._backoff.worked()
        if self._restart is not None:
            self._restart.cancel()
        self._go.set()
        self._ways.outbound.hurry()

    def expect_news(self) -> anyio.Event:
        """Give an event that is set at the next moment the desk says that this is all it has."""
        if self._caught_up.is_set():
            self._caught_up = anyio.Event()
        return self._caught_up

    async def _listen(self) -> None:
        with anyio.CancelScope() as self._restart:
            await self._ways.inbound.listen(self.desk, self._ways.cursor(), pace=self.pace, heard=self._heard)
        self._board.set(Condition.SYNCING)

    async def _deliver(self) -> None:
        await self._ways.outbound.run(self.desk)

    def _heard(self, batch: Batch) -> None:
        self._backoff.worked()
        if batch.caught_up:
            self._board.caught_up(push=_pushes(self.desk))
            self._caught_up.set()

    async def _keep(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do the work for ever: an error is told, waited out and tried again."""
        while True:
            try:
                await work()
            except SignInRequired as error:
                self._board.set(Condition.SIGN_IN_NEEDED, str(error))
                await self._wait(None)
            except DeskUnavailable as error:
                self._board.set(Condition.OFFLINE, str(error))
                await self._wait(self._backoff.failed(error.after))
            except (DeskError, StoreError) as error:
                _log.info("Will try again: %s", error)
                self._board.set(Condition.BROKEN, str(error))
                await self._wait(self._backoff.failed())
            except Exception:
                # The loop must not die of a fault of ours: it is logged, told, and tried again.
                _log.exception("Unexpected fault while talking to the desk")
                self._board.set(
                    Condition.BROKEN, "Something went wrong in Tracker. It tries again by itself."
                )
                await self._wait(self._backoff.failed())

    async def _wait(self, seconds: float | None) -> None:
        """Wait that long, or until `refresh` or `wake`; None waits for those alone."""
        self._go = anyio.Event()
        with anyio.move_on_after(seconds):
            await self._go.wait()

    async def _keep_learning(self) -> None:
        """Learn once what the desk can do; a desk that cannot be asked is asked again after it was heard."""
        while True:
            try:
                info = await self.desk.check()
                await self._ways.learned(self.desk, info)
            except (DeskError, StoreError) as error:
                _log.info("The desk's facts are not known yet: %s", error)
                await self.expect_news().wait()
                await anyio.sleep(self._backoff.spread(5.0))
            except Exception:
                _log.exception("Unexpected fault while asking what the desk can do")
                return
            else:
                return


def _pushes(desk: Desk) -> bool:
    return Capability.PUSH in desk.capabilities
