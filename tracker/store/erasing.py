"""Leaves nothing behind of what was deleted: the file is written anew."""

import sqlite3

from tracker.model.errors import StoreError
from tracker.store.errors import store_errors


def write_anew(connection: sqlite3.Connection) -> None:
    """Write the file anew; raises `StoreError` while another program reads it.

    Deleted rows stay readable in free pages until then; the log is emptied first, so that little room is
    needed.
    """
    with store_errors():
        connection.execute("pragma wal_checkpoint(truncate)")
        connection.execute("vacuum")
        busy, _log, _moved = connection.execute("pragma wal_checkpoint(truncate)").fetchone()
    if busy:
        raise StoreError(
            "Another program reads your saved requests. Close it, and sign out again to remove them."
        )
