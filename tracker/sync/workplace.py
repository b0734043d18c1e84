"""What both ways of the sync thread share: whom to tell, what time it is."""

from dataclasses import dataclass

from tracker.sync.checkpoint import Checkpoint, pass_by
from tracker.sync.listener import Listener
from tracker.sync.publisher import Publisher
from tracker.sync.timekeeper import Timekeeper


@dataclass(frozen=True, slots=True)
class Workplace:
    """The publisher of changes, the listener, the time, and the points that tests stop at."""

    publisher: Publisher
    listener: Listener
    time: Timekeeper
    checkpoint: Checkpoint = pass_by
