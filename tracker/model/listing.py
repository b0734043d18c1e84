"""How the list of requests is asked for, and its counts."""

from dataclasses import dataclass
from enum import StrEnum


class Filter(StrEnum):
    """The chips above the list."""

    OPEN = "open"
    WAITING_FOR_ME = "waiting_for_me"
    FIXED = "fixed"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many requests each chip holds, and how many notices are unread."""

    open: int = 0
    waiting_for_me: int = 0
    fixed: int = 0
    all: int = 0
    unread: int = 0
