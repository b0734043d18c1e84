"""A technician's visit, followed like a delivery."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class VisitState(StrEnum):
    """Where the visit stands."""

    SCHEDULED = "scheduled"
    ON_THE_WAY = "on_the_way"
    ON_SITE = "on_site"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Visit:
    """A booked window, who comes and where; the ETA is a range, never a computed moment."""

    id: str
    starts: datetime
    ends: datetime | None = None
    state: VisitState = VisitState.SCHEDULED
    place: str = ""
    agent: str = ""
    eta_earliest: datetime | None = None
    eta_latest: datetime | None = None
    note: str = ""
