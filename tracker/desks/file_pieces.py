"""Files a person attaches, made ready for the way up: their size checked, and read in pieces."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import anyio.to_thread

from tracker.model.attachment import LocalFile
from tracker.model.errors import CommandRejected

_PIECE = 256 * 1024


async def checked_size(file: LocalFile, path: Path, largest: int, *, taker: str = "The desk") -> int:
    """Give the size of a file to send, in bytes; `taker` names who takes at most `largest`.

    Raises CommandRejected, with the file's name, where it is too big or cannot be read.
    """
    try:
        size = (await anyio.to_thread.run_sync(path.stat)).st_size
    except OSError as error:
        raise _unreadable(file.name) from error
    if size > largest:
        raise CommandRejected(
            f"The file “{file.name}” is too big: {size / 1_000_000:.0f} MB. "
            f"{taker} takes at most {largest / 1_000_000:.0f} MB."
        )
    return size


@dataclass(frozen=True, slots=True)
class FilePieces:
    """A file's bytes, read piece by piece off the loop; can be read again from the start."""

    path: Path
    name: str

    async def __aiter__(self) -> AsyncIterator[bytes]:
        at = 0
        while piece := await anyio.to_thread.run_sync(self._read, at):
            at += len(piece)
            yield piece

    def _read(self, at: int) -> bytes:
        # Opened for each piece: nothing stays open when sending is cancelled.
        try:
            with self.path.open("rb") as file:
                file.seek(at)
                return file.read(_PIECE)
        except OSError as error:
            raise _unreadable(self.name) from error


def _unreadable(name: str) -> CommandRejected:
    return CommandRejected(f"The file “{name}” cannot be read any more. Attach it again.")
