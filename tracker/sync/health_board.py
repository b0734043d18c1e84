"""The one place that says how the connection is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from tracker.model.health import Condition, Health
from tracker.sync.listener import Listener


class HealthBoard:
    """Holds the present health and tells the listener when it is different."""

    def __init__(self, listener: Listener, now: Callable[[], datetime], as_of: datetime | None) -> None:
        self._listener = listener
        self._now = now
        self._health = Health(as_of=as_of)

    @property
    def health(self) -> Health:
        """How the connection is now."""
        return self._health

    def set(self, condition: Condition, sentence: str = "") -> None:
        """Say that it is different; `sentence` says what a person can do about it."""
        self._tell(replace(self._health, condition=condition, sentence=sentence, push=False))

    def caught_up(self, *, push: bool) -> None:
        """Say that what is here is all the desk has, as of now."""
        self._tell(replace(self._health, condition=Condition.OK, sentence="", push=push, as_of=self._now()))

    def note(self, key: str, sentence: str | None) -> None:
        """Add or take away a lasting remark; `key` is a word that its sentence is remembered under."""
        others = tuple(note for note in self._health.notes if not note.startswith(f"{key}\x1f"))
        mine = () if sentence is None else (f"{key}\x1f{sentence}",)
        self._tell(replace(self._health, notes=(*others, *mine)))

    def _tell(self, health: Health) -> None:
        if health == self._health:
            return
        self._health = health
        self._listener.health(replace(health, notes=tuple(n.split("\x1f", 1)[-1] for n in health.notes)))
