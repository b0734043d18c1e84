"""Memory after syncing 1,000 requests and hiding the window, beside the bare program with the same rows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from subprocess import Popen

from tests.bench.figures import Figure, median_of
from tests.bench.place import Place
from tests.bench.processes import pss_mb
from tests.rigs.desktop import Desktop, wait_until
from tracker.core.reading import open_reader
from tracker.host.paths import ProfilePaths
from tracker.model.errors import StoreError

RUNS = 3
REQUESTS = 1000
MORE = 30.0
SETTLING = 10.0
"""Seconds after hiding: the keyring's helper process has gone by then."""


def measure(place: Place) -> Iterator[Figure]:
    """Weigh each program three times, all of its processes together."""
    rows = place.rows(place.synced(REQUESTS))
    bare: list[float] = []
    ours: list[float] = []
    for _run in range(RUNS):
        bare.append(_weigh(place, place.start_bare(rows), "Bare"))
        paths = place.profile(REQUESTS)
        process = place.start(paths)
        wait_until(lambda paths=paths: is_whole(paths), timeout=60, what="the first sync")  # type: ignore[misc]
        ours.append(_weigh(place, process, "IT Help"))
    one, other = median_of("bare", bare, "MB"), median_of("ours", ours, "MB")
    yield median_of("memory of the bare program (PSS)", bare, "MB")
    yield median_of("memory after syncing 1,000 requests, hidden (PSS)", ours, "MB")
    yield Figure("memory, ours beyond bare", other.value - one.value, "MB", MORE)


def is_whole(paths: ProfilePaths, since: datetime | None = None) -> bool:
    """Tell whether the desk has said that this is all it has, after `since` if that is given."""
    try:
        reader = open_reader(paths)
    except StoreError:  # it is being made
        return False
    if reader is None:
        return False
    try:
        as_of = reader.as_of()
        return as_of is not None and (since is None or as_of > since)
    finally:
        reader.close()


def hide_window(desktop: Desktop, title: str) -> None:
    """Close the window as a person does: the window manager asks it to."""
    found = desktop.run("xdotool", "search", "--sync", "--onlyvisible", "--name", f"^{title}$", check=True)
    window = found.stdout.split()[0]
    desktop.run("xdotool", "windowactivate", "--sync", window, "key", "alt+F4", check=True)
    wait_until(
        lambda: not desktop.run("xdotool", "search", "--onlyvisible", "--name", f"^{title}$").stdout.split(),
        what="the window to hide",
    )


def _weigh(place: Place, process: Popen[bytes], title: str) -> float:
    try:
        hide_window(place.desktop, title)
        time.sleep(SETTLING)
        return pss_mb(process.pid)
    finally:
        place.end(process)
