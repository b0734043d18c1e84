"""The virtual environment in .venv: made and filled from the pins; left alone when in order."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv"
PYTHON = FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PINS = ROOT / "requirements" / "dev.txt"
_STAMP = FOLDER / "in-order"


class CannotSetUp(Exception):
    """The environment could not be made; the text says what to do."""


def ensure() -> None:
    """Make .venv what the pins say. Does nothing, and takes no time, when it already is.

    Raises CannotSetUp with what to do about it.
    """
    with PINS.open("rb") as pins:
        _wait_for_others(pins)
        _put_in_order()


def _put_in_order() -> None:
    wanted = _fingerprint()
    if PYTHON.exists() and _STAMP.exists() and _STAMP.read_text(encoding="utf-8") == wanted:
        return
    if not _works():
        _make()
    print("Installing Python packages into .venv. The first time takes a minute or two.", file=sys.stderr)
    _pip("--require-hashes", "-r", str(PINS))
    _pip("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    _STAMP.write_text(wanted, encoding="utf-8")


def _wait_for_others(file: IO[bytes]) -> None:
    """Let one set-up at a time pass: `make demo` may be started while `make test` still installs."""
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX)


def _fingerprint() -> str:
    seal = hashlib.sha256(f"{ROOT}\n{sys.version}\n".encode())
    for file in (PINS, ROOT / "pyproject.toml"):
        seal.update(file.read_bytes())
    return seal.hexdigest()


def _works() -> bool:
    """Tell whether it can install packages: it may be half made, or made for a Python now gone."""
    if not PYTHON.exists():
        return False
    question = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    return subprocess.run([str(PYTHON), "-c", question], check=False, capture_output=True).returncode == 0


def _make() -> None:
    try:
        venv.create(FOLDER, clear=True, symlinks=os.name != "nt", with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        lacking = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        raise CannotSetUp(
            f"{sys.executable} could not make a virtual environment ({error}).\n"
            f"On Debian and Ubuntu, install the package {lacking}."
        ) from error


def _pip(*arguments: str) -> None:
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    if subprocess.run([*command, *arguments], check=False, stdout=sys.stderr).returncode != 0:
        raise CannotSetUp(
            "Python packages could not be installed; pip says why above. Then run the same again."
        )
