"""When to try again: the only place with such numbers."""

import random
from dataclasses import dataclass, field

FIRST = 1.0
LONGEST = 300.0
FACTOR = 2.0


@dataclass(slots=True)
class Backoff:
    """Waits that double from 1 s to 5 min, each within ±30 % so that a fleet spreads out.

    After a power cut 5,000 programs start at once: `spread` (seconds) is how far apart their first tries
    are drawn.
    """

    rng: random.Random = field(default_factory=random.Random)
    failures: int = 0

    def failed(self, after: float | None = None) -> float:
        """Give the seconds to wait after one more failure; never less than the desk asked for."""
        usual: float = min(LONGEST, FIRST * FACTOR**self.failures)
        self.failures = min(self.failures + 1, 20)
        wait = usual * self.rng.uniform(0.7, 1.3)
        return wait if after is None else max(wait, min(after, 3600.0) + self.rng.uniform(0, 2))

    def worked(self) -> None:
        """Start from the shortest wait again."""
        self.failures = 0

    def spread(self, longest: float) -> float:
        """Give a random wait up to `longest` seconds."""
        return self.rng.uniform(0.0, longest)


def delivery_wait(attempts: int, after: float | None, rng: random.Random) -> float:
    """Give the seconds until a command that could not be delivered is tried again.

    Never under 2 s, so that a request that was on the wire when its connection broke has arrived, or has
    not, before it is looked for.
    """
    wait = min(LONGEST, 2.0 * FACTOR ** min(attempts, 10)) * rng.uniform(0.7, 1.3)
    return max(2.0, wait, min(after or 0.0, 3600.0))
