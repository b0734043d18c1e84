"""The NSIS setup: one .exe for a single computer, or for a tool that takes no MSI."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from tools.environment import ROOT

if TYPE_CHECKING:
    from pathlib import Path

CUT_ADDRESS = 3
"""The exit status where the address is none: it was not in quotes and ended at its own "//"."""
SCRIPT = ROOT / "installer" / "windows" / "tracker.nsi"


def build(folder: Path, out: Path, *, version: str, icon: Path, quick: bool = False) -> None:
    """Make the setup of the frozen program in this folder, packed less well if `quick`.

    Raises CalledProcessError.
    """
    said = {"VERSION": version, "FOLDER": folder, "ICON": icon, "OUT": out}
    defined = [f"-D{name}={value}" for name, value in said.items()]
    if quick:
        defined.append("-DQUICK")
    subprocess.run(["makensis", "-V2", "-WX", *defined, str(SCRIPT)], check=True)
