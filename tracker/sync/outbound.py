"""The outbox to the desk: one command after the other, looked for before it is sent again."""

import logging
import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import anyio

from tracker.desks.base import Capability, Desk, FileSource
from tracker.desks.wish_place import as_reply
from tracker.model.command import Command, CommandId, Delivery, EndChat, Receipt, SendMessage, files_of
from tracker.model.errors import (
    CommandRejected,
    DeskError,
    DeskUnavailable,
    SignInRequired,
    StoreError,
    UnexpectedAnswer,
)
from tracker.model.event import Event
from tracker.store.outbox import Outbox
from tracker.store.turns import Due, Lane
from tracker.sync.kept_words import kept_event
from tracker.sync.retry import MOST_ASKED, SHORTEST_DELIVERY, Patience, delivery_wait
from tracker.sync.uploads import Upload
from tracker.sync.workplace import Workplace

_log = logging.getLogger(__name__)

TIME_LIMIT = 120.0
"""Seconds for one command without files."""
SLOWEST = 16 * 1024
"""Bytes a second at which a file still gets through."""
HASTENED = 8
"""Times in a row that a wait is cut short: a desk that tells its news may still have a fault of its own."""


class Outbound:
    """Sends one profile's commands of one lane; used on the sync thread.

    `keep` stores what the desk has no place for; `sent` hears of each command that reached the desk: one
    that does not push is asked at once, and copies of files go.
    """

    def __init__(
        self,
        outbox: Outbox,
        files: FileSource,
        place: Workplace,
        *,
        keep: Callable[[Event], None],
        sent: Callable[[Command], None],
        lane: Lane = Lane.TICKETS,
    ) -> None:
        self._lane = lane
        self._outbox = outbox
        self._files = files
        self._publisher = place.publisher
        self._listener = place.listener
        self._time = place.time
        self._checkpoint = place.checkpoint
        self._keep = keep
        self._sent = sent
        self._rng = random.Random()  # noqa: S311 - spreads load, guards nothing
        self._woken = anyio.Event()
        self._patience = Patience()
        self._unheard: dict[CommandId, datetime] = {}
        self._hastened = 0
        self._failures: Counter[CommandId] = Counter()

    def wake(self) -> None:
        """Look at the outbox now."""
        self._woken.set()

    def hurry(self) -> None:
        """Forget back-off times and look now: the network is back, or the person asked."""
        self._outbox.hurry(self._lane)
        self._hastened = 0
        self._failures.clear()
        self.wake()

    def answered(self) -> None:
        """Hear that the desk has answered something: what it was silent about is looked for soon."""
        if not self._unheard or self._hastened >= HASTENED:
            return
        self._hastened += 1
        self._outbox.hurry(self._lane, self._unheard)
        self._unheard.clear()
        self.wake()

    async def run(self, desk: Desk, *, passed: Callable[[], None]) -> None:
        """Deliver until cancelled; raises `SignInRequired` when the desk wants that first.

        `passed` hears of each time that all was tried that could be.
        """
        while True:
            self._woken = anyio.Event()
            wait = await self._deliver_due(desk)
            passed()
            with anyio.move_on_after(wait):
                await self._woken.wait()

    async def _deliver_due(self, desk: Desk) -> float | None:
        """Deliver what is due; give the seconds until the next, None when nothing waits for a time."""
        while True:
            # Looked up anew for each: while one was on its way, another may have been taken back.
            waiting = self._outbox.due(self._lane)
            now = self._time.now()
            ready = next((due for due in waiting if _seconds_until(due.next_try, now) <= 0), None)
            if ready is None:
                return min((_seconds_until(due.next_try, now) for due in waiting), default=None)
            await self._deliver(desk, ready)

    async def _deliver(self, desk: Desk, due: Due) -> None:
        """Bring one command to the desk, or note why it has to wait."""
        command = due.command
        try:
            with anyio.fail_after(self._time_limit(desk, command)):
                receipt = await self._exchange(desk, due)
        except CommandRejected as error:
            self._refused(command, str(error))
        except (SignInRequired, StoreError):
            raise
        except TimeoutError as error:
            self._patience.ran_out()
            self._wait(due, error, "The desk did not answer in time.")
        except DeskError as error:
            self._wait(due, error, str(error))
        except Exception as error:
            # A fault of ours with one command must not hold up all the others.
            _log.exception("Unexpected fault while sending")
            self._wait(due, error, "Something went wrong in Tracker. It tries again by itself.")
        else:
            self._settle(desk, command, receipt)

    def _forget_trouble(self, command: Command) -> None:
        self._unheard.pop(command.id, None)
        self._failures.pop(command.id, None)
        self._hastened = 0

    def _refused(self, command: Command, reason: str) -> None:
        self._forget_trouble(command)
        if isinstance(command, EndChat):  # it is over already, which is all that was wanted
            self._publisher.add(self._outbox.remove([command.id]))
            return
        self._publisher.add(self._outbox.mark_rejected(command.id, reason))

    async def _exchange(self, desk: Desk, due: Due) -> Receipt:
        command = due.command
        if due.pending.delivery is Delivery.UNSURE:
            self._checkpoint("send.before_look")
            found = await _find(desk, command)
            self._checkpoint("send.after_look")
            if found is not None:
                return found
        self._checkpoint("send.before_mark")
        # A crash or a lost connection from here on leaves us unsure, so say so first.
        self._publisher.add(self._outbox.mark_unsure(command.id))
        self._checkpoint("send.after_mark")
        upload = Upload(command, self._files, self._listener)
        try:
            receipt = await desk.send(command, upload)
        finally:
            upload.over()
        self._checkpoint("send.after_wire")
        return receipt

    def _settle(self, desk: Desk, command: Command, receipt: Receipt) -> None:
        self._patience.answered()
        self._forget_trouble(command)
        event = kept_event(command, self._time.now()) if receipt.kept_here else None
        if event is not None:
            self._keep(event)
        elif Capability.CHAT not in desk.capabilities and isinstance(as_reply(command), Receipt):
            self._publisher.add(self._outbox.remove([command.id]))  # there was nothing to say there
        else:
            self._publisher.add(self._outbox.mark_delivered(command.id, receipt, self._time.now()))
        self._checkpoint("send.after_receipt")
        self._sent(command)

    def _wait(self, due: Due, error: Exception, reason: str) -> None:
        after = error.after if isinstance(error, DeskUnavailable) else None
        # Looking for it in vain counts, too: a desk in trouble is asked less and less often.
        times = max(due.pending.attempts, self._failures[due.command.id])
        self._failures[due.command.id] += 1
        wait = delivery_wait(times, after, self._rng)
        _log.info("A command waits %.0f s: %s", wait, type(error).__name__)
        now = self._time.now()
        if after is None:  # a desk that asks for time gets it
            self._unheard[due.command.id] = now + timedelta(seconds=SHORTEST_DELIVERY)
        next_try = now + timedelta(seconds=wait)
        self._publisher.add(self._outbox.mark_waiting(due.command.id, next_try, reason))

    def _time_limit(self, desk: Desk, command: Command) -> float:
        files = files_of(command)
        if isinstance(command, SendMessage) and not files and Capability.CHAT in desk.capabilities:
            return self._patience.seconds()
        return TIME_LIMIT + sum(file.size for file in files) / SLOWEST


async def _find(desk: Desk, command: Command) -> Receipt | None:
    try:
        return await desk.find(command)
    except CommandRejected as error:
        # The question was refused; that says nothing about whether the command has arrived.
        raise UnexpectedAnswer(str(error)) from error


def _seconds_until(at: datetime | None, now: datetime) -> float:
    """Give the seconds left; none where a clock was set back in the meantime."""
    wait = 0.0 if at is None else (at - now).total_seconds()
    return wait if wait <= MOST_ASKED else 0.0
