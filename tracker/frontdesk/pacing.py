"""How often one person may write or be said to be writing: kept in memory, since it is about this minute."""

import math
import threading
from collections import deque

from tracker.frontdesk.refusals import Refused

MINUTE = 60.0
TYPING_PAUSE = 2.0
"""Seconds between two words that the same person is writing on the same ticket."""

SEEN_PAUSE = 15.0
"""Seconds between two notes that the same agent is there."""

MOST_KEPT = 10_000
"""Beyond so many, what is known of the pace is forgotten: memory has an end, and a minute passes soon."""


class MessagePace:
    """Counts each person's messages of the last minute. May be used from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sent: dict[str, deque[float]] = {}

    def admit(self, person_id: str, *, most: int, now: float) -> None:
        """Count a message; raises `Refused` (slow down) when `most` were sent within a minute of `now`."""
        with self._lock:
            if len(self._sent) > MOST_KEPT:
                self._sent.clear()
            sent = self._sent.setdefault(person_id, deque())
            while sent and sent[0] <= now - MINUTE:
                sent.popleft()
            if len(sent) >= most:
                after = max(1, math.ceil(sent[0] + MINUTE - now))
                raise Refused("slow_down", "That were many messages. Please wait a moment.", after=after)
            sent.append(now)


class Sightings:
    """Lets it be noted that somebody is there at most every 15 seconds. May be used from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._noted: dict[str, float] = {}

    def admit(self, person_id: str, *, now: float) -> bool:
        """Tell whether it is time to note that this person is there."""
        with self._lock:
            if now - self._noted.get(person_id, -MINUTE) < SEEN_PAUSE:
                return False
            self._noted[person_id] = now
            return True


class TypingPace:
    """Passes on that somebody is writing at most every two seconds, and that they stopped once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._told: dict[tuple[str, str], tuple[float, bool]] = {}

    def admit(self, person_id: str, ticket: str, *, typing: bool, now: float) -> bool:
        """Tell whether this is to be passed on."""
        key = (person_id, ticket)
        with self._lock:
            told_at, was_typing = self._told.get(key, (-MINUTE, False))
            if not typing:
                self._told[key] = (told_at, False)
                return was_typing
            if now - told_at < TYPING_PAUSE:
                return False
            if len(self._told) > MOST_KEPT:
                self._told.clear()
            self._told[key] = (now, True)
            return True

    def writers(self, *, since: float) -> frozenset[tuple[str, str]]:
        """List who has been told to be writing since a moment, and has not stopped: person and ticket."""
        with self._lock:
            return frozenset(key for key, (at, typing) in self._told.items() if typing and at >= since)
