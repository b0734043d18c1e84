"""What the window does on the UI thread: gaps while 10,000 requests come in, opening, searching."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.bench.figures import Figure, median_of, percentile
from tests.bench.notifying import open_requests
from tests.bench.place import PYTHON, Place
from tests.rigs.frontdesk import FrontDeskRig

REQUESTS = 10_000
EVENTS = 1_000
OPENING, SEARCHING, GAP = 50.0, 20.0, 50.0


def measure(place: Place) -> Iterator[Figure]:
    """Let the program sync into an empty profile with its window open, then open and search in it."""
    rig = place.desk(REQUESTS)
    number = _long_request(rig)
    paths = place.profile(REQUESTS)
    answer = paths.data / "bench.json"
    process = place.desktop.spawn(
        [PYTHON, "-m", "tests.bench.inside", str(paths.data), number, str(REQUESTS), str(answer)]
    )
    assert process.wait(240) == 0, place.desktop.log_of("python")
    place.desktop.processes.remove(process)
    told: dict[str, list[float]] = json.loads(answer.read_text())
    yield median_of("opening a request with 1,000 events", told["opening"], "ms", limit=OPENING)
    searching = told["searching"]
    yield median_of("search over 10,000 and the first cards", searching, "ms", limit=SEARCHING)
    yield Figure("search, the slowest of all words", max(searching), "ms", SEARCHING)
    for when in ("syncing", "using"):
        gaps, waits = told[f"{when}_gaps"], told[f"{when}_waits"]
        own = [max(0.0, gap - wait) for gap, wait in zip(gaps, waits, strict=True)]
        yield Figure(f"UI lateness while {when}, p99", percentile(gaps, 0.99), "ms")
        yield Figure(f"UI lateness while {when}, largest", max(gaps), "ms", remark="as it came")
        remark = "without what the kernel kept the thread waiting for a core"
        yield Figure(f"UI gap while {when}, largest", max(own), "ms", GAP, remark=remark)


def _long_request(rig: FrontDeskRig) -> str:
    """Give the number of an open request, after a technician has written on it a thousand times."""
    agent = rig.agent()
    number = open_requests(agent)[0]
    for line in range(EVENTS):
        agent.reply(number, f"Line {line}: tried again, and it is the same in the other room as well.")
    return number
