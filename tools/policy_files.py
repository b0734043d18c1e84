"""Writes what administrators load into their tools, from the one list of policy keys.

python -m tools.policy_files          write
python -m tools.policy_files --check  say what is stale and exit 1
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tools import policy_admx, policy_profiles
from tools.environment import ROOT

if TYPE_CHECKING:
    from pathlib import Path

_WINDOWS = ROOT / "installer" / "windows"
_MACOS = ROOT / "installer" / "macos"


def wanted() -> dict[Path, bytes]:
    """Give every file with what should stand in it."""
    return {
        _WINDOWS / "Tracker.admx": policy_admx.admx().encode(),
        _WINDOWS / "en-US" / "Tracker.adml": policy_admx.adml().encode(),
        _MACOS / "tracker.mobileconfig": policy_profiles.mobileconfig(),
        _MACOS / "jamf-schema.json": policy_profiles.manifest().encode(),
    }


def stale() -> list[Path]:
    """Give the files that are missing or say something else."""
    return [path for path, said in wanted().items() if not path.is_file() or path.read_bytes() != said]


def main(arguments: list[str]) -> int:
    """Write the files, or check them; gives the exit status."""
    if "--check" not in arguments:
        for path, said in wanted().items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(said)
    wrong = stale()
    if wrong:
        print("Stale; run python -m tools.policy_files:", *wrong, sep="\n  ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
