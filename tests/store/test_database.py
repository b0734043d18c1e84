"""One writer, many readers, all or nothing, and every trouble a sentence."""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
from pathlib import Path

import pytest

from tests.store.samples import NOW, T1, Store, event, reply, ticket
from tracker.model.batch import Batch
from tracker.model.errors import StoreError
from tracker.model.listing import Filter
from tracker.model.ticket import TicketId
from tracker.store.database import open_writer, transaction
from tracker.store.errors import Damaged, DiskFull, store_errors
from tracker.store.writer import Told


def test_the_file_and_its_logs_are_private(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        store = Store(tmp_path / "profile" / "tracker.db")
        store.hear(ticket())
        modes = {entry.name: entry.stat().st_mode & 0o777 for entry in store.path.parent.iterdir()}
        folder = store.path.parent.stat().st_mode & 0o777
        store.close()
    finally:
        os.umask(old)
    assert modes == {"tracker.db": 0o600, "tracker.db-wal": 0o600, "tracker.db-shm": 0o600}
    assert folder == 0o700


def test_a_file_that_was_open_to_others_is_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "tracker.db"
    path.touch(0o644)
    path.chmod(0o644)
    open_writer(path).close()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_transaction_is_all_or_nothing(store: Store) -> None:
    store.hear(ticket(subject="Before"), cursor="1")
    broken = event("e1", kind="no kind")
    with pytest.raises(AttributeError):
        store.hear(ticket(subject="After"), broken, cursor="2")
    assert not store.db.in_transaction
    assert store.writer.tickets([T1])[T1].subject == "Before"
    assert store.db.execute("select value from meta where key = 'cursor'").fetchone() == (b"1",)


def test_an_interrupt_rolls_back_too(store: Store) -> None:
    def write_and_stop() -> None:
        with transaction(store.db, durable=True) as db:
            db.execute("insert into meta values ('a', 'b')")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_and_stop()
    assert not store.db.in_transaction
    assert store.db.execute("select count(*) from meta where key = 'a'").fetchone() == (0,)


def synchronous(db: sqlite3.Connection) -> int:
    level: int = db.execute("pragma synchronous").fetchone()[0]
    return level


def test_what_only_this_computer_knows_reaches_the_disk(store: Store) -> None:
    normal, full = 1, 2
    with transaction(store.db) as db:
        assert synchronous(db) == normal
    with transaction(store.db, durable=True) as db:
        assert synchronous(db) == full
    assert synchronous(store.db) == normal


def test_readers_see_whole_batches_while_the_writer_writes(store: Store) -> None:
    """Every batch writes the same subject to all tickets: a reader that saw two would have seen half."""
    names = [f"T-{number}" for number in range(20)]
    store.hear(*(ticket(name, "0") for name in names))
    reader, done = store.reader(), threading.Event()
    seen: set[str] = set()
    halves: list[set[str]] = []

    def write() -> None:
        for number in range(1, 60):
            store.hear(*(ticket(name, str(number)) for name in names))
        done.set()

    writing = threading.Thread(target=write)
    writing.start()
    while not done.is_set():
        with store_errors():
            rows = reader._db.execute("select subject from ticket").fetchall()
        subjects = {row[0] for row in rows}
        seen |= subjects
        if len(subjects) != 1:
            halves.append(subjects)
    writing.join()
    assert halves == []
    assert seen
    assert reader.tickets(Filter.ALL, "59") != ()


def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store.reader()._db.execute("delete from ticket")


def test_a_reader_can_be_opened_anew(store: Store) -> None:
    reader = store.reader()
    reader.reopen()
    assert reader.tickets(Filter.ALL) == ()


def test_a_reader_of_a_file_that_went_says_so(store: Store) -> None:
    reader = store.reader()
    store.db.close()
    for entry in store.path.parent.iterdir():
        entry.unlink()
    with pytest.raises(StoreError):
        reader.reopen()


def test_a_closed_store_says_so(store: Store) -> None:
    store.db.close()
    for act in (
        lambda: store.outbox.add(reply()),
        lambda: store.outbox.all(),
        lambda: store.writer.tickets([T1]),
        lambda: store.writer.apply(Batch(), Told(), NOW),
        lambda: store.drafts.get("new"),
        lambda: store.outbox.resolve(TicketId("local-1")),
    ):
        with pytest.raises(StoreError, match="cannot be used"):
            act()


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("SQLITE_FULL", DiskFull, "disk is full"),
        ("SQLITE_IOERR_WRITE", DiskFull, "perhaps because it is full"),
        ("SQLITE_CORRUPT_VTAB", Damaged, "are damaged"),
        ("SQLITE_NOTADB", Damaged, "are damaged"),
        ("SQLITE_READONLY_DBMOVED", StoreError, "Ask IT"),
        ("SQLITE_CANTOPEN", StoreError, "Ask IT"),
        ("SQLITE_PERM", StoreError, "Ask IT"),
        ("SQLITE_BUSY", StoreError, "cannot be used"),
    ],
)
def test_every_error_of_sqlite_is_a_sentence(name: str, kind: type[StoreError], words: str) -> None:
    error = sqlite3.OperationalError("as SQLite says it")
    error.sqlite_errorcode = getattr(sqlite3, name)
    with pytest.raises(kind, match=words), store_errors():
        raise error


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EACCES, StoreError),
        (errno.EROFS, StoreError),
    ],
)
def test_every_error_of_the_disk_is_a_sentence(number: int, kind: type[StoreError]) -> None:
    with pytest.raises(kind) as told, store_errors():
        raise OSError(number, os.strerror(number))
    assert type(told.value) is kind
