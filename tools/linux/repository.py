"""A signed apt repository of our packages: `python -m tools.linux.repository FOLDER --key KEY PACKAGE...`."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from email.utils import formatdate
from pathlib import Path

from tools.linux.freezing import CannotBuild, run

SUITE = "stable"
_VALID_DAYS = 90


def add(folder: Path, packages: list[Path], *, key: str, home: Path | None = None) -> None:
    """Lay the packages into the repository and write and sign its lists anew; older versions stay in it.

    `key` names a secret key of gpg, `home` is gpg's folder where it is not the usual one. Whoever fetches the
    lists while they are written may find old and new mixed: apt then says so and keeps what it has. Raises
    CannotBuild when a tool is missing or fails.
    """
    pool, lists = folder / "pool", folder / "dists" / SUITE / "main" / "binary-amd64"
    for place in (pool, lists):
        place.mkdir(parents=True, exist_ok=True)
    for package in packages:
        shutil.copyfile(package, pool / package.name)
    index = lists / "Packages"
    index.write_text(run("apt-ftparchive", "packages", "pool", cwd=folder), encoding="utf-8")
    run("gzip", "-9nkf", str(index))
    _sign(folder, key, home)


def export_key(folder: Path, *, key: str, home: Path | None = None) -> Path:
    """Write the public key that computers check the repository with, and give the file."""
    file = folder / "it-tracker.asc"
    file.write_text(run(*_gpg(home), "--armor", "--export", key), encoding="utf-8")
    return file


def _sign(folder: Path, key: str, home: Path | None) -> None:
    suite = folder / "dists" / SUITE
    for old in ("Release", "InRelease"):
        (suite / old).unlink(missing_ok=True)
    fields = {
        "Origin": "Tracker",
        "Label": "Tracker",
        "Suite": SUITE,
        "Codename": SUITE,
        "Architectures": "amd64",
        "Components": "main",
        # Without an end, somebody between could show the list of today for ever, and no update would come.
        "Valid-Until": formatdate(time.time() + _VALID_DAYS * 86_400, usegmt=True),
    }
    options = [
        word for name, value in fields.items() for word in ("-o", f"APT::FTPArchive::Release::{name}={value}")
    ]
    release = run("apt-ftparchive", *options, "release", str(suite))
    (suite / "Release").write_text(release, encoding="utf-8")
    sign = (*_gpg(home), "--local-user", key, "--clearsign", "--output")
    run(*sign, str(suite / "InRelease"), str(suite / "Release"))


def _gpg(home: Path | None) -> tuple[str, ...]:
    return ("gpg", "--batch", "--yes", *(("--homedir", str(home)) if home else ()))


def main(arguments: list[str]) -> int:
    """Add packages to a repository, making it if it is new; give 0 when it is signed."""
    parser = argparse.ArgumentParser(prog="python -m tools.linux.repository", description=__doc__)
    parser.add_argument("folder", type=Path, help="what the web server offers")
    parser.add_argument("packages", type=Path, nargs="+", metavar="PACKAGE")
    parser.add_argument("--key", required=True, help="the key to sign with, as gpg knows it")
    given = parser.parse_args(arguments)
    try:
        add(given.folder, given.packages, key=given.key)
        file = export_key(given.folder, key=given.key)
    except (CannotBuild, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"The repository is in {given.folder}; computers need {file.name} to believe it.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
