"""From the start of the process to the tray icon and the painted list, as seen on the screen."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from subprocess import Popen

from tests.bench.figures import Figure, median_of
from tests.bench.place import SIZE, Place
from tests.bench.screen import Area, Frame, Screen, Watching
from tests.rigs.desktop import wait_until

RUNS = 9
STILL = 0.5
LIMIT = 1.6

# Inside the list of both programs, whose windows stand in the middle; and the tray, in the corner.
LIST = Area(left=620, top=360, width=500, height=400, step=4)
TRAY = Area(left=SIZE[0] - 40, top=SIZE[1] - 32, width=40, height=32, step=4)


@dataclass(frozen=True, slots=True)
class Run:
    """One start: milliseconds until icon and list stood on the screen, and how many of them on a core."""

    wall: float
    core: float


def measure(place: Place) -> Iterator[Figure]:
    """Start both programs in turn; the first of each is not counted, since it fills the caches."""
    paths = place.synced(1000)
    rows = place.rows(paths)
    bare: list[Run] = []
    ours: list[Run] = []
    with Screen(place.desktop.folder / "Xvfb_screen0") as screen:
        for _run in range(RUNS + 1):
            bare.append(painted_after(place, screen, lambda: place.start_bare(rows)))
            ours.append(painted_after(place, screen, lambda: place.start(paths)))
    yield from _beside("start", [run.wall for run in bare[1:]], [run.wall for run in ours[1:]], limit=LIMIT)
    # The same in work done, which other programs on this computer change less.
    yield from _beside("start, on a core", [run.core for run in bare[1:]], [run.core for run in ours[1:]])


def _beside(
    what: str, bare: list[float], ours: list[float], *, limit: float | None = None
) -> Iterator[Figure]:
    one, other = (
        median_of(f"{what}: bare program", bare, "ms"),
        median_of(f"{what}: 1,000 requests", ours, "ms"),
    )
    yield from (one, other)
    yield Figure(f"{what}, ours to bare", other.value / one.value, "times", limit)


def painted_after(place: Place, screen: Screen, start: Callable[[], Popen[bytes]]) -> Run:
    """Start a program with a list and a tray icon, wait until both are painted, and end it."""
    wait_until(lambda: _is_plain(screen.look(LIST)) and _is_plain(screen.look(TRAY)), what="an empty screen")
    watching = Watching(screen, (LIST, TRAY))
    began = time.monotonic()
    process = start()
    try:
        watching.until_still(process.pid, still=STILL, limit=20)
    finally:
        place.end(process)
    painted = watching.painted()
    return Run((painted.at - began) * 1000, painted.seconds * 1000)


def _is_plain(frame: Frame) -> bool:
    """Tell whether nothing is drawn: every line is the first again, and all of one colour."""
    return len(set(frame)) == 1 and frame[0] == frame[0][:4] * (len(frame[0]) // 4)
