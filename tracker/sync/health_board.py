"""The one place that says how the connection is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from tracker.model.health import Condition, Health, Remedy


class Way(StrEnum):
    """What can be in trouble by itself: hearing the desk, and bringing it what was written."""

    IN = "in"
    OUT = "out"
    CHATS = "chats"  # the lane of chats, where the desk itself takes it


class HealthBoard:
    """Holds the present health and tells when it is different: the worst of all ways."""

    def __init__(
        self, told: Callable[[Health], None], now: Callable[[], datetime], as_of: datetime | None
    ) -> None:
        self._told = told
        self._now = now
        self._ways = dict.fromkeys(Way, (Condition.OK, "")) | {Way.IN: (Condition.SYNCING, "")}
        self._remedies: dict[Way, Remedy] = {}
        self._notes: dict[str, str] = {}
        self._health = Health(as_of=as_of)

    @property
    def health(self) -> Health:
        """How the connection is now."""
        return self._health

    def set(
        self,
        condition: Condition,
        sentence: str = "",
        *,
        way: Way = Way.IN,
        remedy: Remedy = Remedy.NONE,
    ) -> None:
        """Say that a way is different; `sentence` says what a person can do about it, `remedy` where."""
        self._ways[way] = (condition, sentence)
        self._remedies[way] = remedy
        self._tell(replace(self._health, push=self._health.push and way is not Way.IN))

    def caught_up(self, *, push: bool) -> None:
        """Say that what is here is all the desk has, as of now."""
        self._ways[Way.IN] = (Condition.OK, "")
        self._tell(replace(self._health, push=push, as_of=self._now()))

    def check(self) -> None:
        """Say that whatever was in trouble is being tried again."""
        if self._ways[Way.IN][0] >= Condition.OFFLINE:
            self._ways[Way.IN] = (Condition.SYNCING, "")
        self._ways[Way.CHATS] = (Condition.OK, "")
        self.set(Condition.OK, way=Way.OUT)

    def start_over(self, condition: Condition) -> None:
        """Say that another sign-in is followed, or none: nothing that was said of the last one holds."""
        self._ways[Way.OUT] = self._ways[Way.CHATS] = (Condition.OK, "")
        self.set(condition)

    def forget(self) -> None:
        """Forget as of when the figures are: there are none any more."""
        self._tell(replace(self._health, as_of=None))

    def ask_for_proxy(self, proxy: str) -> None:
        """Say which proxy (`host:port`) wants to know who the person is; "" once they have said it."""
        self._tell(replace(self._health, proxy=proxy))

    def note(self, key: str, sentence: str | None) -> None:
        """Add or take away a lasting remark; `key` is a word that its sentence is remembered under."""
        self._notes.pop(key, None)
        if sentence is not None:
            self._notes[key] = sentence
        self._tell(self._health)

    def _tell(self, health: Health) -> None:
        way = max(self._ways, key=lambda way: self._ways[way][0])
        condition, sentence = self._ways[way]
        remedy = self._remedies.get(way, Remedy.NONE) if condition is Condition.OFFLINE else Remedy.NONE
        notes = tuple(self._notes.values())
        health = replace(health, condition=condition, sentence=sentence, remedy=remedy, notes=notes)
        if health != self._health:
            self._health = health
            self._told(health)
