"""A disk of a few kilobytes that can be filled, or made read-only, for real. Mounting needs root."""

import os
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from tools import debian


class SmallDisk:
    """A tmpfs mounted at `folder`, unmounted by close()."""

    def __init__(self, *, kilobytes: int = 768, owner: int = 0) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="tracker-disk-"))
        options = f"size={kilobytes}k,mode=0700,uid={owner}"
        try:
            self._run("mount", "-t", "tmpfs", "-o", options, "tmpfs", str(self.folder))
        except BaseException:
            self.folder.rmdir()
            raise

    def fill(self, *, leave: int = 0) -> None:
        """Use up the disk but for `leave` bytes, rounded down to its blocks."""
        ballast = self.folder / ".ballast"
        block = os.statvfs(self.folder).f_frsize
        with ballast.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"\0" * block)
        kept = leave // block * block
        os.truncate(ballast, max(0, ballast.stat().st_size - kept))

    def empty(self) -> None:
        """Give the space back."""
        (self.folder / ".ballast").unlink()

    def make_read_only(self) -> None:
        """Refuse every write from now on, as a damaged disk or a locked card does."""
        self._run("mount", "-o", "remount,ro", str(self.folder))

    def close(self) -> None:
        """Unmount, also while something still has a file open."""
        self._run("umount", "--lazy", str(self.folder))
        self.folder.rmdir()

    @staticmethod
    def _run(*command: str) -> None:
        as_root = debian.as_root() or []
        done = subprocess.run([*as_root, *command], capture_output=True, text=True, check=False, timeout=20)
        if done.returncode:
            raise RuntimeError(
                f"{' '.join(command)}: {done.stderr.strip()} (these tests mount disks: run as root)"
            )
