"""Request Tracker: the list first, histories after; news within the interval; what a client costs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack

from tests.bench.figures import Figure, median_of
from tests.bench.memory import is_whole
from tests.bench.place import Place
from tests.bench.processes import seconds_of_all
from tests.rigs.desktop import BusWatch, wait_until
from tests.rigs.rt import JANE, TESS, RtRig
from tests.rigs.technician import Technician
from tracker.core.reading import open_reader
from tracker.host.paths import ProfilePaths
from tracker.host.settings import DeskChoice
from tracker.model.errors import StoreError
from tracker.model.listing import Filter

REQUESTS = 60
CHANGES = 5
"""News of mere progress makes six toasts a day and no more."""
INTERVAL = 2.0
POLLS_WATCHED = 15
POLLS_AN_HOUR = 12
"""Hidden, a client asks every five minutes."""


def measure(place: Place) -> Iterator[Figure]:
    """Sync from an empty profile, then let the technician write while it asks every two seconds."""
    with ExitStack() as closing:
        rig = closing.enter_context(RtRig(place.folder / "rt"))
        tess = Technician(rig, TESS)
        closing.callback(tess.close)
        tickets = [_request(tess, number) for number in range(REQUESTS)]
        paths = place.profile_at(DeskChoice("rt", rig.url, JANE.name))
        env = {"TRACKER_PASSWORD": JANE.password, "TRACKER_PACE": str(int(INTERVAL))}
        watch = place.desktop.watch()
        began = time.monotonic()
        process = place.start(paths, "--hidden", env=env)
        closing.callback(place.end, process)
        wait_until(lambda: _listed(paths) >= REQUESTS, timeout=120, what="the list")
        yield Figure(f"RT: list of {REQUESTS} requests usable", time.monotonic() - began, "s")
        wait_until(lambda: is_whole(paths), timeout=120, what="the histories")
        yield Figure("RT: histories whole", time.monotonic() - began, "s")
        yield _cost(rig)
        delays = [_delay(tess, ticket, watch) for ticket in tickets[:CHANGES]]
    yield median_of("RT: desk change to Notify, polled every 2 s", delays, "s")
    yield Figure("RT: desk change to Notify, the slowest", max(delays), "s", INTERVAL + 1)


def _cost(rig: RtRig) -> Figure:
    """Weigh what the server spends on the looks of one client, in half a minute of nothing new."""
    assert rig._server is not None
    time.sleep(3 * INTERVAL)  # catalogue and the like are asked once
    before = seconds_of_all(rig._server.pid)
    time.sleep(POLLS_WATCHED * INTERVAL)
    poll = (seconds_of_all(rig._server.pid) - before) / POLLS_WATCHED
    remark = f"{poll * 1000:.0f} ms a look, a look every 5 min while hidden"
    return Figure("RT: server CPU per idle client and hour", poll * POLLS_AN_HOUR, "s", remark=remark)


def _delay(tess: Technician, ticket: str, watch: BusWatch) -> float:
    words = f"A change on request {ticket}."
    before, began = len(watch.notifications), time.monotonic()
    tess.reply(ticket, words)
    return watch.wait_for(lambda seen: words in seen.body, after=before).clock - began


def _request(tess: Technician, number: int) -> str:
    more = {"Requestor": JANE.email, "Content": f"It happens again in room {number}."}
    ticket = tess.create("IT Support", f"Printer on floor {number} jams", **more)
    tess.reply(ticket, f"Good morning. I am looking at it, case {number}.")
    return ticket


def _listed(paths: ProfilePaths) -> int:
    try:
        reader = open_reader(paths)
    except StoreError:  # it is being made
        return 0
    if reader is None:
        return 0
    try:
        return len(reader.tickets(Filter.ALL))
    finally:
        reader.close()
