"""From a change at a desk that pushes to the Notify call on the session bus."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

from tests.bench.figures import Figure, median_of, percentile
from tests.bench.memory import is_whole
from tests.bench.place import Place
from tests.rigs.desktop import wait_until
from tests.rigs.frontdesk_agent import Agent

CHANGES = 60
LIMIT = 150.0
PAUSE = 0.25
"""Seconds between two changes: each is told by itself."""


def open_requests(agent: Agent) -> list[str]:
    """List the requests that somebody works on, of the newest 700."""
    return [number for number in agent.tickets()[:700] if _is_open(agent, number)]


def measure(place: Place) -> Iterator[Figure]:
    """Let a technician ask, and take the time from before the call to the desk to the call on the bus.

    Questions, since news of mere progress makes six toasts a day and no more.
    """
    rig = place.desk(1000)
    paths = place.synced(1000)
    watch = place.desktop.watch()
    agent = rig.agent()
    tickets = open_requests(agent)
    began_at = datetime.now(UTC)
    process = place.start(paths, "--hidden")
    delays: list[float] = []
    try:
        wait_until(lambda: is_whole(paths, began_at), what="the first look at the desk")
        agent.ask(tickets[-1], "The first toast, which is not counted.")
        watch.wait_for(lambda seen: True, timeout=20)
        for number in range(CHANGES):
            time.sleep(PAUSE)
            words = f"Is it number {number} of the measurement?"
            before = len(watch.notifications)
            began = time.monotonic()
            agent.ask(tickets[number % len(tickets)], words)
            seen = watch.wait_for(lambda seen, words=words: words in seen.body, after=before)  # type: ignore[misc]
            delays.append((seen.clock - began) * 1000)
    finally:
        place.end(process)
    yield median_of("desk change to Notify, push", delays, "ms")
    yield Figure(f"desk change to Notify, p95 of {CHANGES}", percentile(delays, 0.95), "ms", LIMIT)


def _is_open(agent: Agent, number: str) -> bool:
    ticket = agent.read(number)["ticket"]
    assert isinstance(ticket, dict)
    return bool(ticket["state"] == "working")
