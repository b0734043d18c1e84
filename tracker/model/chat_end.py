"""How a chat ended: who or what ended it, how long it went on, how many messages were written."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class EndedBy(StrEnum):
    """Who or what ended a session."""

    YOU = "you"
    AGENT = "agent"
    IDLE = "idle"  # nobody wrote for so long
    DESK = "desk"  # nobody was there any more, or the request was closed


@dataclass(frozen=True, slots=True)
class ChatEnd:
    """What the desk tells of a session that is over; None for what it does not tell."""

    by: EndedBy | None = None
    messages: int | None = None
    lasted: timedelta | None = None
