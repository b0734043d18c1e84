"""Figures: what was measured, how much it may be, and how they are printed."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a figure stands to its limit."""

    MET = "met"
    MISSED = "missed"
    TOLD = "told"  # it has no limit


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. `limit` is the most it may be; `samples` are the runs it is the median of."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    samples: tuple[float, ...] = ()
    remark: str = ""

    @property
    def verdict(self) -> Verdict:
        """Say whether the limit is kept."""
        if self.limit is None:
            return Verdict.TOLD
        return Verdict.MET if self.value <= self.limit else Verdict.MISSED

    def line(self) -> str:
        """Write it for a person."""
        limit = "" if self.limit is None else f"  (at most {self.limit:,g} {self.unit}: {self.verdict})"
        spread = ""
        if len(self.samples) > 1:
            spread = f"  [{min(self.samples):,.5g} … {max(self.samples):,.5g}, n={len(self.samples)}]"
        remark = f"  {self.remark}" if self.remark else ""
        return f"  {self.name:<52}{self.value:>12,.4g} {self.unit:<8}{limit}{spread}{remark}"

    def report(self) -> dict[str, object]:
        """Write it for a program."""
        return {
            "name": self.name,
            "value": round(self.value, 4),
            "unit": self.unit,
            "limit": self.limit,
            "verdict": self.verdict,
            "samples": [round(sample, 4) for sample in self.samples],
            "remark": self.remark,
        }


def median_of(name: str, samples: Sequence[float], unit: str, **more: float | None) -> Figure:
    """Make the figure that is the median of several runs; `limit` may be given."""
    return Figure(name, statistics.median(samples), unit, more.get("limit"), tuple(samples))


def percentile(samples: Sequence[float], share: float) -> float:
    """Give the smallest sample that `share` (0 to 1) of all are no larger than."""
    ordered = sorted(samples)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
