"""SQLite's errors as sentences a person can act on."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from tracker.model.errors import StoreError


class Damaged(StoreError):
    """The file is not what it should be: it is set aside and rebuilt."""


class DiskFull(StoreError):
    """There is no room; what was asked was not written."""


@contextmanager
def store_errors() -> Iterator[None]:
    """Translate what SQLite raises into our errors.

    Raises `DiskFull`, `Damaged` or `StoreError`; the transaction is rolled back by the caller's context.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _translated(error) from error


def _translated(error: sqlite3.Error) -> StoreError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return DiskFull("The disk is full. Nothing was lost; free some space and try again.")
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return Damaged("The saved requests on this computer are damaged.")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return StoreError(
            "The folder that holds your requests cannot be written to. Ask IT to check its rights."
        )
    if code == sqlite3.SQLITE_IOERR:
        return DiskFull("The disk cannot be written to, perhaps because it is full. Nothing was lost.")
    return StoreError(f"The saved requests on this computer cannot be used ({error}).")
