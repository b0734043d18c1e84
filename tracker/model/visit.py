"""A technician's visit, followed like a delivery."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class VisitState(StrEnum):
    """Where the visit stands."""

    SCHEDULED = "scheduled"
    ON_THE_WAY = "on_the_way"
    ON_SITE = "on_site"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


PATIENCE = timedelta(minutes=15)
"""So long after its window, a visit that nobody has spoken of any more is not expected any longer."""
_WINDOW = timedelta(hours=1)
"""How long the window is where the desk tells only its start."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A booked window, who comes and where; the ETA is a range, never a computed moment.

    `zone`: the site's IANA name, where the desk tells it. `directions`: how the requester said to find them.
    `prepare`: what to have ready. `confirmed`: the requester said that the window suits.
    """

    id: str
    starts: datetime
    ends: datetime | None = None
    state: VisitState = VisitState.SCHEDULED
    place: str = ""
    agent: str = ""
    eta_earliest: datetime | None = None
    eta_latest: datetime | None = None
    note: str = ""
    zone: str = ""
    directions: str = ""
    prepare: tuple[str, ...] = ()
    confirmed: bool = False

    @property
    def closes(self) -> datetime | None:
        """The end of the window; None where the desk told none, or one that is not after the start."""
        return self.ends if self.ends is not None and self.ends > self.starts else None

    @property
    def given_up_at(self) -> datetime:
        """When a booked visit that nobody has spoken of any more is not expected any longer."""
        return (self.closes or self.starts + _WINDOW) + PATIENCE

    def is_ahead(self, now: datetime) -> bool:
        """Say whether somebody is still expected, or there."""
        if self.state is VisitState.SCHEDULED:
            return now < self.given_up_at
        return self.state in (VisitState.ON_THE_WAY, VisitState.ON_SITE)
