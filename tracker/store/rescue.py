"""Set a damaged file aside, make a new one, and save from the old what exists nowhere else."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tracker.store.database import open_writer, transaction
from tracker.store.errors import Damaged

_KEPT = {
    "outbox": "seq, id, kind, ticket, value, delivery, attempts, error, remote_ticket, remote_event",
    "draft": "key, value, saved_at",
    "alias": "local, ticket",
}
"""What the desk cannot tell again."""


@dataclass(frozen=True, slots=True)
class Rescue:
    """What was saved, in numbers, and where the damaged file lies now."""

    unsent: int
    drafts: int
    aside: Path

    @property
    def sentence(self) -> str:
        """Say it to the person."""
        return (
            "The saved requests on this computer were damaged and are being fetched again from the desk. "
            f"Kept: {self.unsent} unsent and {self.drafts} drafts. The damaged file is {self.aside.name}."
        )


def open_or_rebuild(path: Path, now: datetime) -> tuple[sqlite3.Connection, Rescue | None]:
    """Open for writing; a damaged file is set aside and what can be read of outbox and drafts is saved.

    Raises `StoreError` when no file can be made.
    """
    try:
        return open_writer(path), None
    except Damaged:
        aside = _set_aside(path, now)
    connection = open_writer(path)
    saved = dict.fromkeys(_KEPT, 0)
    with transaction(connection):
        for table, columns in _KEPT.items():
            marks = ", ".join("?" * len(columns.split(",")))
            for row in _readable(aside, table, columns):
                connection.execute(f"insert or ignore into {table} ({columns}) values ({marks})", row)  # noqa: S608
                saved[table] += 1
    return connection, Rescue(saved["outbox"], saved["draft"], aside)


def _set_aside(path: Path, now: datetime) -> Path:
    aside = path.with_name(f"{path.name}.damaged-{now:%Y%m%d-%H%M%S}")
    for suffix in ("", "-wal", "-shm"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.replace(aside.with_name(aside.name + suffix))
    return aside


def _readable(aside: Path, table: str, columns: str) -> Iterator[tuple[object, ...]]:
    """Give the rows that can still be read, until the damage stops it."""
    try:
        with closing(sqlite3.connect(aside)) as damaged:
            yield from damaged.execute(f"select {columns} from {table} order by 1")  # noqa: S608 - from the table above
    except sqlite3.Error:
        return
