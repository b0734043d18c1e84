"""The small process that runs a company's proxy configuration, where a script that never ends does no harm.

One question on standard input, one answer on standard output, then it ends. Run as
`python -m tracker.desks.pac_process`, or `tracker --pac-helper` when frozen.
"""

from __future__ import annotations

import json
import socket
import sys
from urllib.parse import urlsplit

_NO_ANSWER = 3


def main() -> int:
    """Answer one question: `script`, the `url` and `host` asked for, and the address that it came `from`."""
    asked: dict[str, str] = json.loads(sys.stdin.buffer.read())
    import pacparser

    pacparser.init()
    mine = _own_address(asked["from"])
    if mine:
        pacparser.setmyip(mine)
    try:
        pacparser.parse_pac_string(asked["script"])
        answer = pacparser.find_proxy(asked["url"], asked["host"])
    except Exception as error:  # what a script can do wrong has no end; its own complaint is on stderr
        sys.stderr.write(f"{error}\n")
        return _NO_ANSWER
    sys.stdout.write(json.dumps(answer))
    return 0


def _own_address(url: str) -> str:
    """Give this computer's address on the way to the configuration, for myIpAddress(); sends nothing."""
    place = urlsplit(url)
    family = socket.AF_INET6 if ":" in (place.hostname or "") else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as wire:
            wire.connect((place.hostname, place.port or 80))
            return str(wire.getsockname()[0])
    except OSError:
        return ""


if __name__ == "__main__":
    sys.exit(main())
