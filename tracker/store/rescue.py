"""Set a damaged file aside, make a new one, and save from the old what exists nowhere else.

The new file is whole before the old one is moved: a program killed at any moment of this finds one of them.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tracker.store.database import open_writer, transaction
from tracker.store.errors import Damaged, store_errors
from tracker.store.salvage import readable_rows

_LOGS = ("-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Rescue:
    """What was saved, in numbers; whether all of it could be read; where the damaged file lies now."""

    unsent: int
    drafts: int
    whole: bool
    aside: Path

    @property
    def sentence(self) -> str:
        """Say it to the person."""
        drafts = "1 draft" if self.drafts == 1 else f"{self.drafts} drafts"
        lost = "" if self.whole else " Something you wrote may be missing: please look."
        return (
            "The saved requests on this computer were damaged. They are fetched again from the desk. "
            f"Saved from the damaged file: {self.unsent} not sent yet, {drafts}.{lost} "
            f"It is kept as {self.aside.name}."
        )


def open_or_rebuild(
    path: Path, now: datetime, *, damaged: bool = False
) -> tuple[sqlite3.Connection, Rescue | None]:
    """Open for writing; a damaged file is set aside and what can be read of a person's own words is saved.

    `damaged`: the file opens, but what is in it turned out to be damaged. Raises `StoreError` when no file
    can be made; then the damaged one is where it was.
    """
    with store_errors():
        _finish(path)
        if not damaged:
            try:
                return open_writer(path), None
            except Damaged:
                pass
        rescue = _rebuild(path, now)
        return open_writer(path), rescue


def _finish(path: Path) -> None:
    """Go on where a rebuild was cut off: the damaged file has gone, or the new one is not whole."""
    new = _new(path)
    if new.exists() and not path.exists():
        for suffix in _LOGS:  # of the damaged file: its pages must not get into the new one
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        new.replace(path)
    _remove(new)


def _rebuild(path: Path, now: datetime) -> Rescue:
    new = _new(path)
    connection = open_writer(new)
    try:
        with transaction(connection, durable=True):
            saved, whole = _save(path, connection)
    finally:
        connection.close()  # which also brings what is in its log into the file
    aside = _free_name(path, now)
    for suffix in ("", *_LOGS):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.replace(aside.with_name(aside.name + suffix))
    new.replace(path)
    return Rescue(saved["outbox"], saved["draft"], whole, aside)


def _save(damaged: Path, into: sqlite3.Connection) -> tuple[dict[str, int], bool]:
    rows, whole = readable_rows(damaged)
    saved = {"outbox": 0, "draft": 0}
    for table, columns, row in rows:
        marks = ", ".join("?" * len(row))
        done = into.execute(f"insert or ignore into {table} ({columns}) values ({marks})", row)  # noqa: S608
        saved[table] = saved.get(table, 0) + done.rowcount
    return saved, whole


def _new(path: Path) -> Path:
    return path.with_name(f"{path.name}.rebuilt")


def _free_name(path: Path, now: datetime) -> Path:
    aside = path.with_name(f"{path.name}.damaged-{now:%Y%m%d-%H%M%S}")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.damaged-{now:%Y%m%d-%H%M%S}-{number}")
    return aside


def _remove(file: Path) -> None:
    for suffix in ("", *_LOGS):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
