"""The package, built as `make installers` does but packed quickly; kept until the source changes."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.rigs.debian import ensure_installed
from tools.environment import ROOT
from tools.linux.freezing import freeze
from tools.linux.package import Compression, Release, build, lay_out, relabel
from tracker import __version__

CACHE = ROOT / "build" / "rigs"
MOMENT = 1_767_225_600
OLDER, NEWER = "0.0.9", "99.0"
_SOURCES = ("tracker", "installer", "tools/linux", "requirements/run.txt", "resources/icons")
_KEPT = 2


@dataclass(frozen=True, slots=True)
class BuiltPackage:
    """Where the package is in three versions, which differ in nothing else; and the hands for tests."""

    folder: Path

    @property
    def deb(self) -> Path:
        """The release of this source."""
        return self.folder / f"it-tracker_{__version__}_amd64.deb"

    @property
    def older(self) -> Path:
        """What stands for the release before."""
        return self.folder / f"it-tracker_{OLDER}_amd64.deb"

    @property
    def newer(self) -> Path:
        """What stands for the release to come."""
        return self.folder / f"it-tracker_{NEWER}_amd64.deb"

    @property
    def hands(self) -> Path:
        """The program with a pair of hands, to be laid beside the installed one."""
        return self.folder / "hands"

    @property
    def tree(self) -> Path:
        """The folder that was packed."""
        return self.folder / "tree"


def built_package() -> BuiltPackage:
    """Give the package, building it first if the source has changed. Raises CannotBuild or RigUnavailable."""
    ensure_installed("installers")
    finished = CACHE / f"package-{_fingerprint()}"
    if not finished.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE, prefix="building-") as folder:
            _build(Path(folder))
            Path(folder, "done").rename(finished)
        _forget_old()
    return BuiltPackage(finished)


def _build(work: Path) -> None:
    done = BuiltPackage(work / "done")
    frozen = freeze(work, MOMENT)
    lay_out(frozen.program, done.tree, Release(MOMENT))
    build(done.tree, done.folder, Release(MOMENT), Compression.QUICK)
    frozen.hands.rename(done.hands)
    for number, version in enumerate((OLDER, NEWER, __version__)):
        release = Release(MOMENT + number, version)
        relabel(done.tree, release)
        if version != __version__:
            build(done.tree, done.folder, release, Compression.QUICK)


def _fingerprint() -> str:
    seal = hashlib.sha256()
    for name in _SOURCES:
        place = ROOT / name
        for file in sorted([place] if place.is_file() else place.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                seal.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return seal.hexdigest()[:16]


def _forget_old() -> None:
    kept = sorted(CACHE.glob("package-*"), key=lambda place: place.stat().st_mtime, reverse=True)
    for place in kept[_KEPT:]:
        shutil.rmtree(place, ignore_errors=True)
