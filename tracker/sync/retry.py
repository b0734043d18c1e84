"""When to try again: the only place with such numbers."""

import random
from dataclasses import dataclass, field

FIRST = 1.0
LONGEST = 300.0
FACTOR = 2.0
SPREAD = (0.5, 1.5)
MOST_ASKED = 3600.0
"""Seconds; no desk can send us away for longer."""


@dataclass(slots=True)
class Backoff:
    """Waits that double from 1 s to 5 min, each between half and one and a half of that.

    After a power cut 5,000 programs lose their desk in the same second: the second try is drawn from one
    second, the fifth from sixteen.
    """

    rng: random.Random = field(default_factory=random.Random)
    failures: int = 0

    def failed(self, after: float | None = None) -> float:
        """Give the seconds to wait after one more failure; never less than the desk asked for."""
        usual: float = min(LONGEST, FIRST * FACTOR**self.failures)
        self.failures = min(self.failures + 1, 20)
        wait = usual * self.rng.uniform(*SPREAD)
        return wait if after is None else max(wait, min(after, MOST_ASKED) * self.rng.uniform(1.0, 1.1))

    def worked(self) -> None:
        """Start from the shortest wait again."""
        self.failures = 0


def delivery_wait(attempts: int, after: float | None, rng: random.Random) -> float:
    """Give the seconds until a command that could not be delivered is tried again.

    Never under 2 s, so that a request that was on the wire when its connection broke has arrived, or has
    not, before it is looked for.
    """
    wait = min(LONGEST, 2.0 * FACTOR ** min(attempts, 10)) * rng.uniform(*SPREAD)
    return max(2.0, wait, min(after or 0.0, MOST_ASKED))
