"""One sign-in's tasks: they listen, deliver and learn, are restarted when they fail, and report health."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial

import anyio

from tracker.desks.base import Capability, Desk, DeskInfo
from tracker.desks.polling import Pace
from tracker.model.batch import Batch, Cursor
from tracker.model.errors import DeskError, DeskUnavailable, SignInRequired, StoreError, TrackerError
from tracker.model.health import Condition
from tracker.store.errors import Damaged
from tracker.sync.health_board import HealthBoard, Way
from tracker.sync.inbound import Inbound
from tracker.sync.outbound import Outbound
from tracker.sync.retry import Backoff

_log = logging.getLogger(__name__)

Work = Callable[[], Awaitable[None]]

_OUR_FAULT = "Something went wrong in Tracker. It tries again by itself."


@dataclass(frozen=True, slots=True)
class Ways:
    """What an account works with: the ways in and out, where to go on from, whom the desk's facts are for.

    `lanes` are what of the outbox this desk gets. `agree` puts the person's preferences in step, here and at
    the desk. `heard` hears each batch when it is stored.
    """

    inbound: Inbound
    lanes: Mapping[Way, Outbound]
    cursor: Callable[[], Cursor | None]
    learned: Callable[[Desk, DeskInfo], Awaitable[None]]
    agree: Callable[[Desk], Awaitable[None]]
    heard: Callable[[Batch], None]


class Account:
    """Keeps one desk in step with the store until cancelled; nothing but a damaged store ends it."""

    def __init__(self, desk: Desk, pace: Pace, ways: Ways, board: HealthBoard) -> None:
        self.desk = desk
        self.pace = pace
        self._ways = ways
        self._board = board
        self._backoffs = {way: Backoff() for way in Way}
        self._at_work: dict[Way, anyio.CancelScope] = {}
        self._go = anyio.Event()
        self._asked_again = anyio.Event()
        self._preferences_changed = anyio.Event()
        self._caught_up = anyio.Event()
        self._known = anyio.Event()
        self.learned = anyio.Event()
        """Set once the desk has said what it can do and what can be asked for."""

    async def run(self) -> None:
        """Work until cancelled, then close the desk. Raises `Damaged` when the store is."""
        try:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(self._keep, Way.IN, self._listen)
                for way, lane in self._ways.lanes.items():
                    tasks.start_soon(self._keep, way, partial(self._deliver, way, lane))
                tasks.start_soon(self._keep_learning)
                tasks.start_soon(self._keep_agreeing)
        finally:
            with anyio.CancelScope(shield=True), anyio.move_on_after(2):
                await self._close()

    def refresh(self) -> None:
        """Ask the desk now: the person wants it, or has signed in again."""
        self._board.check()
        self.pace.kick()
        self._go_on()

    def wake(self) -> None:
        """Start over at once: the computer slept, or the network is back."""
        for backoff in self._backoffs.values():
            backoff.worked()
        for scope in self._at_work.values():
            scope.cancel()
        self._asked_again.set()
        self.preferences_changed()
        self._go_on()

    def preferences_changed(self) -> None:
        """Bring the person's preferences in step with the desk's copy, soon."""
        self._preferences_changed.set()

    def expect_news(self) -> anyio.Event:
        """Give an event that is set at the next moment the desk says that this is all it has."""
        if self._caught_up.is_set():
            self._caught_up = anyio.Event()
        return self._caught_up

    async def _listen(self) -> None:
        await self._ways.inbound.listen(self.desk, self._ways.cursor(), pace=self.pace, heard=self._heard)

    async def _deliver(self, way: Way, lane: Outbound) -> None:
        await lane.run(self.desk, passed=lambda: self._board.set(Condition.OK, way=way))

    def _heard(self, batch: Batch) -> None:
        self._backoffs[Way.IN].worked()
        self._known.set()
        self._ways.heard(batch)
        for lane in self._ways.lanes.values():
            lane.answered()
        if batch.caught_up:
            self._board.caught_up(push=Capability.PUSH in self.desk.capabilities)
            self._caught_up.set()
            # The desk is there and knows us: whatever waits for that need not wait any longer.
            self._go_on()

    async def _keep(self, way: Way, work: Work) -> None:
        """Do the work for ever: an error is told, waited out and tried again; `wake` starts it over."""
        while True:
            with anyio.CancelScope() as self._at_work[way]:
                await self._try(way, work)
            if way is Way.IN and self._at_work[way].cancelled_caught:
                self._board.set(Condition.SYNCING)

    async def _try(self, way: Way, work: Work) -> None:
        backoff = self._backoffs[way]
        try:
            await work()
        except Damaged:
            raise
        except SignInRequired as error:
            self._board.set(Condition.SIGN_IN_NEEDED, str(error), way=way)
            await self._wait(None)
        except DeskUnavailable as error:
            self._board.set(Condition.OFFLINE, str(error), way=way, remedy=error.remedy)
            await self._wait(backoff.failed(error.after))
        except (DeskError, StoreError) as error:
            _log.info("Will try again: %s", error)
            self._board.set(Condition.BROKEN, str(error), way=way)
            await self._wait(backoff.failed())
        except Exception:
            # The loop must not die of a fault of ours: it is logged, told, and tried again.
            _log.exception("Unexpected fault while talking to the desk")
            self._board.set(Condition.BROKEN, _OUR_FAULT, way=way)
            await self._wait(backoff.failed())

    async def _wait(self, seconds: float | None) -> None:
        """Wait that long, or until something says that it is worth trying; None waits for that alone."""
        with anyio.move_on_after(seconds):
            await self._go.wait()

    def _go_on(self) -> None:
        self._go.set()
        self._go = anyio.Event()

    async def _keep_learning(self) -> None:
        """Learn what the desk can do; again after sleep, when its catalogue and our clock may be others."""
        await self._known.wait()  # one wrong password is tried once, not by everybody
        while True:
            self._asked_again = anyio.Event()
            await self._insist(self._learn)
            self.learned.set()
            await self._asked_again.wait()

    async def _learn(self) -> None:
        await self._ways.learned(self.desk, await self.desk.check())

    async def _keep_agreeing(self) -> None:
        """Keep the two copies of the person's preferences in step, here and at the desk."""
        await self.learned.wait()
        while True:
            self._preferences_changed = anyio.Event()
            await self._insist(lambda: self._ways.agree(self.desk))
            await self._preferences_changed.wait()

    async def _insist(self, work: Work) -> None:
        """Do what nobody waits for, until it is done; what is in the way is told by others, if at all."""
        backoff = Backoff()
        while True:
            try:
                await work()
            except Damaged:
                raise
            except SignInRequired:
                await self._wait(None)
            except TrackerError as error:
                _log.info("The desk's facts are not known yet: %s", error)
                await self._wait(backoff.failed())
            except Exception:
                _log.exception("Unexpected fault while asking the desk about itself")
                await self._wait(backoff.failed())
            else:
                return

    async def _close(self) -> None:
        try:
            await self.desk.aclose()
        except Exception:
            # Nothing of it is needed any more, and the next sign-in must not suffer.
            _log.exception("Unexpected fault while closing the connection")
