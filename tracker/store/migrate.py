"""Bring the file to the present shape: numbered SQL, a copy kept before each step."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from tracker.model.errors import StoreError

Steps = tuple[tuple[int, str], ...]

_FOLDER = Path(__file__).with_name("migrations")


def migrations() -> Steps:
    """List the numbered steps: (number, SQL)."""
    files = sorted(_FOLDER.glob("*.sql"))
    return tuple((int(file.name[:4]), file.read_text(encoding="utf-8")) for file in files)


def version_of(connection: sqlite3.Connection, steps: Steps | None = None) -> int:
    """Give the number of the last step that was run on this file, 0 for a new one.

    Raises `StoreError` for a file of a newer program.
    """
    steps = migrations() if steps is None else steps
    version: int = connection.execute("pragma user_version").fetchone()[0]
    if version > max((number for number, _ in steps), default=0):
        raise StoreError("These requests were saved by a newer Tracker. Update this one to read them.")
    return version


def is_current(connection: sqlite3.Connection) -> bool:
    """Say whether every step was run on this file; raises `StoreError` for a file of a newer program."""
    return version_of(connection) == max(number for number, _ in migrations())


def migrate(connection: sqlite3.Connection, path: Path, steps: Steps | None = None) -> None:
    """Run what is missing, each step in one transaction, after keeping `NAME.before-NUMBER`.

    Raises `StoreError` for a file of a newer program: it is left as it is.
    """
    steps = migrations() if steps is None else steps
    version = version_of(connection, steps)
    for number, sql in steps:
        if number > version:
            if version > 0:
                _keep(connection, path.with_name(f"{path.name}.before-{number}"))
            _run(connection, f"begin immediate;\n{sql}\n;pragma user_version = {number};\ncommit;")


def _run(connection: sqlite3.Connection, script: str) -> None:
    try:
        connection.executescript(script)
    except BaseException:
        if connection.in_transaction:
            connection.execute("rollback")
        raise


def _keep(connection: sqlite3.Connection, copy: Path) -> None:
    """Copy the whole file, whatever of it is still in the log; a copy that is not whole is removed."""
    copy.unlink(missing_ok=True)
    os.close(os.open(copy, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    target = sqlite3.connect(copy)
    try:
        connection.backup(target)
    except BaseException:
        target.close()
        copy.unlink()
        raise
    target.close()
