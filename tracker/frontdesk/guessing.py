"""Slows down password guessing: each miss makes the next try wait longer."""

import threading
from collections import OrderedDict
from dataclasses import dataclass

from tracker.frontdesk.refusals import Refused

FREE_MISSES = 3
LONGEST_WAIT = 900
REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class _Misses:
    count: int
    wait_until: float


class GuessGuard:
    """Counts misses per name and address, in memory: a restart of the desk forgets them.

    A try counts as a miss from its start, so that a hundred at once are no better than one after another.
    Times are seconds of any steady clock.
    """

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._misses: OrderedDict[tuple[str, str], _Misses] = OrderedDict()

    def admit(self, name: str, address: str, *, now: float) -> None:
        """Let a try begin; raises `Refused` with the seconds to wait when it comes too soon."""
        key = (name.casefold(), address)
        with self._turn:
            misses = self._misses.get(key, _Misses(0, 0.0))
            if now < misses.wait_until:
                wait = int(misses.wait_until - now) + 1
                raise Refused(
                    "slow_down", f"Too many wrong passwords. Try again in {wait} seconds.", after=wait
                )
            count = misses.count + 1
            pause = min(2 ** (count - FREE_MISSES + 1), LONGEST_WAIT) if count >= FREE_MISSES else 0
            self._misses[key] = _Misses(count, now + pause)
            self._misses.move_to_end(key)
            while len(self._misses) > REMEMBERED:
                self._misses.popitem(last=False)

    def forgive(self, name: str, address: str) -> None:
        """Forget the misses: the right password was given."""
        with self._turn:
            self._misses.pop((name.casefold(), address), None)
