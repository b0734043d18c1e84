"""How long `tracker --help` takes, beside Python that does nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator

from tests.bench.figures import Figure, median_of
from tests.bench.place import PYTHON, Place

RUNS = 11
LIMIT = 150.0


def measure(place: Place) -> Iterator[Figure]:
    """Run each so often, the first not counted."""
    nothing = [_run(place, "-c", "pass") for _run_number in range(RUNS + 1)]
    helped = [_run(place, "-m", "tracker", "--help") for _run_number in range(RUNS + 1)]
    yield median_of("python that does nothing", nothing[1:], "ms")
    yield median_of("tracker --help", helped[1:], "ms", limit=LIMIT)


def _run(place: Place, *arguments: str) -> float:
    began = time.monotonic()
    place.desktop.run(PYTHON, *arguments, check=True)
    return (time.monotonic() - began) * 1000
