"""The Matrix server of the tests, in a virtual environment of its own: made once, from its pins."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import venv
from typing import TYPE_CHECKING

from tools.environment import ROOT, CannotSetUp

if TYPE_CHECKING:
    from pathlib import Path

PINS = ROOT / "requirements" / "synapse.txt"
CACHE = ROOT / "build" / "rigs"


def python() -> Path:
    """Give the Python that has Synapse, whether it is there yet or not: another one for other pins."""
    seal = hashlib.sha256(f"{ROOT}\n{sys.version}\n".encode() + PINS.read_bytes()).hexdigest()[:16]
    return CACHE / f"synapse-{seal}" / "bin" / "python"


def is_ready() -> bool:
    """Tell whether it is installed."""
    return python().with_name("in-order").exists()


def ensure() -> None:
    """Install it, which takes a minute, or do nothing when it is there.

    Raises CannotSetUp with what to do about it.
    """
    if is_ready():
        return
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "synapse.lock").open("w") as turn:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(turn, fcntl.LOCK_EX)
        if not is_ready():
            _install()


def _install() -> None:
    print("Installing a Matrix server for the tests. This once, it takes a minute or two.", file=sys.stderr)
    program = python()
    try:
        venv.create(program.parents[1], clear=True, symlinks=os.name != "nt", with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise CannotSetUp(f"The Matrix server of the tests could not be installed: {error}") from error
    command = [str(program), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    with tempfile.TemporaryFile() as said:
        pip = [*command, "--require-hashes", "--only-binary", ":all:", "-r", str(PINS)]
        if subprocess.run(pip, check=False, stdout=said, stderr=subprocess.STDOUT).returncode != 0:
            said.seek(0)
            words = said.read().decode("utf-8", "replace")[-2000:]
            raise CannotSetUp(f"The Matrix server of the tests could not be installed:\n{words}")
    program.with_name("in-order").touch()
