"""Work that waits for better times: done at once, and each time it is asked for, one at a time."""

import logging
import math
from collections.abc import Awaitable, Callable

import anyio

from tracker.host.errors import HostError
from tracker.model.errors import DeskError, StoreError
from tracker.store.errors import Damaged

_log = logging.getLogger(__name__)


class Again:
    """Used on the sync thread. `work` may raise what stops it this time; `what` names it in the log.

    What was stopped is tried again after `pause` seconds, if nobody asks for it sooner.
    """

    def __init__(self, work: Callable[[], Awaitable[object]], what: str, *, pause: float = math.inf) -> None:
        self._work = work
        self._what = what
        self._pause = pause
        self._asked = anyio.Event()

    def ask(self) -> None:
        """Do it again: what stopped it may be over."""
        self._asked.set()

    async def run(self) -> None:
        """Work until cancelled. Raises `Damaged`."""
        while True:
            self._asked = anyio.Event()
            done = await self._worked()
            with anyio.move_on_after(math.inf if done else self._pause):
                await self._asked.wait()

    async def _worked(self) -> bool:
        try:
            await self._work()
        except Damaged:
            raise
        except (DeskError, HostError, StoreError, TimeoutError) as error:
            _log.info("Later again, %s: %s", self._what, type(error).__name__)
        except Exception:
            # A fault here must not stop what runs beside it.
            _log.exception("Unexpected fault, %s", self._what)
        else:
            return True
        return False
