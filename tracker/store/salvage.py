"""Read from a damaged file what a person wrote and what was told: the desk cannot tell these again."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tracker.store.codec import draft_from_bytes
from tracker.store.errors import Damaged
from tracker.store.notice_codec import attention_from_bytes, notice_from_bytes
from tracker.store.rows import pending_of

Row = tuple[str, str, tuple[object, ...]]
"""A table, its columns, and the values of one row."""

_HEADER = 100
_PAGE_COUNT = slice(28, 32)
_FREE_PAGES = slice(32, 40)


def _pending(row: sqlite3.Row) -> object:
    return pending_of((row["kind"], row["value"], row["delivery"], row["attempts"], row["error"]))


_KEPT: dict[str, tuple[str, Callable[[sqlite3.Row], object]]] = {
    "outbox": (
        "seq, id, kind, ticket, value, delivery, attempts, next_try, error, remote_ticket, remote_event, "
        "delivered_at",
        _pending,
    ),
    "draft": ("key, value, saved_at", lambda row: draft_from_bytes(row["value"])),
    "done": ("seq, id", lambda row: row["id"].encode()),
    "transcript": ("session, ticket, command", lambda row: (row["ticket"] + row["session"]).encode()),
    "alias": ("local, ticket", lambda row: (row["local"] + row["ticket"]).encode()),
    "notice": ("row, id, ticket, at, read, value", lambda row: notice_from_bytes(row["value"])),
    "meta": ("key, value", lambda row: _META[row["key"]](row["value"])),
}
"""The tables and columns worth saving, in this order, and what must be readable in a row."""
_META: dict[str, Callable[[bytes], object]] = {
    "owner": bytes.decode,
    "chat_owner": bytes.decode,
    "attention": attention_from_bytes,
}


def readable_rows(damaged: Path) -> tuple[list[Row], bool]:
    """Give the rows that can still be read, and whether nothing that a person wrote was out of reach."""
    found: list[Row] = []
    whole = True
    with _opened(damaged) as connection:
        for table, (columns, read) in _KEPT.items():
            rows, all_read = _read(connection, f"select {columns} from {table} order by 1", read)  # noqa: S608
            found += [(table, columns, row) for row in rows]
            whole = whole and (all_read or table not in ("outbox", "draft"))
    return found, whole


def _read(
    connection: sqlite3.Connection, query: str, read: Callable[[sqlite3.Row], object]
) -> tuple[list[tuple[object, ...]], bool]:
    """Read from the front until the damage stops it, then from the back: what is between is lost."""
    found: dict[object, tuple[object, ...]] = {}
    whole = True
    for way in ("", " desc"):
        try:
            for row in connection.execute(query + way):
                whole = _keep(row, read, found) and whole
        except sqlite3.Error:
            whole = False
            continue
        break
    return list(found.values()), whole


def _keep(
    row: sqlite3.Row, read: Callable[[sqlite3.Row], object], found: dict[object, tuple[object, ...]]
) -> bool:
    try:
        read(row)
    except KeyError:
        return True  # not one of those that are kept
    except (Damaged, AttributeError, TypeError, ValueError):
        return False
    found[row[0]] = tuple(row)
    return True


@contextmanager
def _opened(damaged: Path) -> Iterator[sqlite3.Connection]:
    """Open the file, or a copy of it whose first bytes are put right: they say nothing that is not known."""
    copy = damaged.with_name(f"{damaged.name}.salvage")
    readable = _has_tables(damaged)
    if not readable:
        _mend_header(damaged, copy)
    try:
        with closing(sqlite3.connect(damaged if readable else copy)) as connection:
            connection.row_factory = sqlite3.Row
            connection.text_factory = _text
            yield connection
    finally:
        for suffix in ("", "-wal", "-shm"):
            copy.with_name(copy.name + suffix).unlink(missing_ok=True)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _has_tables(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(file)) as connection:
            return bool(connection.execute("select count(*) from sqlite_master").fetchone()[0])
    except sqlite3.Error:
        return False


def _mend_header(damaged: Path, copy: Path) -> None:
    """Copy the file with a header such as SQLite writes it, which counts pages by the file's length."""
    shutil.copyfile(damaged, copy)
    log = damaged.with_name(f"{damaged.name}-wal")
    if log.exists():
        shutil.copyfile(log, copy.with_name(f"{copy.name}-wal"))
    with copy.open("r+b") as file:
        file.write(_usual_header())


def _usual_header() -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("create table one (one)")
        header = bytearray(connection.serialize()[:_HEADER])
    header[18:20] = b"\x02\x02"  # with a write-ahead log
    header[_PAGE_COUNT] = bytes(4)
    header[_FREE_PAGES] = bytes(8)
    return bytes(header)
