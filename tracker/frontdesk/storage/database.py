"""The desk's file opened: one writer at a time, readers beside it, errors as refusals."""

import contextlib
import queue
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

from tracker.frontdesk.refusals import DeskSetupError, Refused
from tracker.frontdesk.storage.schema import migrate

DATABASE_FILE = "desk.sqlite3"
BUSY_SECONDS = 5.0


class Database:
    """The SQLite file in WAL mode. May be used from any thread.

    A write is on disk when `writing` ends (synchronous=FULL): what the desk said yes to outlives a power
    cut. Other processes may write too (the command line does); SQLite's own locks order them.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / DATABASE_FILE
        self._turn = threading.Lock()
        self._readers: queue.LifoQueue[sqlite3.Connection] = queue.LifoQueue()
        try:
            self._writer = _connect(self.path)
            self._prepare()
            self.path.chmod(0o600)
        except (sqlite3.Error, OSError) as error:
            raise DeskSetupError(f"The desk's file {self.path} cannot be opened: {error}.") from error

    def _prepare(self) -> None:
        try:
            self._writer.execute("pragma journal_mode = wal")
            self._writer.execute("pragma synchronous = full")
            self._writer.execute("pragma foreign_keys = on")
            migrate(self._writer, self.path)
        except BaseException:
            self._writer.close()
            raise

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the writer inside one transaction: kept whole, or not at all when anything is raised."""
        with self._turn, _as_refusals():
            self._writer.execute("begin immediate")
            try:
                yield self._writer
                self._writer.execute("commit")
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("rollback")
                raise

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give a reader that sees one unchanging state of the desk."""
        with _as_refusals():
            connection = self._reader()
            try:
                connection.execute("begin")
                yield connection
            finally:
                connection.rollback()
                self._readers.put(connection)

    def close(self) -> None:
        """Close every connection that is not in use; the database is not used after."""
        with self._turn:
            self._writer.close()
        while True:
            try:
                self._readers.get_nowait().close()
            except queue.Empty:
                return

    def _reader(self) -> sqlite3.Connection:
        try:
            return self._readers.get_nowait()
        except queue.Empty:
            connection = _connect(self.path)
            connection.execute("pragma query_only = on")
            return connection


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)


@contextlib.contextmanager
def _as_refusals() -> Iterator[None]:
    """Translate what SQLite could not do into what the caller should do next."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise Refused("no_space", "The desk's disk is full, so nothing was changed.") from error
        if error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise Refused("stopping", "The desk is busy. Please try again in a moment.", after=2) from error
        raise
