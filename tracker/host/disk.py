"""Writes that either happen whole or not at all, and disk failures as plain sentences."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tracker.host.errors import DiskTrouble

# Left free for everybody else: a computer with a completely full disk misbehaves everywhere.
SPARE_BYTES = 8 * 1024 * 1024

_FULL = "The disk is full, so {doing} did not work. Free some space and try again."
_READ_ONLY = "This place can only be read, so {doing} did not work: {path}"
_FORBIDDEN = "You may not write here, so {doing} did not work: {path}"
_SENTENCES = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: "Your part of the disk is full, so {doing} did not work. Free some space and try again.",
    errno.EFBIG: "The file is too large for this disk, so {doing} did not work.",
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.ENOENT: "This place does not exist, so {doing} did not work: {path}",
    errno.ENOTDIR: "There is a file where a folder is needed, so {doing} did not work: {path}",
    errno.EISDIR: "There is a folder where a file is needed, so {doing} did not work: {path}",
    errno.ENAMETOOLONG: "The name is too long for this disk, so {doing} did not work: {path}",
}
_OTHER = "{doing} did not work: {reason} ({path})"


@contextmanager
def plain_disk_errors(doing: str, path: Path) -> Iterator[None]:
    """Turn any OSError inside into a DiskTrouble such as "The disk is full, so saving … did not work."."""
    try:
        yield
    except OSError as error:
        raise DiskTrouble(sentence_for(error, doing, path)) from error


def sentence_for(error: OSError, doing: str, path: Path) -> str:
    """Say what went wrong while `doing` ("saving the settings") something at `path`, and what helps."""
    words = _SENTENCES.get(error.errno or 0, _OTHER)
    sentence = words.format(doing=doing, path=path, reason=error.strerror or "the disk failed")
    return sentence[0].upper() + sentence[1:]


def write_whole(path: Path, data: bytes, *, doing: str, mode: int = 0o600) -> None:
    """Replace the file at `path` in one step that survives a power cut; readers see the old or the new one.

    Raises DiskTrouble, and then the old file is untouched and nothing half-written is left.
    """
    with plain_disk_errors(doing, path):
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, mode)
            os.replace(name, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(name)
            raise
        settle_folder(path.parent)


def settle_folder(folder: Path) -> None:
    """Make a new or renamed entry of this folder survive a power cut (Windows needs and has no such call)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network disks can't do this
            raise
    finally:
        os.close(descriptor)


def require_space(folder: Path, size: int, *, doing: str) -> None:
    """Raise DiskTrouble if `size` bytes do not fit into this folder with a little to spare."""
    with plain_disk_errors(doing, folder):
        free = shutil.disk_usage(folder).free
    if free < size + min(SPARE_BYTES, size):
        raise DiskTrouble(_FULL.format(doing=doing))


def open_private(path: str, flags: int) -> int:
    """Open a file for this person alone."""
    return os.open(path, flags, 0o600)
