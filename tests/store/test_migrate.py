"""The file is brought to the present shape step by step, and never past it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.samples import NOW, Store, ticket
from tracker.model.draft import Draft
from tracker.model.errors import StoreError
from tracker.model.listing import Filter
from tracker.store.database import open_reader, open_writer
from tracker.store.errors import store_errors
from tracker.store.migrate import Steps, is_current, migrate, migrations, version_of
from tracker.store.rescue import open_or_rebuild

FIRST = (1, "create table fact (id text); insert into fact values ('one');")
SECOND = (2, "alter table fact add column at integer; insert into fact values ('two', 2);")
BROKEN = (2, "insert into fact values ('two'); insert into nowhere values (1);")


def opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def run(path: Path, steps: Steps) -> None:
    with closing(opened(path)) as connection:
        connection.execute("pragma journal_mode = wal")
        migrate(connection, path, steps)


def facts(path: Path) -> list[str]:
    with closing(opened(path)) as connection:
        return [row[0] for row in connection.execute("select id from fact order by rowid")]


def version(path: Path) -> int:
    with closing(opened(path)) as connection:
        return version_of(connection, ((99, ""),))


def test_the_steps_are_numbered_without_a_gap() -> None:
    assert [number for number, _ in migrations()] == list(range(1, len(migrations()) + 1))


def test_a_new_file_runs_every_step_and_needs_no_copy(tmp_path: Path) -> None:
    path = tmp_path / "tracker.db"
    run(path, (FIRST, SECOND))
    assert facts(path) == ["one", "two"]
    assert version(path) == 2
    assert list(tmp_path.glob("*.before-*")) == []


def test_a_copy_is_kept_before_each_step(tmp_path: Path) -> None:
    path = tmp_path / "tracker.db"
    run(path, (FIRST,))
    with closing(opened(path)) as writing:
        writing.execute("insert into fact values ('in the log')")
        run(path, (FIRST, SECOND))
    copy = tmp_path / "tracker.db.before-2"
    assert facts(copy) == ["one", "in the log"]
    assert version(copy) == 1
    assert copy.stat().st_mode & 0o777 == 0o600
    assert facts(path) == ["one", "in the log", "two"]


def test_an_older_copy_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "tracker.db"
    (tmp_path / "tracker.db.before-2").write_bytes(b"old")
    run(path, (FIRST,))
    run(path, (FIRST, SECOND))
    assert facts(tmp_path / "tracker.db.before-2") == ["one"]


def test_a_step_that_fails_changes_nothing_and_can_be_run_again(tmp_path: Path) -> None:
    path = tmp_path / "tracker.db"
    run(path, (FIRST,))
    with closing(opened(path)) as connection:
        with pytest.raises(sqlite3.OperationalError, match="nowhere"):
            migrate(connection, path, (FIRST, BROKEN))
        assert not connection.in_transaction
        assert facts(path) == ["one"]
    assert version(path) == 1
    assert facts(tmp_path / "tracker.db.before-2") == ["one"]
    run(path, (FIRST, SECOND))
    assert facts(path) == ["one", "two"]


def test_a_step_that_cannot_begin_leaves_no_transaction(tmp_path: Path) -> None:
    path = tmp_path / "tracker.db"
    run(path, (FIRST,))
    with closing(opened(path)) as other, closing(opened(path)) as connection:
        other.execute("begin immediate")
        connection.execute("pragma busy_timeout = 1")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            migrate(connection, path, (FIRST, SECOND))
        assert not connection.in_transaction


def test_a_newer_programs_file_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "tracker.db"
    with closing(opened(path)) as connection:
        connection.execute("create table fact (id)")
        connection.execute("pragma user_version = 99")
    before = path.read_bytes()
    for refuse in (open_writer, open_reader, lambda path: open_or_rebuild(path, NOW)):
        with pytest.raises(StoreError, match="saved by a newer Tracker"):
            refuse(path)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["tracker.db"]


def test_a_reader_waits_until_the_file_is_current(tmp_path: Path) -> None:
    path = tmp_path / "tracker.db"
    with pytest.raises(StoreError, match="cannot be written to"):
        open_reader(path)
    path.touch()
    with pytest.raises(StoreError, match="not ready yet"):
        open_reader(path)
    open_writer(path).close()
    with closing(open_reader(path)) as connection:
        assert is_current(connection)


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "tracker.db"
    store = Store(path)
    store.hear(ticket())
    store.drafts.save(Draft("new", "text"), NOW)
    store.close()
    store = Store(path)
    assert store.reader().tickets(Filter.ALL) == ("T-1",)
    assert store.drafts.get("new") is not None
    store.close()
    assert list(tmp_path.glob("*.before-*")) == []


def test_a_foreign_database_is_said_plainly(tmp_path: Path) -> None:
    path = tmp_path / "tracker.db"
    with closing(opened(path)) as connection:
        connection.execute("create table ticket (x)")
    with pytest.raises(StoreError, match="cannot be used"), store_errors():
        open_writer(path)
