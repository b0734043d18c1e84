"""A virtual environment of its own for a server of the tests: made once, from its pins."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import venv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.environment import ROOT, CannotSetUp

if TYPE_CHECKING:
    from pathlib import Path

CACHE = ROOT / "build" / "rigs"


@dataclass(frozen=True, slots=True)
class RigEnvironment:
    """One server's environment. `what` is the server, for sentences; `lasts`: so long installing takes."""

    name: str
    what: str
    lasts: str

    @property
    def pins(self) -> Path:
        """The file that names every package with its hash."""
        return ROOT / "requirements" / f"{self.name}.txt"

    def python(self) -> Path:
        """Give the Python that has the server, whether it is there yet or not: another one for other pins."""
        seal = hashlib.sha256(f"{ROOT}\n{sys.version}\n".encode() + self.pins.read_bytes()).hexdigest()[:16]
        return CACHE / f"{self.name}-{seal}" / "bin" / "python"

    def is_ready(self) -> bool:
        """Tell whether it is installed."""
        return self.python().with_name("in-order").exists()

    def ensure(self) -> None:
        """Install it, or do nothing when it is there.

        Raises CannotSetUp with what to do about it.
        """
        if self.is_ready():
            return
        CACHE.mkdir(parents=True, exist_ok=True)
        with (CACHE / f"{self.name}.lock").open("w") as turn:
            if sys.platform != "win32":
                import fcntl

                fcntl.flock(turn, fcntl.LOCK_EX)
            if not self.is_ready():
                self._install()

    def _install(self) -> None:
        print(f"Installing {self.what} for the tests. This once, it takes {self.lasts}.", file=sys.stderr)
        program = self.python()
        failed = f"{self.what[:1].upper()}{self.what[1:]} of the tests could not be installed:"
        try:
            venv.create(program.parents[1], clear=True, symlinks=os.name != "nt", with_pip=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise CannotSetUp(f"{failed} {error}") from error
        command = [
            str(program),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-input",
            "--disable-pip-version-check",
        ]
        with tempfile.TemporaryFile() as said:
            pip = [*command, "--require-hashes", "--only-binary", ":all:", "-r", str(self.pins)]
            if subprocess.run(pip, check=False, stdout=said, stderr=subprocess.STDOUT).returncode != 0:
                said.seek(0)
                words = said.read().decode("utf-8", "replace")[-2000:]
                raise CannotSetUp(f"{failed}\n{words}")
        program.with_name("in-order").touch()
