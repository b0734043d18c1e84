"""What the program does while nothing happens: hidden, its stream open, for a minute."""

from __future__ import annotations

import time
from collections.abc import Iterator

from tests.bench.figures import Figure
from tests.bench.place import Place
from tests.bench.processes import connections_to, effort, family
from tests.rigs.desktop import wait_until

SECONDS = 60.0
SETTLING = 15.0
CORE_SHARE = 0.1
WAKES = 1.0


def measure(place: Place) -> Iterator[Figure]:
    """Start hidden, let it settle, and read the kernel's counters a minute apart."""
    paths = place.synced(1000)
    port = int(place.desk(1000).url.rpartition(":")[2])
    process = place.start(paths, "--hidden")
    try:
        wait_until(lambda: connections_to(process.pid, port) > 0, what="the stream")
        time.sleep(SETTLING)
        assert len(family(process.pid)) == 1, "a helper process is still there"
        assert connections_to(process.pid, port) > 0, "the stream is not open"
        before, began = effort(process.pid), time.monotonic()
        time.sleep(SECONDS)
        done, seconds = effort(process.pid).since(before), time.monotonic() - began
        assert connections_to(process.pid, port) > 0, "the stream was not kept open"
    finally:
        place.end(process)
    yield Figure("idle, share of one core", 100 * done.seconds / seconds, "%", CORE_SHARE)
    yield Figure("idle, wake-ups of all threads", done.wakes / seconds, "/s", WAKES)
