"""Serve the front desk until the standard input ends.

`python -m tests.rigs.frontdesk_process FOLDER PORT` prints the address as its first line. It ends by
itself when whoever started it is gone.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from tracker.frontdesk.server import DeskServer, ServeConfig


def main() -> None:
    """Serve on a free port of loopback."""
    folder, port = Path(sys.argv[1]), int(sys.argv[2])
    server = DeskServer(ServeConfig(folder, port=port))

    def leave_when_alone() -> None:
        sys.stdin.read()
        server.stop()

    threading.Thread(target=leave_when_alone, daemon=True).start()
    server.run(lambda url: print(url, flush=True))  # noqa: T201 - it is how the address is told


if __name__ == "__main__":
    main()
