"""The installed program: its sizes, its start beside two others, and how long apt takes."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Figure, median_of
from tests.bench.place import Place
from tests.bench.screen import Screen
from tests.bench.start import Run, painted_after
from tests.rigs.built_package import BuiltPackage, built_package
from tests.rigs.clean_debian import CleanDebian, Computer, ready_base
from tools.linux.freezing import run

RUNS = 7
LARGEST_PACKAGE = 52.0
LARGEST_INSTALLED = 125.0
SLOWEST_TO_BARE = 1.8


def measure(place: Place) -> Iterator[Figure]:
    """Build the package (or take the one that is there) and measure it."""
    package = built_package()
    yield from _sizes(package)
    yield from _starts(place, package)
    yield from _installing(package)


def _sizes(package: BuiltPackage) -> Iterator[Figure]:
    files = [file for file in package.tree.rglob("*") if file.is_file() and not file.is_symlink()]
    installed = sum(file.stat().st_size for file in files) / 1e6
    packed = package.deb.stat().st_size / 1e6
    yield Figure("package, packed quickly (zstd)", packed, "MB", LARGEST_PACKAGE)
    yield Figure("installed, without dependencies", installed, "MB", LARGEST_INSTALLED)


def _starts(place: Place, package: BuiltPackage) -> Iterator[Figure]:
    """Start all three in turn; the first of each is not counted, since it fills the caches."""
    paths = place.synced(1000)
    rows = place.rows(paths)
    program = package.tree / "usr/lib/it-tracker/tracker"
    bare = _frozen_bare(place.folder)
    ways = {
        "bare program, frozen": lambda: place.desktop.spawn([str(bare), str(rows)]),
        "from the source": lambda: place.start(paths),
        "installed": lambda: place.desktop.spawn([str(program), "--profile", str(paths.data)]),
    }
    runs: dict[str, list[Run]] = {name: [] for name in ways}
    with Screen(place.desktop.folder / "Xvfb_screen0") as screen:
        for _run in range(RUNS + 1):
            for name, start in ways.items():
                runs[name].append(painted_after(place, screen, start))
    figures = {
        name: median_of(f"start: {name}", [run.wall for run in each[1:]], "ms") for name, each in runs.items()
    }
    yield from figures.values()
    ours = figures["installed"].value
    yield Figure("start, installed to source", ours / figures["from the source"].value, "times")
    yield Figure(
        "start, installed to bare frozen",
        ours / figures["bare program, frozen"].value,
        "times",
        SLOWEST_TO_BARE,
    )


def _frozen_bare(folder: Path) -> Path:
    to = folder / "frozen"
    script = Path(__file__).with_name("bare.py")
    options = ("--noconfirm", "--log-level", "WARN", "--name", "bare", "--strip")
    out = ("--distpath", str(to), "--workpath", str(to / "work"), "--specpath", str(to))
    run(sys.executable, "-m", "PyInstaller", *options, *out, str(script))
    return to / "bare" / "bare"


def _installing(package: BuiltPackage) -> Iterator[Figure]:
    """Install, upgrade and remove with what it depends on in place, and once with nothing in place."""
    told = run("dpkg-deb", "--field", str(package.deb), "Depends")
    base = ready_base(sorted(each.partition(" (")[0].strip() for each in told.split(",")))
    with CleanDebian(base) as clean:
        computer = clean.computer()
        computer.bring(package.deb, "/tmp/it-tracker.deb")
        computer.bring(package.newer, "/tmp/newer.deb")
        computer.root_sh("apt-get update")
        install = "apt-get install --yes --no-install-recommends"
        yield _timed(
            computer, "install with all it depends on, clean Debian", f"{install} /tmp/it-tracker.deb"
        )
        computer.root_sh("apt-get purge --yes it-tracker")
        yield _timed(computer, "install", f"{install} /tmp/it-tracker.deb")
        yield _timed(computer, "upgrade", f"{install} /tmp/newer.deb")
        yield _timed(computer, "remove", "apt-get remove --yes it-tracker")


def _timed(computer: Computer, what: str, command: str) -> Figure:
    began = time.monotonic()
    computer.root_sh(command)
    return Figure(what, time.monotonic() - began, "s")
