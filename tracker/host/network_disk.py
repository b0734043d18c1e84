"""Whether a folder lies on a disk of the network, where a database is slow and its locks may not hold."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_KINDS = frozenset(
    (
        *("9p", "afs", "ceph", "cifs", "davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone"),
        *("fuse.sshfs", "lustre", "ncpfs", "nfs", "nfs4", "smb2", "smb3", "smbfs"),
    )
)
_MOUNTS = Path("/proc/self/mountinfo")
_REMOTE = 4  # DRIVE_REMOTE of GetDriveTypeW


def network_disk(folder: Path, mounts: Path = _MOUNTS) -> str:
    """Give the kind of network disk that holds the folder ("nfs4"); "" for a disk of this computer.

    `mounts` is written as in proc_pid_mountinfo(5). The ways of Windows follow its documentation.
    """
    if sys.platform == "win32":
        return _of_drive(folder)
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:  # not Linux
        return ""
    place = os.path.realpath(folder)
    best, kind = "", ""
    for line in lines:
        point, found = _mount(line)
        if point and _lies_in(place, point) and len(point) >= len(best):  # the later mount lies on top
            best, kind = point, found
    return kind if kind in _KINDS else ""


def _mount(line: str) -> tuple[str, str]:
    before, dash, after = line.partition(" - ")
    words, kinds = before.split(" "), after.split(" ")
    if not dash or len(words) < 5:
        return "", ""
    # The kernel writes a space, a tab, a line end and a backslash as three octal digits.
    point = words[4]
    for code, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        point = point.replace(code, letter)
    return point, kinds[0]


def _lies_in(place: str, point: str) -> bool:
    return place == point or place.startswith(point if point.endswith("/") else f"{point}/")


def _of_drive(folder: Path) -> str:
    if sys.platform == "win32":
        import ctypes

        drive = os.path.splitdrive(os.path.realpath(folder))[0]
        if drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == _REMOTE:
            return "network"
    return ""
