"""Files a person attaches, made ready for the way up: checked, and read in pieces."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import anyio.to_thread

from tracker.desks.matrix.media import Upload
from tracker.desks.safetext import safe_file_name
from tracker.model.attachment import LocalFile
from tracker.model.errors import CommandRejected

_PIECE = 256 * 1024


async def prepared(file: LocalFile, path: Path, largest: int) -> Upload:
    """Give a file ready to be sent up. Raises CommandRejected, with its name, where that cannot be."""
    try:
        size = (await anyio.to_thread.run_sync(path.stat)).st_size
    except OSError as error:
        raise CommandRejected(f"The file “{file.name}” cannot be read any more. Attach it again.") from error
    if size > largest:
        raise CommandRejected(
            f"The file “{file.name}” is too big: {size / 1_000_000:.0f} MB. "
            f"The chat takes at most {largest / 1_000_000:.0f} MB."
        )
    return Upload(safe_file_name(file.name), file.mime, size, FilePieces(path, file.name))


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
            raise CommandRejected(
                f"The file “{self.name}” cannot be read any more. Attach it again."
            ) from error
