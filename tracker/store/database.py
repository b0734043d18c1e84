"""Open the profile's file: once for writing, as often as wanted for reading."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tracker.store.errors import Damaged, store_errors
from tracker.store.migrate import migrate

_BUSY = 5.0
"""Seconds to wait for a lock; only one program writes, so this is for readers that check-point."""


def open_writer(path: Path) -> sqlite3.Connection:
    """Open for writing, made or migrated as needed.

    Raises `Damaged` when the file is no database of ours, `StoreError` when it cannot be written.
    """
    with store_errors():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        connection = sqlite3.connect(path, timeout=_BUSY, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = normal")
            connection.execute("pragma temp_store = memory")
            migrate(connection, path)
            _check(connection)
        except BaseException:
            connection.close()
            raise
        path.chmod(0o600)
        return connection


def open_reader(path: Path) -> sqlite3.Connection:
    """Open for reading; raises `StoreError` when there is nothing to read yet."""
    with store_errors():
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_BUSY, isolation_level=None
        )
        try:
            connection.execute("select count(*) from meta").fetchone()
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Do all of it or nothing; raises `StoreError` with what went wrong."""
    with store_errors():
        connection.execute("begin immediate")
        try:
            yield connection
            connection.execute("commit")
        except BaseException:
            if connection.in_transaction:
                connection.execute("rollback")
            raise


def _check(connection: sqlite3.Connection) -> None:
    found = connection.execute("pragma quick_check(1)").fetchone()
    if found is None or found[0] != "ok":
        raise Damaged("The saved requests on this computer are damaged.")
