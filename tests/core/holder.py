"""Hold a profile and answer others until the input ends: `python -m tests.core.holder FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.core.house import House
from tracker.core.answering import Answerer
from tracker.host.instance import ProfileLock


def main() -> None:
    """Take the lock, open the door, say so, and stay."""
    house = House(Path(sys.argv[1]))
    lock = ProfileLock(house.paths)
    assert lock.take()
    program = house.program()
    program.start(Answerer(program, lambda asked: asked.ticket == "T-1").answer)
    print("ready", flush=True)  # noqa: T201 - it is how whoever waits is told
    sys.stdin.read()
    program.stop()
    lock.release()


if __name__ == "__main__":
    main()
