"""The outbox to the desk: one command after the other, looked for before it is sent again."""

import logging
import random
from collections.abc import Callable
from datetime import datetime, timedelta

import anyio

from tracker.desks.base import Desk, FileSource
from tracker.model.batch import Batch
from tracker.model.command import Command, ConfirmFixed, CreateTicket, Delivery, Receipt, SayNotFixed
from tracker.model.errors import CommandRejected, DeskError, DeskUnavailable, SignInRequired
from tracker.model.event import Confidence, Details, Event, EventKind
from tracker.model.person import ActorKind, Person
from tracker.store.outbox import Due, Outbox
from tracker.sync.retry import delivery_wait
from tracker.sync.workplace import Workplace

_log = logging.getLogger(__name__)

TIME_LIMIT = 120.0
"""Seconds for one command, its files included."""


class Outbound:
    """Sends one profile's commands; used on the sync thread.

    `keep` stores what the desk has no place for; `after` is called when something reached the desk, so
    that a desk that does not push is asked at once.
    """

    def __init__(
        self,
        outbox: Outbox,
        files: FileSource,
        place: Workplace,
        *,
        keep: Callable[[Batch], None],
        after: Callable[[], None],
    ) -> None:
        self._outbox = outbox
        self._files = files
        self._publisher = place.publisher
        self._time = place.time
        self._checkpoint = place.checkpoint
        self._keep = keep
        self._after = after
        self._rng = random.Random()  # noqa: S311 - spreads load, guards nothing
        self._woken = anyio.Event()

    def wake(self) -> None:
        """Look at the outbox now."""
        self._woken.set()

    def hurry(self) -> None:
        """Forget back-off times and look now: the network is back, or the person asked."""
        self._outbox.hurry()
        self.wake()

    async def run(self, desk: Desk) -> None:
        """Deliver until cancelled; raises `SignInRequired` when the desk wants that first."""
        while True:
            self._woken = anyio.Event()
            wait = await self._deliver_due(desk)
            with anyio.move_on_after(wait):
                await self._woken.wait()

    async def _deliver_due(self, desk: Desk) -> float | None:
        """Deliver what is due; give the seconds until the next, None when nothing waits for a time."""
        waits: list[float] = []
        for due in self._outbox.due():
            wait = _seconds_until(due.next_try, self._time.now())
            if wait > 0:
                waits.append(wait)
            elif await self._deliver(desk, due):
                self.wake()  # what stood behind it may be due now
        return min(waits, default=None)

    async def _deliver(self, desk: Desk, due: Due) -> bool:
        """Bring one command to the desk; say whether it is settled one way or the other."""
        command = due.command
        try:
            with anyio.fail_after(TIME_LIMIT):
                receipt = await self._exchange(desk, due)
        except CommandRejected as error:
            self._publisher.add(self._outbox.mark_rejected(command.id, str(error)))
            return True
        except SignInRequired:
            raise
        except (DeskError, TimeoutError) as error:
            self._wait(due, error)
            return False
        self._settle(command, receipt)
        return True

    async def _exchange(self, desk: Desk, due: Due) -> Receipt:
        command = due.command
        if due.pending.delivery is Delivery.UNSURE:
            self._checkpoint("send.before_look")
            found = await desk.find(command)
            self._checkpoint("send.after_look")
            if found is not None:
                return found
        self._checkpoint("send.before_mark")
        # A crash or a lost connection from here on leaves us unsure, so say so first.
        self._publisher.add(self._outbox.mark_unsure(command.id))
        self._checkpoint("send.after_mark")
        receipt = await desk.send(command, self._files)
        self._checkpoint("send.after_wire")
        return receipt

    def _settle(self, command: Command, receipt: Receipt) -> None:
        if receipt.kept_here:
            event = _kept_here(command, self._time.now())
            if event is not None:
                self._keep(Batch(events=(event,)))
            self._publisher.add(self._outbox.remove(command.id))
        else:
            self._publisher.add(self._outbox.mark_delivered(command.id, receipt, self._time.now()))
        self._checkpoint("send.after_receipt")
        self._after()

    def _wait(self, due: Due, error: Exception) -> None:
        after = error.after if isinstance(error, DeskUnavailable) else None
        wait = delivery_wait(due.pending.attempts, after, self._rng)
        reason = str(error) or "The desk did not answer in time."
        _log.info("A command waits %.0f s: %s", wait, type(error).__name__)
        next_try = self._time.now() + timedelta(seconds=wait)
        self._publisher.add(self._outbox.mark_waiting(due.command.id, next_try, reason))


def _seconds_until(at: datetime | None, now: datetime) -> float:
    return 0.0 if at is None else (at - now).total_seconds()


def _kept_here(command: Command, now: datetime) -> Event | None:
    """Make the event that stands for an answer the desk has no place for."""
    if isinstance(command, CreateTicket) or not isinstance(command, ConfirmFixed | SayNotFixed):
        return None
    kind = EventKind.CONFIRMED if isinstance(command, ConfirmFixed) else EventKind.NOT_FIXED
    return Event(
        id=command.id,
        ticket=command.ticket,
        kind=kind,
        at=now,
        actor=Person("", ActorKind.YOU),
        text=command.text if isinstance(command, SayNotFixed) else "",
        details=Details(reason="kept on this computer only, the desk has no place for it"),
        confidence=Confidence.DERIVED,
        command_id=command.id,
    )
