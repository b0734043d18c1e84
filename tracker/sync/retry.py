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


SHORTEST_DELIVERY = 2.0
"""Seconds: a request that was on the wire when its connection broke has arrived by then, or has not."""


@dataclass(slots=True)
class Patience:
    """How long one message of a chat may take on its way: soon given up, as it is looked for and sent again.

    Twice as long each time that was too short, so that also a slow desk gets it.
    """

    shortest: float = 10.0
    longest: float = 120.0
    silences: int = 0

    def seconds(self) -> float:
        """Give the seconds for the next try."""
        return min(self.longest, self.shortest * FACTOR**self.silences)

    def ran_out(self) -> None:
        """Note that nothing came in that time."""
        self.silences = min(self.silences + 1, 20)

    def answered(self) -> None:
        """Start from the shortest again."""
        self.silences = 0


def delivery_wait(attempts: int, after: float | None, rng: random.Random) -> float:
    """Give the seconds until a command that could not be delivered is tried again.

    Never under `SHORTEST_DELIVERY`, so that what was under way is there before it is looked for.
    """
    wait = min(LONGEST, SHORTEST_DELIVERY * FACTOR ** min(attempts, 10)) * rng.uniform(*SPREAD)
    return max(SHORTEST_DELIVERY, wait, min(after or 0.0, MOST_ASKED))
