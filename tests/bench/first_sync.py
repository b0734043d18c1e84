"""The first sync of 10,000 requests, beside one bare script that fetches and stores the same."""

from __future__ import annotations

import time
from collections.abc import Iterator

from tests.bench.figures import Figure, median_of
from tests.bench.place import PYTHON, Place
from tests.rigs.frontdesk import ROOT

REQUESTS = 10_000
RUNS = 3
LIMIT = 2.0
BARE = str(ROOT / "tests" / "bench" / "bare_sync.py")


def measure(place: Place) -> Iterator[Figure]:
    """Run both in turn, each as a process of its own with an empty file; starting and signing in counts."""
    address = place.desk(REQUESTS).url
    bare: list[float] = []
    ours: list[float] = []
    for run in range(RUNS):
        bare.append(_seconds(place, BARE, address, str(place.folder / f"bare-{run}.db")))
        paths = place.profile(REQUESTS)
        ours.append(_seconds(place, "-m", "tracker", "sync", "--profile", str(paths.data)))
    one, other = median_of("bare", bare, "s"), median_of("ours", ours, "s")
    yield median_of("bare script: fetch, decode, insert 10,000", bare, "s")
    yield median_of("first sync of 10,000 requests", ours, "s")
    yield Figure("first sync, ours to bare", other.value / one.value, "times", LIMIT)


def _seconds(place: Place, *command: str) -> float:
    began = time.monotonic()
    place.desktop.run(PYTHON, *command, check=True, timeout=180)
    return time.monotonic() - began
