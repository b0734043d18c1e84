"""Runs examinations all at once, each on a thread of its own and for a limited time."""

from __future__ import annotations

import logging
import queue
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.core.shapes import Finding
from tracker.host.disk import sentence_for
from tracker.model.errors import TrackerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

OK, WARN, BAD = "ok", "warning", "bad"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Examination:
    """One thing to look at. `look` may take up to `limit` seconds; it may raise what it cannot look at."""

    about: str
    look: Callable[[], Iterable[Finding]]
    place: Path
    limit: float = 10.0


Told = tuple[Finding, ...]


def examine(
    examinations: Sequence[Examination],
    tell: Callable[[Examination, Told], object] = lambda _one, _told: None,
) -> Told:
    """Look at everything and give the findings in the order of the examinations; never raises.

    `tell` hears each as soon as it is done, on the caller's thread. What takes too long is left alone, and
    a finding says so: its thread ends when whatever it waits for does.
    """
    done: queue.SimpleQueue[tuple[int, Told]] = queue.SimpleQueue()
    started = time.monotonic()
    for number, one in enumerate(examinations):
        name = f"tracker-examine-{one.about}"
        threading.Thread(target=_look, args=(number, one, done), name=name, daemon=True).start()
    found: dict[int, Told] = {}
    while len(found) < len(examinations):
        open_ones = [n for n in range(len(examinations)) if n not in found]
        next_end = min(started + examinations[n].limit for n in open_ones)
        try:
            number, told = done.get(timeout=max(0.0, next_end - time.monotonic()))
        except queue.Empty:
            number = min(open_ones, key=lambda n: examinations[n].limit)
            told = (_too_slow(examinations[number]),)
        if number not in found:
            found[number] = told
            tell(examinations[number], told)
    return tuple(finding for number in sorted(found) for finding in found[number])


def _look(number: int, one: Examination, done: queue.SimpleQueue[tuple[int, Told]]) -> None:
    try:
        told = tuple(one.look())
    except TrackerError as error:
        told = (Finding(one.about, BAD, str(error)),)
    except OSError as error:
        told = (Finding(one.about, BAD, sentence_for(error, "looking there", one.place)),)
    except Exception:
        # One examination that breaks must not keep the others from being told.
        _log.exception("Unexpected fault while examining")
        told = (
            Finding(
                one.about,
                BAD,
                "This could not be examined.",
                "Tell IT; the log of Tracker says what happened.",
            ),
        )
    done.put((number, told))


def _too_slow(one: Examination) -> Finding:
    return Finding(
        one.about,
        WARN,
        f"There was no answer within {one.limit:.0f} seconds.",
        "Check again later. If this stays so, save a report for IT.",
    )
