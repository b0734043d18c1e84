"""SQLite's errors as sentences a person can act on."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from tracker.model.errors import StoreError

_NO_RIGHTS = "The folder that holds your requests cannot be written to. Ask IT to check its rights."
_NO_ROOM = "The disk is full. Nothing was lost; free some space and try again."

_FULL = (errno.ENOSPC, errno.EDQUOT)


class Damaged(StoreError):
    """The file is not what it should be: it is set aside and rebuilt."""

    def __init__(self) -> None:
        super().__init__("The saved requests on this computer are damaged. They are fetched again.")


class NotReady(StoreError):
    """The file is being made or brought up to date by whoever writes it: a moment later it can be read."""

    def __init__(self) -> None:
        super().__init__("The saved requests on this computer are not ready yet.")


class DiskFull(StoreError):
    """There is no room; what was asked was not written."""


@contextmanager
def store_errors() -> Iterator[None]:
    """Translate what SQLite and the disk raise into our errors.

    Raises `DiskFull`, `Damaged` or `StoreError`; the transaction is rolled back by the caller's context.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _translated(error) from error
    except OSError as error:
        raise (DiskFull(_NO_ROOM) if error.errno in _FULL else StoreError(_NO_RIGHTS)) from error


def _translated(error: sqlite3.Error) -> StoreError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return DiskFull(_NO_ROOM)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return Damaged()
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return StoreError(_NO_RIGHTS)
    if code == sqlite3.SQLITE_IOERR:
        return DiskFull("The disk cannot be written to, perhaps because it is full. Nothing was lost.")
    return StoreError(f"The saved requests on this computer cannot be used ({error}).")
