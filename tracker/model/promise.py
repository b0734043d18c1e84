"""A promise with a clock: something the desk said it would do by a time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

GRACE = timedelta(minutes=15)
"""A promise is late from its latest moment on, and missed so long after it."""


class PromiseKind(StrEnum):
    """What was promised."""

    FIRST_REPLY = "first_reply"
    NEXT_UPDATE = "next_update"
    FIX = "fix"
    VISIT = "visit"
    CALLBACK = "callback"


class PromiseSource(StrEnum):
    """Where the promise comes from; `DESK_RULE` is the default cadence and worded as an aim."""

    DESK_FIELD = "desk_field"
    SLA = "sla"
    APPOINTMENT = "appointment"
    DESK_TEXT = "desk_text"
    DESK_RULE = "desk_rule"


class PromiseState(StrEnum):
    """The stored state; `NEARING` and `OVERDUE` are derived while open and never stored."""

    OPEN = "open"
    PAUSED = "paused"
    KEPT = "kept"
    MISSED = "missed"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"
    NEARING = "nearing"
    OVERDUE = "overdue"


LIVE = frozenset({PromiseState.OPEN, PromiseState.PAUSED, PromiseState.NEARING, PromiseState.OVERDUE})


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise. `latest` is the end of the range; `supersedes` names the promise it replaces."""

    id: str
    kind: PromiseKind
    latest: datetime
    made_at: datetime
    source: PromiseSource = PromiseSource.DESK_FIELD
    state: PromiseState = PromiseState.OPEN
    earliest: datetime | None = None
    made_by: str = ""
    reason: str | None = None
    supersedes: str | None = None

    @property
    def is_aim(self) -> bool:
        """True where nobody promised anything and the organisation's usual cadence stands in."""
        return self.source is PromiseSource.DESK_RULE
