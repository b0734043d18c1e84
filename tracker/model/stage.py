"""The nodes of the bar: six coarse stages, always drawn whole."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from tracker.model.line import Line


class Stage(IntEnum):
    """Ordered as the request travels."""

    RECEIVED = 0
    ASSIGNED = 1
    WORKING = 2
    VISIT = 3
    FIXED = 4
    DONE = 5

    @property
    def word(self) -> str:
        """The name used in JSON and in the database."""
        return self.name.lower()


class Progress(StrEnum):
    """How a node is drawn."""

    DONE = "done"
    NOW = "now"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class Milestone:
    """One node of the bar: the label, how it is drawn and when it was reached (None: not, or not told)."""

    stage: Stage
    label: Line
    progress: Progress
    at: datetime | None = None
