"""A Python for Windows with the program's libraries, laid out as files."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import zipfile
from typing import TYPE_CHECKING

from tools.environment import ROOT, CannotSetUp

if TYPE_CHECKING:
    from pathlib import Path

_PINS = ROOT / "requirements"
_UV = ROOT / "build" / "uv"
_LIBRARIES = ("run.txt", "windows.txt")


def ensure(folder: Path) -> Path:
    """Give the python.exe with everything that the pins say, made anew when they changed.

    Raises CannotSetUp or CalledProcessError.
    """
    seal = hashlib.sha256()
    for name in (*_LIBRARIES, "windows-python.txt"):
        seal.update((_PINS / name).read_bytes())
    place = folder / f"python-{seal.hexdigest()[:16]}"
    if not (place / "in-order").exists():
        shutil.rmtree(place, ignore_errors=True)
        _unpack(folder, place)
        _install(place / "Lib" / "site-packages")
        (place / "in-order").touch()
    return place / "python.exe"


def _unpack(folder: Path, place: Path) -> None:
    """Fetch the archive by its hash and take the interpreter out of it, without the packer's libraries."""
    fetched, unpacked = folder / "fetched", folder / "unpacked"
    wanted = ["--no-deps", "--no-binary", ":all:", "--no-build-isolation", "--require-hashes"]
    pins = ["-r", str(_PINS / "windows-python.txt"), "--dest", str(fetched)]
    subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", *wanted, *pins], check=True)
    shutil.rmtree(unpacked, ignore_errors=True)
    with tarfile.open(next(fetched.glob("*.tar.gz"))) as archive:
        archive.extractall(unpacked, filter="data")
    inner = next(iter(unpacked.rglob("data.zip")), None)
    if inner is None:
        raise CannotSetUp("The archive of the Windows Python is not laid out as expected.")
    with zipfile.ZipFile(inner) as files:
        files.extractall(unpacked / "files")  # noqa: S202 - a zip's names cannot lead out of the folder
    found = next(iter((unpacked / "files").rglob("python.exe")))
    shutil.move(found.parent, place)
    shutil.rmtree(place / "Lib" / "site-packages")
    shutil.rmtree(unpacked)


def _install(libraries: Path) -> None:
    """Lay the pinned wheels for Windows into a folder."""
    libraries.mkdir()
    target = [
        "--python-platform",
        "x86_64-pc-windows-msvc",
        "--python-version",
        "3.11",
        "--only-binary",
        ":all:",
    ]
    pins = [word for name in _LIBRARIES for word in ("-r", str(_PINS / name))]
    command = [_uv(), "pip", "install", "--quiet", "--no-deps", "--require-hashes", *target]
    subprocess.run([*command, "--target", str(libraries), *pins], check=True)


def _uv() -> str:
    """Give uv, which alone resolves for another system; pip goes by the computer it runs on."""
    program = _UV / "bin" / "uv"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", str(_UV)], check=True)
        subprocess.run([str(_UV / "bin" / "pip"), "install", "--quiet", "uv"], check=True)
    return str(program)
