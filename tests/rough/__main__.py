"""Rough handling of a chat for as long as one likes.

`python -m tests.rough [--minutes N] [--over desk|matrix] [--seed N]`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.rough.handling import handle_roughly
from tests.rough.rooms import at_the_desk, over_matrix
from tests.rough.troubles import Troubles

ROOMS = {"desk": at_the_desk, "matrix": over_matrix}


def main(arguments: Sequence[str] | None = None) -> int:
    """Handle a chat roughly and tell how it went; ends with a traceback where anything differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.rough")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--over", choices=sorted(ROOMS), default="desk")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    with (
        tempfile.TemporaryDirectory(prefix="tracker-rough-") as folder,
        ROOMS[given.over](Path(folder)) as room,
    ):
        outcome = handle_roughly(
            room.employee, room.agent, Troubles(room.place, given.seed), seconds=given.minutes * 60
        )
        room.employee.quit()
    print(f"{given.over}, {given.minutes:g} min, seed {given.seed}: {outcome}")  # noqa: T201 - it is what this is for
    return 0


if __name__ == "__main__":
    sys.exit(main())
