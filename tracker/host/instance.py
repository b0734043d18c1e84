"""One writer per profile: whoever holds the lock syncs and writes, and answers the others."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.host.disk import sentence_for
from tracker.host.errors import DiskTrouble

if TYPE_CHECKING:
    from tracker.host.paths import ProfilePaths

# Linux allows 107 bytes, macOS 103.
_LONGEST_ADDRESS = 100

_LONGEST_NAME = 255

# A network disk without locks.
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)


class ProfileLock:
    """The right to write; the system takes it back when the process ends, however it ends.

    The file stays: removing it would let two programs lock two files of the same name. The lock is the
    system's own call, since the library for it takes a twentieth of the whole start to load.
    """

    def __init__(self, paths: ProfilePaths) -> None:
        self._path = paths.lock
        self._file: int | None = None

    def take(self) -> bool:
        """Try once; tells whether this process holds the profile now. Raises DiskTrouble."""
        if self._file is not None:
            return True
        try:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        except OSError as error:
            raise DiskTrouble(sentence_for(error, "opening the profile", self._path)) from error
        try:
            taken = _lock(file)
        except OSError as error:
            os.close(file)
            raise DiskTrouble(self._why_not(error)) from error
        if taken:
            self._file = file
            _sign(file)
        else:
            os.close(file)
        return taken

    @property
    def held(self) -> bool:
        """Whether this process holds the profile."""
        return self._file is not None

    def release(self) -> None:
        """Give the profile up; does nothing if it is not held."""
        file, self._file = self._file, None
        if file is not None:
            os.close(file)  # which unlocks it

    def elsewhere(self) -> str:
        """Name the computer whose program holds the profile, if that is not this one; else "".

        A home folder on the network is seen by all of a person's computers, and so is its lock.
        """
        try:
            with self._path.open("rb") as file:
                name = file.read(_LONGEST_NAME).decode("utf-8", "replace").strip()
        except OSError:
            return ""
        return name if name.isprintable() and name != _this_computer() else ""

    def _why_not(self, error: OSError) -> str:
        if error.errno in _NO_LOCKS:
            return (
                f"The disk of {self._path.parent} can't lock files, so nothing would be safe there. "
                "Choose a folder on this computer with --profile."
            )
        return sentence_for(error, "opening the profile", self._path)


def held_elsewhere(computer: str) -> str:
    """Say that a program on another computer has the profile."""
    return (
        f"Tracker is running with this profile on the computer {computer}. Quit it there, or ask IT to keep "
        "the profile on each computer by itself."
    )


def socket_address(paths: ProfilePaths) -> str:
    """Give the address at which the holder of the profile answers: short, and this person's alone.

    A path on Linux and macOS, the name of a pipe on Windows (seen under Wine).
    """
    if sys.platform == "win32":
        return rf"\\.\pipe\it-tracker-{paths.key}"
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and _is_private(Path(runtime)):
        address = str(Path(runtime) / f"it-tracker-{paths.key}.sock")
        if len(os.fsencode(address)) <= _LONGEST_ADDRESS:
            return address
    return str(_own_folder() / f"{paths.key}.sock")


def _lock(file: int) -> bool:
    """Lock an open file without waiting; tells whether nobody else has (Windows: seen under Wine)."""
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            # Wine gives no number at all.
            if error.errno not in (errno.EACCES, errno.EDEADLK, 0):
                raise
            return False
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _this_computer() -> str:
    return "" if sys.platform == "win32" else os.uname().nodename


def _sign(file: int) -> None:
    """Write down on which computer the profile is held; a disk that refuses that harms nobody."""
    if sys.platform != "win32":  # there the lock keeps others from reading, too
        with suppress(OSError):
            os.ftruncate(file, 0)
            os.pwrite(file, os.fsencode(_this_computer())[:_LONGEST_NAME], 0)


def _own_folder() -> Path:
    """Give a folder in the temporary place that is ours; another person may have taken its name before us."""
    folder = Path(tempfile.gettempdir()) / f"it-tracker-{os.getuid()}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise DiskTrouble(sentence_for(error, "making a place for the local socket", folder)) from error
    require_private(folder)
    return folder


def require_private(folder: Path) -> None:
    """Raise DiskTrouble where somebody else has taken the name of a folder of ours, or may enter it."""
    if os.name != "nt" and not _is_private(folder):
        raise DiskTrouble(
            f"{folder} belongs to somebody else or is open to others, so Tracker will not use it."
        )


def _is_private(folder: Path) -> bool:
    """Tell whether this is a real folder of ours that nobody else may enter."""
    try:
        status = folder.lstat()
    except OSError:
        return False
    is_folder = folder.is_dir() and not folder.is_symlink()
    return is_folder and status.st_uid == os.getuid() and not status.st_mode & 0o077
