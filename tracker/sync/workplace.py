"""What both ways of the sync thread share: whom to tell, what time it is, where files lie."""

from dataclasses import dataclass
from pathlib import Path

from tracker.sync.checkpoint import Checkpoint, pass_by
from tracker.sync.listener import Listener
from tracker.sync.publisher import Publisher
from tracker.sync.timekeeper import Timekeeper


@dataclass(frozen=True, slots=True)
class Workplace:
    """The publisher of changes, the listener, the time, and the points that tests stop at.

    `outgoing` is where copies of files to send lie.
    """

    publisher: Publisher
    listener: Listener
    time: Timekeeper
    outgoing: Path
    checkpoint: Checkpoint = pass_by
