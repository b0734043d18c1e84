"""The folder where received files lie: streamed in, kept whole or not at all."""

import errno
import hashlib
import os
from collections.abc import AsyncIterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import anyio.to_thread

from tracker.frontdesk.filenames import SNIFFED_BYTES
from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.rules.move import new_id

FOLDER = "files"
PART = ".part"


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that has come in whole and waits to be kept; `head` are its first bytes."""

    id: str
    size: int
    sha256: str
    head: bytes


class FileStore:
    """Files by id, under names of our own making, so that no sent name reaches the disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        self._folder.mkdir(mode=0o700, exist_ok=True)

    def path(self, file_id: str) -> Path:
        """Tell where a kept file lies."""
        return self._folder / file_id

    async def receive(self, pieces: AsyncIterable[bytes], *, limit: int) -> Arrived:
        """Write a stream to disk as it comes.

        Raises `Refused`: larger than `limit` bytes, empty, or no space. Then nothing is left behind.
        """
        file_id = new_id()
        part = self._part(file_id)
        size, digest, head = 0, hashlib.sha256(), b""
        try:
            with part.open("xb") as file:
                async for piece in pieces:
                    size += len(piece)
                    if size > limit:
                        raise too_large(limit)
                    digest.update(piece)
                    head += piece[: SNIFFED_BYTES - len(head)]
                    await anyio.to_thread.run_sync(file.write, piece)
                await anyio.to_thread.run_sync(_settle, file)
            if size == 0:
                raise Refused("invalid", "The file is empty.")
        except BaseException as error:
            part.unlink(missing_ok=True)
            if isinstance(error, OSError) and error.errno == errno.ENOSPC:
                raise Refused("no_space", "The desk's disk is full, so the file was not kept.") from error
            raise
        return Arrived(file_id, size=size, sha256=digest.hexdigest(), head=head)

    def keep(self, arrived: Arrived) -> None:
        """Give an arrived file its lasting name."""
        self._part(arrived.id).rename(self.path(arrived.id))
        if os.name == "posix":
            folder = os.open(self._folder, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def discard(self, arrived: Arrived) -> None:
        """Remove an arrived file that is not wanted after all."""
        self._part(arrived.id).unlink(missing_ok=True)

    def remove(self, file_ids: list[str]) -> None:
        """Remove kept files."""
        for file_id in file_ids:
            self.path(file_id).unlink(missing_ok=True)

    def sweep(self, known: set[str]) -> None:
        """Remove what a killed desk left half-done: parts, and files the desk does not know."""
        for path in self._folder.iterdir():
            if path.name not in known:
                path.unlink(missing_ok=True)

    def _part(self, file_id: str) -> Path:
        return self._folder / f"{file_id}{PART}"


def _settle(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def too_large(limit: int) -> Refused:
    """Make the refusal for a file over the limit."""
    size = f"{limit / (1 << 20):.0f} MB" if limit >= 1 << 20 else f"{limit:,} bytes"
    return Refused("too_large", f"The file is too large. The desk takes files of at most {size}.")
