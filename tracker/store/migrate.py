"""Bring the file to the present shape: numbered SQL, a copy kept before each step."""

import sqlite3
from importlib import resources
from pathlib import Path

from tracker.model.errors import StoreError

_FOLDER = resources.files("tracker.store.migrations")


def migrations() -> tuple[tuple[int, str], ...]:
    """List the numbered steps: (number, SQL)."""
    files = sorted(file.name for file in _FOLDER.iterdir() if file.name.endswith(".sql"))
    return tuple((int(name[:4]), (_FOLDER / name).read_text(encoding="utf-8")) for name in files)


def migrate(
    connection: sqlite3.Connection, path: Path, steps: tuple[tuple[int, str], ...] | None = None
) -> None:
    """Run what is missing, each step in one transaction, after keeping `NAME.before-NUMBER`.

    Raises `StoreError` for a file of a newer program: it is left as it is.
    """
    steps = migrations() if steps is None else steps
    (version,) = connection.execute("pragma user_version").fetchone()
    newest = max((number for number, _ in steps), default=0)
    if version > newest:
        raise StoreError("These requests were saved by a newer Tracker. Update this one to read them.")
    for number, sql in steps:
        if number > version:
            if version > 0:
                _keep(connection, path.with_name(f"{path.name}.before-{number}"))
            connection.executescript(f"begin;\n{sql}\npragma user_version = {number};\ncommit;")


def _keep(connection: sqlite3.Connection, copy: Path) -> None:
    copy.unlink(missing_ok=True)
    target = sqlite3.connect(copy)
    try:
        connection.backup(target)
    finally:
        target.close()
    copy.chmod(0o600)
