"""Whether a request goes in circles: many words each way and no step further, so that a call would help."""

from datetime import datetime, timedelta

from tracker.model.history import YOUR_WORDS
from tracker.model.person import ActorKind
from tracker.model.stage import Stage
from tracker.model.standing import Standing

EACH_WAY = 3
WITHIN = timedelta(hours=48)
_A_HAIR = timedelta(microseconds=1)


def goes_in_circles(stands: Standing) -> bool:
    """Say whether three words each way within 48 hours have not moved the request to another stage."""
    return stops_circling_at(stands) is not None


def stops_circling_at(stands: Standing) -> datetime | None:
    """Give the moment from which a request that goes in circles does so no more, if nobody writes."""
    if stands.stage >= Stage.FIXED or (stands.call is not None and stands.call.is_ahead):
        return None  # solved, or a call is coming
    since = max(stands.clock.now - WITHIN, *stands.times.values())
    yours = theirs = 0
    for event in reversed(stands.events):
        if event.at < since:
            return None
        if event.is_human_word:
            theirs += 1
        elif event.actor.kind is ActorKind.YOU and event.kind in YOUR_WORDS:
            yours += 1
        if min(yours, theirs) >= EACH_WAY:
            return event.at + WITHIN + _A_HAIR
    return None
