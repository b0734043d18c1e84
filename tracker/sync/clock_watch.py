"""Watches the clocks: notices sleep, and tells what the time alone has made due; nothing else ticks."""

import logging
from collections.abc import Callable

import anyio

from tracker.model.errors import StoreError
from tracker.store.codec import moment
from tracker.store.errors import Damaged
from tracker.store.writer import Writer
from tracker.sync.herald import Herald
from tracker.sync.inbound import Inbound
from tracker.sync.timekeeper import TICK, Timekeeper

_log = logging.getLogger(__name__)


class ClockWatch:
    """Used on the sync thread; `woke` hears that the computer slept, or its clock was set."""

    def __init__(
        self,
        writer: Writer,
        herald: Herald,
        inbound: Inbound,
        time: Timekeeper,
        *,
        woke: Callable[[], None],
    ) -> None:
        self._writer = writer
        self._herald = herald
        self._inbound = inbound
        self._time = time
        self._woke = woke

    async def run(self) -> None:
        """Watch until cancelled; raises `Damaged` when the store is."""
        wait = TICK
        while True:
            await anyio.sleep(wait)
            wait = TICK
            try:
                if self._time.woke():
                    self._woke()
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
        due = self._writer.next_due()
        times = [moment(due)] if due is not None else []
        if self._herald.next_call is not None:
            times.append(self._herald.next_call)
        if not times:
            return TICK
        return max(0.0, (min(times) - self._time.now()).total_seconds())
