"""What breaks while two people chat: the network, the program, the server, the computer's sleep."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from tests.rigs.flaky_proxy import Fault, FlakyProxy

FAULTS = (
    Fault.DROP,
    Fault.STALL,
    Fault.CUT,
    Fault.LOSE,
    Fault.BUSY,
    Fault.BROKEN,
    Fault.HTML,
    Fault.HALF_JSON,
)
"""What happens to single requests; being sent to sign in again is another story."""


@dataclass(frozen=True, slots=True)
class Place:
    """What can be broken: the network between the two, the program's process, the server."""

    network: FlakyProxy
    program: Callable[[], int]
    restart_server: Callable[[], None]


class Troubles:
    """Breaks one thing after the other; `log` counts what. One seed breaks the same things in one order.

    Whoever is before the killed program starts it again; the rest heals by itself, or with `heal`.
    """

    def __init__(self, place: Place, seed: int) -> None:
        self._place = place
        self._dice = random.Random(seed)  # noqa: S311 - breaks things, guards nothing
        self.log: Counter[str] = Counter()
        self._acts = (self._fail, self._cut, self._sleep, self._kill_program, self._kill_server)
        self._first = list(self._acts)

    def strike(self) -> None:
        """Break something: each thing once at first, then as chance will have it.

        What takes a while is over when this returns.
        """
        acts = self._first or self._dice.choices(self._acts, weights=(8, 4, 2, 1, 1))
        acts.pop()()

    def pause(self) -> None:
        """Leave both in peace for some seconds."""
        time.sleep(self._dice.uniform(1.0, 4.0))

    def heal(self) -> None:
        """Make the network whole."""
        self._place.network.restore()

    def _fail(self) -> None:
        fault = self._dice.choice(FAULTS)
        self.log[f"request: {fault}"] += 1
        self._place.network.fail(fault, times=self._dice.randint(1, 3))

    def _cut(self) -> None:
        self.log["network away"] += 1
        self._place.network.cut()
        time.sleep(self._dice.uniform(0.2, 3.0))
        self._place.network.restore()

    def _sleep(self) -> None:
        self.log["computer asleep"] += 1
        with suppress(ProcessLookupError):
            os.kill(self._place.program(), signal.SIGSTOP)
            time.sleep(self._dice.uniform(0.5, 3.0))
            os.kill(self._place.program(), signal.SIGCONT)

    def _kill_program(self) -> None:
        self.log["program killed"] += 1
        with suppress(ProcessLookupError):
            os.kill(self._place.program(), signal.SIGKILL)

    def _kill_server(self) -> None:
        self.log["server killed"] += 1
        self._place.restart_server()
