"""Files a person attaches, made ready for the way up: their size checked, and read in pieces."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol, runtime_checkable

import anyio.to_thread

from tracker.desks.base import FileSource
from tracker.model.attachment import LocalFile
from tracker.model.errors import CommandRejected

_PIECE = 64 * 1024


@runtime_checkable
class UploadWatch(Protocol):
    """A `FileSource` that wants to hear how much of a file has been handed to the network."""

    def __call__(self, file: LocalFile, /) -> Path:
        """Give where the copy of a file lies."""
        ...

    def handed(self, file: LocalFile, sent: int) -> None:
        """Hear that so many bytes of it have; fewer than before when it is read again from the start."""
        ...


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
    """A file's bytes, read piece by piece off the loop; can be read again from the start.

    `handed` hears how many bytes whoever reads has done with: a piece is sent when the next one is asked for.
    """

    path: Path
    name: str
    handed: Callable[[int], None]

    async def __aiter__(self) -> AsyncIterator[bytes]:
        at = 0
        while piece := await anyio.to_thread.run_sync(self._read, at):
            at += len(piece)
            yield piece
            self.handed(at)

    def _read(self, at: int) -> bytes:
        # Opened for each piece: nothing stays open when sending is cancelled.
        try:
            with self.path.open("rb") as file:
                file.seek(at)
                return file.read(_PIECE)
        except OSError as error:
            raise _unreadable(self.name) from error


def pieces_of(file: LocalFile, files: FileSource) -> FilePieces:
    """Give the bytes of a file to send; a source that watches hears how they go."""
    handed = partial(files.handed, file) if isinstance(files, UploadWatch) else _nobody
    return FilePieces(files(file), file.name, handed)


def _nobody(_sent: int) -> None:
    """Tell nobody."""


def _unreadable(name: str) -> CommandRejected:
    return CommandRejected(f"The file “{name}” cannot be read any more. Attach it again.")
