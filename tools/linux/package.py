"""Makes the .deb of the frozen program, the same to the byte for the same commit."""

from __future__ import annotations

import gzip
import hashlib
import os
import platform
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from tools.environment import ROOT
from tools.linux import contents
from tools.linux.dependencies import dependencies
from tools.linux.freezing import run
from tools.linux.manual import manual_page
from tracker import __version__

if TYPE_CHECKING:
    from pathlib import Path

NAME = "it-tracker"
PARTS = ROOT / "installer" / "linux" / "parts"
MAINTAINER = "Tracker maintainers <tracker@example.org>"


class Compression(StrEnum):
    """How the package is packed: quickly, for tests, or as small as can be."""

    QUICK = "zstd"
    SMALL = "xz"


@dataclass(frozen=True, slots=True)
class Release:
    """What is packaged: a version, and the Unix time that everything in it is dated with."""

    moment: int
    version: str = __version__

    @property
    def day(self) -> str:
        """The day of the release, as 2026-01-31."""
        return datetime.fromtimestamp(self.moment, UTC).date().isoformat()


def lay_out(program: Path, tree: Path, release: Release) -> None:
    """Make the package's folder in `tree` (which must not exist): files, control data, checksums."""
    shutil.copytree(program, tree / "usr" / "lib" / NAME, symlinks=True)
    _link(tree / "usr" / "bin" / "tracker", f"../lib/{NAME}/tracker")
    share = tree / "usr" / "share"
    _write(share / "applications" / f"{NAME}.desktop", _text(f"{NAME}.desktop"))
    told = _text("metainfo.xml").replace("@VERSION@", release.version).replace("@DATE@", release.day)
    _write(share / "metainfo" / "org.it_tracker.Tracker.metainfo.xml", told)
    _write(
        share / "icons" / "hicolor" / "scalable" / "apps" / f"{NAME}.svg",
        (ROOT / "resources" / "icons" / "app.svg").read_text(encoding="utf-8"),
    )
    _write(share / "man" / "man1" / "tracker.1.gz", manual_page(release.moment), packed=True)
    _write(share / "lintian" / "overrides" / NAME, _text("lintian-overrides"))
    _write(tree / "etc" / "xdg" / "autostart" / f"{NAME}.desktop", _text("autostart.desktop"))
    _write(tree / "etc" / "tracker" / "policy.d" / "README", _text("policy-README"))
    _documents(share / "doc" / NAME, release)
    _control(tree, dependencies(tree / "usr" / "lib" / NAME), release)
    _seal(tree, release.moment)


def build(tree: Path, to: Path, release: Release, compression: Compression) -> Path:
    """Pack a laid-out folder and give the .deb in `to`. Raises CannotBuild."""
    to.mkdir(parents=True, exist_ok=True)
    deb = to / f"{NAME}_{release.version}_amd64.deb"
    how = ("-Zzstd", "-z3") if compression is Compression.QUICK else ("-Zxz", "-z9")
    env = {"SOURCE_DATE_EPOCH": str(release.moment)}
    run("dpkg-deb", *how, "--root-owner-group", "--build", str(tree), str(deb), env=env)
    return deb


def relabel(tree: Path, release: Release) -> None:
    """Give a laid-out folder another version, as the next release would have."""
    control = tree / "DEBIAN" / "control"
    lines = control.read_text(encoding="utf-8").splitlines()
    lines = [f"Version: {release.version}" if line.startswith("Version:") else line for line in lines]
    control.write_text("\n".join(lines) + "\n", encoding="utf-8")
    _seal(tree, release.moment)


def _documents(folder: Path, release: Release) -> None:
    date = format_datetime(datetime.fromtimestamp(release.moment, UTC))
    entry = f"{NAME} ({release.version}) stable; urgency=medium\n\n  * Release {release.version}.\n"
    _write(folder / "changelog.gz", f"{entry}\n -- {MAINTAINER}  {date}\n", packed=True)
    _write(folder / f"{NAME}.cdx.json", contents.bill_of_materials(release.moment, platform.python_version()))
    contents.copy_licences(folder / "licences")
    _write(folder / "copyright", _copyright())


def _copyright() -> str:
    listed = "".join(f"  {part.name} {part.version}: {part.licence}\n" for part in contents.parts())
    return _text("copyright").replace("@PARTS@\n", listed)


def _control(tree: Path, needed: list[str], release: Release) -> None:
    files = [file for file in tree.rglob("*") if file.is_file() and not file.is_symlink()]
    size = sum(-(-file.stat().st_size // 1024) for file in files)
    control = _text("control").replace("@VERSION@", release.version).replace("@SIZE@", str(size))
    _write(tree / "DEBIAN" / "control", control.replace("@DEPENDS@", ", ".join(needed)))
    conffiles = sorted(f"/{file.relative_to(tree)}" for file in files if file.is_relative_to(tree / "etc"))
    _write(tree / "DEBIAN" / "conffiles", "\n".join(conffiles) + "\n")


def _seal(tree: Path, moment: int) -> None:
    """Set every mode and date, and write the checksums."""
    listed = sorted(path for path in tree.rglob("*") if not path.is_symlink())
    sums = [
        f"{hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()}  {file.relative_to(tree)}\n"
        for file in listed
        if file.is_file() and "DEBIAN" not in file.parts and "etc" not in file.relative_to(tree).parts[:1]
    ]
    (tree / "DEBIAN" / "md5sums").write_text("".join(sums), encoding="utf-8")
    program = tree / "usr" / "lib" / NAME / "tracker"
    for path in [*listed, tree, tree / "DEBIAN" / "md5sums"]:
        path.chmod(0o755 if path.is_dir() or path == program else 0o644)
    for path in [tree, *tree.rglob("*")]:
        os.utime(path, (moment, moment), follow_symlinks=False)


def _text(name: str) -> str:
    return (PARTS / name).read_text(encoding="utf-8")


def _write(file: Path, text: str, *, packed: bool = False) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    content = text.encode()
    file.write_bytes(gzip.compress(content, 9, mtime=0) if packed else content)


def _link(place: Path, target: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(target)
