"""When a technician on the way arrives, as it is shown: a range that does not follow every small change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tracker.model.event import Event, EventKind
from tracker.model.visit import Visit, VisitState

if TYPE_CHECKING:
    from collections.abc import Sequence

SHARE = 0.2
"""A change of more than this share of the time that is left is shown and told,"""
MUCH = timedelta(minutes=30)
"""and so is one of more than this."""

_ESTIMATES = frozenset({EventKind.VISIT_ON_THE_WAY, EventKind.VISIT_ETA})
_ENDS = frozenset(
    {
        EventKind.VISIT_ARRIVED,
        EventKind.VISIT_DONE,
        EventKind.VISIT_FAILED,
        EventKind.VISIT_CANCELLED,
        EventKind.VISIT_MOVED,
    }
)


@dataclass(frozen=True, slots=True)
class Estimate:
    """From when to when somebody is expected; `visit` is the id of the visit."""

    visit: str
    latest: datetime
    earliest: datetime | None = None


def estimate_of(visit: Visit | None) -> Estimate | None:
    """Take the estimate a desk tells; a range that ends before it starts has only its end."""
    if visit is None or visit.eta_latest is None:
        return None
    earliest = visit.eta_earliest
    sound = earliest is not None and earliest < visit.eta_latest
    return Estimate(visit.id, visit.eta_latest, earliest if sound else None)


def is_moved(shown: Estimate, told: Estimate, at: datetime) -> bool:
    """Say whether what is told at a moment differs so much from what is shown that it takes its place."""
    if told.visit != shown.visit:
        return True
    change = abs(told.latest - shown.latest)
    if told.earliest is not None and shown.earliest is not None:
        change = max(change, abs(told.earliest - shown.earliest))
    left = max(shown.latest - at, timedelta())
    return change > MUCH or change > left * SHARE


def follow(shown: Estimate | None, events: Sequence[Event]) -> tuple[Estimate | None, frozenset[str]]:
    """Go through events in order: what is shown after them, and the ids of those that move nothing."""
    small: set[str] = set()
    for event in events:
        if event.kind in _ENDS:
            shown = None
        told = estimate_of(event.details.visit) if event.kind in _ESTIMATES else None
        if told is None:
            continue
        if shown is None or event.kind is EventKind.VISIT_ON_THE_WAY or is_moved(shown, told, event.at):
            shown = told
        else:
            small.add(event.id)
    return shown, frozenset(small)


def as_shown(visit: Visit, events: Sequence[Event], updated_at: datetime, now: datetime) -> Visit:
    """Give the visit with the estimate that is shown at `now`; its own is the newest that was told.

    `events` are in order; without any, what the desk tells is shown. When the shown time is over, the newest
    one is shown, however little later it is.
    """
    told = estimate_of(visit)
    if visit.state is not VisitState.ON_THE_WAY or told is None:
        return visit
    about = [event for event in events if event.details.visit and event.details.visit.id == visit.id]
    shown, _ = follow(None, about)
    if shown is None or shown.latest <= now or is_moved(shown, told, updated_at):
        shown = told
    return replace(visit, eta_earliest=shown.earliest, eta_latest=shown.latest)
