"""Builds what Debian and Ubuntu install: `python -m tools.linux [--twice] [--prove] [--to FOLDER]`."""

from __future__ import annotations

import argparse
import hashlib
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.environment import ROOT
from tools.linux import contents
from tools.linux.freezing import CannotBuild, freeze, moment_of_commit
from tools.linux.package import NAME, Compression, Release, build, lay_out
from tracker import __version__

SUMS = "SHA256SUMS"


def main(arguments: list[str]) -> int:
    """Build the package, its list of parts and the checksums; give 0 when all is as it should be."""
    given = _parsed(arguments)
    if platform.machine() != "x86_64" or sys.platform != "linux":
        print("The package for Linux can only be built on Linux for amd64.", file=sys.stderr)
        return 1
    try:
        release = Release(moment_of_commit())
        deb = _build(given.to, release, given.compression)
        print(f"{deb}  {deb.stat().st_size / 1e6:.1f} MB")
        if given.twice:
            _build_again(deb, release, given.compression)
        _write_beside(deb, release)
    except CannotBuild as error:
        print(error, file=sys.stderr)
        return 1
    return _examine(deb) if not given.prove else _examine(deb) or _prove()


def _parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.linux", description=__doc__)
    parser.add_argument("--twice", action="store_true", help="build again elsewhere and compare to the byte")
    parser.add_argument("--prove", action="store_true", help="then run every proof of the packages")
    parser.add_argument(
        "--compression", type=Compression, choices=list(Compression), default=Compression.SMALL
    )
    parser.add_argument("--to", type=Path, default=ROOT / "build" / "installers")
    return parser.parse_args(arguments)


def _build(to: Path, release: Release, compression: Compression) -> Path:
    with tempfile.TemporaryDirectory(prefix="tracker-build-") as folder:
        frozen = freeze(Path(folder), release.moment)
        tree = Path(folder) / "tree"
        lay_out(frozen.program, tree, release)
        return build(tree, to, release, compression)


def _build_again(deb: Path, release: Release, compression: Compression) -> None:
    with tempfile.TemporaryDirectory(prefix="tracker-again-") as folder:
        other = _build(Path(folder), release, compression)
        if _sum(other) != _sum(deb):
            kept = Path(shutil.copy(other, deb.with_suffix(".other.deb")))
            raise CannotBuild(f"Two builds of the same commit differ: {deb.name}, {kept.name}.")
    print("A second build is the same to the byte.")


def _write_beside(deb: Path, release: Release) -> None:
    listed = deb.with_name(f"{NAME}-{__version__}.cdx.json")
    told = contents.bill_of_materials(release.moment, platform.python_version())
    listed.write_text(told, encoding="utf-8")
    lines = [f"{_sum(file)}  {file.name}\n" for file in (deb, listed)]
    deb.with_name(SUMS).write_text("".join(lines), encoding="utf-8")


def _sum(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _examine(deb: Path) -> int:
    """Ask Debian's own examiner, where it is installed."""
    if shutil.which("lintian") is None:
        print("lintian is not installed, so the package was not examined by it.")
        return 0
    return subprocess.run(["lintian", "--fail-on", "error", str(deb)], check=False).returncode


def _prove() -> int:
    command = [sys.executable, "-m", "pytest", "-m", "installers", "--no-cov", "tests/installers"]
    return subprocess.run(command, check=False, cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
