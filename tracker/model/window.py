"""A stretch of time in which something may happen: a call, a visit."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Window:
    """From `starts` to `ends`, both aware. Whoever takes one from outside asks `is_sound` first."""

    starts: datetime
    ends: datetime

    @property
    def is_sound(self) -> bool:
        """False where it ends before it starts, or has no length."""
        return self.starts < self.ends


@dataclass(frozen=True, slots=True)
class Slot:
    """A window that the desk offers for a visit; `id` is the desk's name for it."""

    id: str
    window: Window
    agent: str = ""
