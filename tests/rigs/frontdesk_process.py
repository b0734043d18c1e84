"""Serve the front desk until the standard input ends.

`python -m tests.rigs.frontdesk_process FOLDER PORT [CERTIFICATE KEY]` prints the address as its first line.
It ends by itself when whoever started it is gone.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from tests.rigs.quick_passwords import quick_passwords
from tracker.frontdesk.server import DeskServer, ServeConfig


def main() -> None:
    """Serve on a free port of loopback."""
    folder, port = Path(sys.argv[1]), int(sys.argv[2])
    certificate, key = (Path(given) for given in sys.argv[3:5]) if len(sys.argv) > 3 else (None, None)
    server = DeskServer(ServeConfig(folder, port=port, certificate=certificate, private_key=key))

    def leave_when_alone() -> None:
        sys.stdin.read()
        server.stop()

    threading.Thread(target=leave_when_alone, daemon=True).start()
    with quick_passwords():
        server.run(lambda url: print(url, flush=True))  # noqa: T201 - it is how the address is told


if __name__ == "__main__":
    main()
