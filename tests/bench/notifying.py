"""From a change at a desk that pushes to the Notify call on the session bus."""

from __future__ import annotations

import time
from collections.abc import Iterator

from tests.bench.figures import Figure, median_of, percentile
from tests.bench.place import Place
from tests.bench.processes import connections_to
from tests.rigs.desktop import wait_until
from tests.rigs.frontdesk_agent import Agent

CHANGES = 60
LIMIT = 150.0
PAUSE = 0.25
"""Seconds between two changes: each is told by itself."""


def _is_open(agent: Agent, number: str) -> bool:
    ticket = agent.read(number)["ticket"]
    assert isinstance(ticket, dict)
    return bool(ticket["state"] == "in_progress")


def measure(place: Place) -> Iterator[Figure]:
    """Let a technician write, and take the time from before the call to the desk to the call on the bus."""
    rig = place.desk(1000)
    paths = place.synced(1000)
    watch = place.desktop.watch()
    agent = rig.agent()
    tickets = [ticket for ticket in agent.tickets()[:200] if _is_open(agent, ticket)]
    process = place.start(paths, "--hidden")
    delays: list[float] = []
    try:
        port = int(rig.url.rpartition(":")[2])
        wait_until(lambda: connections_to(process.pid, port) > 0, what="the stream")
        agent.reply(tickets[0], "The first toast, which is not counted.")
        watch.wait_for(lambda seen: True, timeout=20)
        for number in range(CHANGES):
            time.sleep(PAUSE)
            words = f"Change number {number} of the measurement."
            before = len(watch.notifications)
            began = time.monotonic()
            agent.reply(tickets[number % len(tickets)], words)
            seen = watch.wait_for(lambda seen, words=words: words in seen.body, after=before)  # type: ignore[misc]
            delays.append((seen.clock - began) * 1000)
    finally:
        place.end(process)
    yield median_of("desk change to Notify, push", delays, "ms")
    yield Figure(f"desk change to Notify, p95 of {CHANGES}", percentile(delays, 0.95), "ms", LIMIT)
