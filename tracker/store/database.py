"""Open the profile's file: once for writing, as often as wanted for reading."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tracker.store.errors import Damaged, NotReady, store_errors
from tracker.store.migrate import is_current, migrate, version_of

_BUSY = 5.0
"""Seconds to wait for a lock; only one program writes, so this is for readers that check-point."""
_WRITER_CACHE, _READER_CACHE = 512, 256
"""KiB of pages that SQLite keeps in memory: the system caches the file anyway."""


def open_writer(path: Path) -> sqlite3.Connection:
    """Open for writing, made or migrated as needed, readable by this person alone.

    Raises `Damaged` when the file is no database of ours, `StoreError` when it cannot be written or is a
    newer program's; then it is left as it is.
    """
    with store_errors():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Before SQLite does: the files it makes beside this one get the rights of this one.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
        connection = sqlite3.connect(path, timeout=_BUSY, isolation_level=None, check_same_thread=False)
        try:
            version_of(connection)
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = normal")
            connection.execute("pragma temp_store = memory")
            connection.execute(f"pragma cache_size = -{_WRITER_CACHE}")
            migrate(connection, path)
            _check(connection)
        except BaseException:
            connection.close()
            raise
        return connection


def open_reader(path: Path) -> sqlite3.Connection:
    """Open for reading; raises `NotReady`, a `StoreError`, when there is nothing of ours to read yet."""
    with store_errors():
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_BUSY, isolation_level=None
        )
        try:
            connection.execute(f"pragma cache_size = -{_READER_CACHE}")
            if not is_current(connection):
                raise NotReady
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def transaction(connection: sqlite3.Connection, *, durable: bool = False) -> Iterator[sqlite3.Connection]:
    """Do all of it or nothing; raises `StoreError` with what went wrong.

    What is not `durable` survives the end of the program, but may be undone by a power cut: the desk tells
    it again. What only this computer knows is durable.
    """
    with store_errors():
        if durable:
            connection.execute("pragma synchronous = full")
        try:
            connection.execute("begin immediate")
            yield connection
            connection.execute("commit")
        except BaseException:
            if connection.in_transaction:
                connection.execute("rollback")
            raise
        finally:
            if durable:
                connection.execute("pragma synchronous = normal")


def _check(connection: sqlite3.Connection) -> None:
    found = connection.execute("pragma quick_check(1)").fetchone()
    if found is None or found[0] != "ok":
        raise Damaged
