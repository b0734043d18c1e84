"""A call-back: the desk rings the requester, in a window they chose."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tracker.model.window import Window


class CallState(StrEnum):
    """Where the call stands."""

    ASKED = "asked"
    BOOKED = "booked"
    TRIED = "tried"
    DONE = "done"
    MISSED = "missed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Call:
    """The latest call-back of a request.

    `windows`: when the requester is free. `starts`, `ends`: the one the desk took, None until then.
    `tries`: how often they were rung without an answer.
    """

    id: str
    state: CallState
    asked_at: datetime
    phone: str = ""
    windows: tuple[Window, ...] = ()
    starts: datetime | None = None
    ends: datetime | None = None
    agent: str = ""
    tries: int = 0

    @property
    def closes(self) -> datetime | None:
        """The end of the booked window; None where none is booked, or one that is not after its start."""
        sound = self.starts is not None and self.ends is not None and self.starts < self.ends
        return self.ends if sound else None

    @property
    def is_ahead(self) -> bool:
        """True while somebody is still going to ring."""
        return self.state in (CallState.ASKED, CallState.BOOKED, CallState.TRIED)
