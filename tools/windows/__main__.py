"""`python -m tools.windows`: freeze, package, sign, install, use, upgrade and remove, all under Wine.

With --frozen the program that was frozen last is packaged again; with --quick the setup is packed sooner and
less well. What it made is in build/windows.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING, Protocol

from tests.rigs.frontdesk import FrontDeskRig
from tools.environment import ROOT, CannotSetUp
from tools.windows import freezing, msi, python, setup, signing
from tools.windows.icon import write_icon
from tools.windows.installing import Msi, Packages, Setup, prove_install, prove_removal, prove_upgrade
from tools.windows.steps import Steps
from tools.windows.using import prove_use
from tools.windows.wine import Wine, WineTrouble, windows_path
from tracker import __version__

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ROOT / "build" / "windows"
OLDER = "0.0.9"
"""The version that is upgraded from: this program once more, with one file too many."""


class Build(Protocol):
    """Makes an installer of the frozen program in a folder."""

    def __call__(self, folder: Path, out: Path, *, version: str, icon: Path) -> None:
        """Write it to `out`."""
        ...


def main(arguments: list[str]) -> int:
    """Do it all and give the exit status."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    steps = Steps(FOLDER / "record.txt")
    try:
        with Wine(FOLDER / "wine") as wine:
            frozen = _frozen(wine, steps, again="--frozen" not in arguments)
            made = _packaged(frozen, steps, quick="--quick" in arguments)
            with FrontDeskRig(FOLDER / "desk") as desk:
                _prove(wine, desk, made, steps)
    except (WineTrouble, CannotSetUp, subprocess.CalledProcessError) as error:
        steps.say(f"FAILED: {error} {getattr(error, 'stderr', '') or ''}")
        return 1
    steps.say("All of it went well.")
    return 0


def _frozen(wine: Wine, steps: Steps, *, again: bool) -> Path:
    """Give the folder of the frozen program."""
    folder = FOLDER / "frozen" / "dist" / "Tracker"
    write_icon(FOLDER / "tracker.ico")
    if again or not folder.exists():
        with steps.timed("a Windows Python with the program's libraries"):
            interpreter = python.ensure(FOLDER)
        with steps.timed("frozen"):
            folder = freezing.freeze(wine, interpreter, FOLDER / "frozen")
    steps.size(folder)
    return folder


def _packaged(frozen: Path, steps: Steps, *, quick: bool) -> dict[str, Packages]:
    """Make and sign an older and a newer package of each kind."""
    signer = signing.signer(FOLDER)
    payload, older = FOLDER / "payload", FOLDER / "older"
    for place in (payload, older):
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(frozen, place)
    with steps.timed("signed tracker.exe and tracker.com"):
        for name in ("tracker.exe", "tracker.com"):
            signer.sign(payload / name)
    (older / "_internal" / "left-over.txt").write_text("of the version before\n", encoding="ascii")
    files = frozenset(path.relative_to(payload).as_posix() for path in payload.rglob("*") if path.is_file())
    made = {}
    makers: dict[str, tuple[Build, Build]] = {
        "MSI": (msi.build, msi.build),
        "setup": (partial(setup.build, quick=True), partial(setup.build, quick=quick)),
    }
    for kind, builds in makers.items():
        ending = ".msi" if kind == "MSI" else "-setup.exe"
        places: list[Path] = []
        for build, folder, version in zip(builds, (older, payload), (OLDER, __version__), strict=True):
            out = FOLDER / f"tracker-{version}{ending}"
            out.unlink(missing_ok=True)
            with steps.timed(f"made {out.name}"):
                build(folder, out, version=version, icon=FOLDER / "tracker.ico")
            places.append(out)
        signer.sign(places[1])
        steps.size(places[1])
        made[kind] = Packages(places[0], places[1], OLDER, __version__, files)
    return made


def _prove(wine: Wine, desk: FrontDeskRig, made: dict[str, Packages], steps: Steps) -> None:
    """Put both kinds to the proof; the program is used from the one that IT rolls out."""
    package, by_msi = made["MSI"], Msi(wine)
    prove_install(by_msi, wine, package, steps, desk.url)
    prove_use(wine, desk, steps, __version__)
    prove_upgrade(by_msi, wine, package, steps, desk.url)
    prove_removal(by_msi, wine, package, steps, purge=False)
    package, by_setup = made["setup"], Setup(wine)
    prove_install(by_setup, wine, package, steps, desk.url)
    _prove_refusals(wine, made, steps)
    prove_upgrade(by_setup, wine, package, steps, desk.url)
    prove_removal(by_setup, wine, package, steps, purge=True)
    by_msi.install(made["MSI"].newer, {})
    prove_removal(by_msi, wine, made["MSI"], steps, purge=True)


def _prove_refusals(wine: Wine, made: dict[str, Packages], steps: Steps) -> None:
    """See that what must not be installed is not: beside the other kind, or with half an address."""
    if Msi(wine).install(made["MSI"].newer, {}) == 0:
        raise WineTrouble("the MSI went in beside the setup's installation")
    cut = wine.run_line(f'"{windows_path(made["setup"].newer)}" /S /SERVER_URL=https://rt.example.org')
    if cut != setup.CUT_ADDRESS:
        raise WineTrouble(f"an address without quotes: exit status {cut}")
    steps.say("refused: the MSI beside the setup, and an address without quotes")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
