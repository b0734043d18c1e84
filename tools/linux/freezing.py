"""Freezes the program with PyInstaller into one folder, the same to the byte for the same commit."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.environment import ROOT

if TYPE_CHECKING:
    from pathlib import Path

RECIPE = ROOT / "installer" / "linux" / "tracker.spec"


class CannotBuild(Exception):
    """A step of the build failed; the text says which, and what it said."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """Where the frozen program is, and the hands that tests lay into its folder."""

    program: Path
    hands: Path


def freeze(to: Path, moment: int) -> Frozen:
    """Freeze this checkout into `to`, as of this Unix time. Raises CannotBuild."""
    run(
        *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"),
        *("--distpath", str(to), "--workpath", str(to / "work"), str(RECIPE)),
        # The order of sets is stored in compiled modules; so is a moment in the archives.
        env={"SOURCE_DATE_EPOCH": str(moment), "PYTHONHASHSEED": "1"},
    )
    return Frozen(to / "it-tracker", to / "hands")


def run(*command: str, env: dict[str, str] | None = None, cwd: Path = ROOT) -> str:
    """Run a tool and give what it printed. Raises CannotBuild with what it complained about."""
    try:
        done = subprocess.run(
            command, cwd=cwd, env=os.environ | (env or {}), check=False, capture_output=True, text=True
        )
    except FileNotFoundError as error:
        raise CannotBuild(f"{command[0]} is not installed here.") from error
    if done.returncode != 0:
        raise CannotBuild(f"{' '.join(command[:3])} failed:\n{(done.stdout + done.stderr)[-4000:]}")
    return done.stdout


def moment_of_commit() -> int:
    """Give the Unix time of the commit that is checked out; SOURCE_DATE_EPOCH goes before it."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    return int(given or run("git", "log", "-1", "--format=%ct"))
