"""Files in and out: received ones saved under safe names, outgoing ones copied into the profile."""

import mimetypes
import os
import stat
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self
from uuid import uuid4

from tracker.host.disk import plain_disk_errors, require_space, settle_folder
from tracker.host.errors import FileRefused
from tracker.host.file_names import numbered, safe_name
from tracker.host.quarantine import mark_as_received
from tracker.model.attachment import LocalFile

_PIECE = 256 * 1024
_MOST_NUMBERS = 1000


class ReceivedFile:
    """A file on its way from the desk: invisible until finish(), gone if the with block ends without it."""

    def __init__(self, folder: Path, name: str, *, origin: str, limit: int) -> None:
        """`name` may be hostile; more than `limit` bytes are refused; raises DiskTrouble."""
        self._folder = folder
        self._name = safe_name(name)
        self._origin = origin
        self._limit = limit
        self._size = 0
        self._part = folder / f".{uuid4().hex}.part"
        with plain_disk_errors(self._doing, folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file: BinaryIO = os.fdopen(os.open(self._part, _new_file_flags(), 0o600), "wb")

    @property
    def _doing(self) -> str:
        return f"saving “{self._name}”"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # a full disk may refuse what is still in the buffer
            self._file.close()
        with suppress(OSError):
            self._part.unlink()

    def write(self, piece: bytes) -> int:
        """Add a piece and give the bytes so far; raises FileRefused over the limit."""
        self._size += len(piece)
        if self._size > self._limit:
            raise FileRefused(
                f"“{self._name}” is larger than {size_words(self._limit)}, so it was not saved."
            )
        with plain_disk_errors(self._doing, self._folder):
            self._file.write(piece)
        return self._size

    def finish(self) -> Path:
        """Give the file its name, beside any that has it already, and the mark for received files."""
        with plain_disk_errors(self._doing, self._folder):
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            final = self._reserved()
            try:
                os.replace(self._part, final)
            except BaseException:
                final.unlink(missing_ok=True)
                raise
            settle_folder(self._folder)
        mark_as_received(final, self._origin)
        return final

    def _reserved(self) -> Path:
        """Take the first free name by creating it, so that no two files can take the same."""
        for number in range(1, _MOST_NUMBERS):
            path = self._folder / (self._name if number == 1 else numbered(self._name, number))
            with suppress(FileExistsError):
                os.close(os.open(path, _new_file_flags(), 0o600))
                return path
        raise FileRefused(
            f"There are {_MOST_NUMBERS} files called “{self._name}” already. Choose another folder."
        )


def keep_outgoing(source: Path | bytes, name: str, *, folder: Path, limit: int) -> LocalFile:
    """Copy a file, or pasted bytes, into the profile so that the original may change or go.

    Raises FileRefused (too large, empty, gone, no plain file) and DiskTrouble; then nothing is left behind.
    """
    name = safe_name(name)
    key = uuid4().hex
    part = folder / f".{key}.part"
    doing = f"attaching “{name}”"
    with plain_disk_errors(doing, folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with _opened(source, name) as original:
            size = _checked_size(original, name, limit)
            require_space(folder, size, doing=doing)
            with plain_disk_errors(doing, folder):
                size = _copied(original, part, name=name, limit=limit)
                os.replace(part, folder / key)
                settle_folder(folder)
    finally:
        with suppress(OSError):
            part.unlink()
    return LocalFile(key, name, size, mimetypes.guess_type(name)[0] or "application/octet-stream")


def drop_outgoing(folder: Path, key: str) -> None:
    """Remove a copy that has been delivered or discarded; one that is gone already is fine."""
    with suppress(FileNotFoundError), plain_disk_errors("removing a sent file", folder):
        (folder / safe_name(key)).unlink(missing_ok=True)


def size_words(size: int) -> str:
    """Say a number of bytes for people: "3.5 MB"."""
    value = float(size)
    for unit in ("bytes", "KB", "MB"):
        if value < 1024:
            return f"{value:,.0f} {unit}" if unit == "bytes" else f"{value:.3g} {unit}"
        value /= 1024
    return f"{value:.3g} GB"


def _opened(source: Path | bytes, name: str) -> BinaryIO:
    if isinstance(source, bytes):
        from io import BytesIO

        return BytesIO(source)
    try:
        # Without waiting: opening a pipe would block until somebody writes to it.
        descriptor = os.open(source, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _binary())
    except OSError as error:
        raise FileRefused(f"“{name}” cannot be read: {error.strerror}.") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise FileRefused(f"“{name}” is not a file that can be sent.")
    return os.fdopen(descriptor, "rb")


def _checked_size(original: BinaryIO, name: str, limit: int) -> int:
    size = original.seek(0, os.SEEK_END)
    original.seek(0)
    if size == 0:
        raise FileRefused(f"“{name}” is empty.")
    _refuse_too_large(size, name, limit)
    return size


def _copied(original: BinaryIO, part: Path, *, name: str, limit: int) -> int:
    copied = 0
    with os.fdopen(os.open(part, _new_file_flags(), 0o600), "wb") as copy:
        while piece := original.read(_PIECE):
            copied += len(piece)
            _refuse_too_large(copied, name, limit)  # it may have grown since it was measured
            copy.write(piece)
        copy.flush()
        os.fsync(copy.fileno())
    return copied


def _refuse_too_large(size: int, name: str, limit: int) -> None:
    if size > limit:
        raise FileRefused(
            f"“{name}” is {size_words(size)}; the desk takes files up to {size_words(limit)}. "
            "Send a smaller one, or put it where IT can fetch it."
        )


def _new_file_flags() -> int:
    return os.O_WRONLY | os.O_CREAT | os.O_EXCL | _binary()


def _binary() -> int:
    return getattr(os, "O_BINARY", 0)
