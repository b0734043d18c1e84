"""How promises went, counted: made, moved, kept, missed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tracker.model.promise import Promise, PromiseState


@dataclass(frozen=True, slots=True)
class Ledger:
    """Counts over settled promises. Those still open, and those taken back, are only among `made`."""

    made: int = 0
    moved: int = 0
    kept: int = 0
    missed: int = 0

    def __add__(self, other: "Ledger") -> "Ledger":
        return Ledger(
            self.made + other.made,
            self.moved + other.moved,
            self.kept + other.kept,
            self.missed + other.missed,
        )


def ledger(promises: Iterable[Promise]) -> Ledger:
    """Count the promises of one request; add up the ledgers for those of all."""
    counted = Counter(promise.state for promise in promises if not promise.is_aim)
    return Ledger(
        made=counted.total(),
        moved=counted[PromiseState.MOVED],
        kept=counted[PromiseState.KEPT],
        missed=counted[PromiseState.MISSED],
    )
