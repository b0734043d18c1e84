"""One writer per profile: whoever holds the lock syncs and writes, and answers the others."""

import os
import sys
import tempfile
from pathlib import Path

from filelock import FileLock, Timeout

from tracker.host.disk import sentence_for
from tracker.host.errors import DiskTrouble
from tracker.host.paths import ProfilePaths

# Linux allows 107 bytes, macOS 103.
_LONGEST_ADDRESS = 100


class ProfileLock:
    """The right to write; the system takes it back when the process ends, however it ends."""

    def __init__(self, paths: ProfilePaths) -> None:
        self._path = paths.lock
        self._lock = FileLock(paths.lock, timeout=0, mode=0o600, thread_local=False, preserve_lock_file=True)

    def take(self) -> bool:
        """Try once; tells whether this process holds the profile now. Raises DiskTrouble."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        except OSError as error:
            raise DiskTrouble(sentence_for(error, "opening the profile", self._path)) from error
        except NotImplementedError as error:  # a network disk without locks
            raise DiskTrouble(
                f"The disk of {self._path.parent} can't lock files, so nothing would be safe there. "
                "Choose a folder on this computer with --profile."
            ) from error
        return True

    @property
    def held(self) -> bool:
        """Whether this process holds the profile."""
        return bool(self._lock.is_locked)

    def release(self) -> None:
        """Give the profile up; does nothing if it is not held."""
        self._lock.release()


def socket_address(paths: ProfilePaths) -> str:
    """Give the address at which the holder of the profile answers: short, and this person's alone.

    A path on Linux and macOS, the name of a pipe on Windows (not run there).
    """
    if sys.platform == "win32":
        return rf"\\.\pipe\it-tracker-{paths.key}"
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and _is_private(Path(runtime)):
        address = str(Path(runtime) / f"it-tracker-{paths.key}.sock")
        if len(os.fsencode(address)) <= _LONGEST_ADDRESS:
            return address
    return str(_own_folder() / f"{paths.key}.sock")


def _own_folder() -> Path:
    """Give a folder in the temporary place that is ours; another person may have taken its name before us."""
    folder = Path(tempfile.gettempdir()) / f"it-tracker-{os.getuid()}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise DiskTrouble(sentence_for(error, "making a place for the local socket", folder)) from error
    if not _is_private(folder):
        raise DiskTrouble(
            f"{folder} belongs to somebody else or is open to others, so Tracker will not use it."
        )
    return folder


def _is_private(folder: Path) -> bool:
    """Tell whether this is a real folder of ours that nobody else may enter."""
    try:
        status = folder.lstat()
    except OSError:
        return False
    is_folder = folder.is_dir() and not folder.is_symlink()
    return is_folder and status.st_uid == os.getuid() and not status.st_mode & 0o077
