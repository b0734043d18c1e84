"""The mark "this came from outside" that a system's own guards look at.

Seen to work on Linux; the ways of Windows and macOS follow their documentation and have not been run.
"""

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4


def mark_as_received(path: Path, origin: str) -> bool:
    """Mark a saved file with the address it came from; tells whether this disk keeps such marks.

    The address is cut to scheme, host and path: what follows may be secret.
    """
    address = origin_of(origin)
    with suppress(OSError, ValueError):
        if sys.platform == "win32":
            _mark_zone(path, address)
        elif sys.platform == "darwin":
            _mark_quarantine(path)
        else:
            # https://www.freedesktop.org/wiki/CommonExtendedAttributes/
            os.setxattr(path, "user.xdg.origin.url", address.encode())
        return True
    return False


def origin_of(url: str) -> str:
    """Cut user, password, query and fragment off an address."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, "", ""))


def _mark_zone(path: Path, address: str) -> None:
    """Zone 3 is the internet: https://learn.microsoft.com/openspecs/windows_protocols/ms-fscc."""
    lines = f"[ZoneTransfer]\r\nZoneId=3\r\nHostUrl={address}\r\n"
    Path(f"{path}:Zone.Identifier").write_text(lines, encoding="utf-8", newline="")


def _mark_quarantine(path: Path) -> None:
    """0083 stands for "downloaded, not yet opened"; Python has no call for attributes on macOS."""
    value = f"0083;{int(time.time()):08x};Tracker;{uuid4()}"
    command = ["/usr/bin/xattr", "-w", "com.apple.quarantine", value, str(path)]
    subprocess.run(command, check=False, capture_output=True, timeout=10)  # noqa: S603 - a fixed program
