"""Use without end: a technician writes all the time; nothing may be lost and nothing may grow.

`python -m tests.bench.soak [--minutes N]`. Every fifth minute the program is killed and started again.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from subprocess import Popen

from tests.bench.notifying import open_requests
from tests.bench.place import Place
from tests.bench.processes import pss_mb
from tests.rigs.desktop import BusWatch, wait_until
from tests.rigs.frontdesk_agent import Agent
from tracker.core.reading import open_reader
from tracker.host.paths import ProfilePaths
from tracker.model.ticket import TicketId

MINUTE = 60.0
PAUSE = 1.0
KILL_EVERY = 5
GROWTH = 10.0
"""MB that a program may have grown by between its second minute and its last before a kill."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Go on for so many minutes; 1 when something was lost or has grown."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.soak")
    parser.add_argument("--minutes", type=int, default=60)
    minutes = parser.parse_args(arguments).minutes
    with Place() as place:
        paths = place.synced(1000)
        agent = place.desk(1000).agent()
        watch = place.desktop.watch()
        process = place.start(paths, "--hidden")
        settled, grown = 0.0, 0.0
        for minute in range(1, minutes + 1):
            told = _one_minute(agent, watch, paths)
            weight = pss_mb(process.pid)
            since = (minute - 1) % KILL_EVERY
            settled = weight if since == 1 else settled
            grown = max(grown, weight - settled if since > 1 else 0.0)
            print(f"minute {minute}: {told} questions told and stored, {weight:.1f} MB", flush=True)
            if minute % KILL_EVERY == 0:
                process = _killed_and_started(place, process, paths)
        place.end(process)
    print(f"Nothing was lost. The program grew by {grown:.1f} MB between kills.")
    return 1 if grown > GROWTH else 0


def _one_minute(agent: Agent, watch: BusWatch, paths: ProfilePaths) -> int:
    """Ask once a second; each question must be told on the bus and then stand in the store."""
    ends = time.monotonic() + MINUTE
    tickets = open_requests(agent)
    told = 0
    while time.monotonic() < ends:
        words = f"Is it still so at {time.time_ns()}?"
        ticket, before = tickets[told % len(tickets)], len(watch.notifications)
        agent.ask(ticket, words)
        watch.wait_for(lambda seen, words=words: words in seen.body, timeout=30, after=before)  # type: ignore[misc]
        wait_until(lambda ticket=ticket, words=words: _is_stored(paths, ticket, words), what="the question")  # type: ignore[misc]
        told += 1
        time.sleep(PAUSE)
    return told


def _is_stored(paths: ProfilePaths, ticket: str, words: str) -> bool:
    reader = open_reader(paths)
    assert reader is not None
    try:
        return any(event.text == words for event in reader.events(TicketId(ticket)))
    finally:
        reader.close()


def _killed_and_started(place: Place, process: Popen[bytes], paths: ProfilePaths) -> Popen[bytes]:
    process.kill()
    process.wait()
    place.desktop.processes.remove(process)
    return place.start(paths, "--hidden")


if __name__ == "__main__":
    sys.exit(main())
