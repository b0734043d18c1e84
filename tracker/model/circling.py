"""Whether a request goes in circles: many words each way and no step further, so that a call would help."""

from datetime import timedelta

from tracker.model.history import YOUR_WORDS
from tracker.model.person import ActorKind
from tracker.model.stage import Stage
from tracker.model.standing import Standing

EACH_WAY = 3
WITHIN = timedelta(hours=48)


def goes_in_circles(stands: Standing) -> bool:
    """Say whether three words each way within 48 hours have not moved the request to another stage."""
    if stands.stage >= Stage.FIXED:
        return False
    since = max(stands.clock.now - WITHIN, *stands.times.values())
    yours = theirs = 0
    for event in reversed(stands.events):
        if event.at < since:
            break
        if event.is_human_word:
            theirs += 1
        elif event.actor.kind is ActorKind.YOU and event.kind in YOUR_WORDS:
            yours += 1
    return min(yours, theirs) >= EACH_WAY
