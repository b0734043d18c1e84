"""A full disk and a profile that cannot be written to: said plainly, and nothing is lost.

Run as an ordinary user: root writes through every permission.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.rigs.small_disk import SmallDisk
from tests.rigs.unprivileged import OrdinaryUser
from tests.store.samples import NOW, T1, Store, create, event, reply, ticket
from tracker.model.change import Change
from tracker.model.draft import Draft
from tracker.model.errors import StoreError
from tracker.model.listing import Filter
from tracker.store.database import open_writer
from tracker.store.errors import DiskFull
from tracker.store.migrate import migrate
from tracker.store.rescue import open_or_rebuild

LONG = "x" * 60_000


def fill_up(folder: Path) -> Path:
    """Use up the rest of a disk, as its own user may."""
    ballast = folder / ".ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 1024)
        except OSError:
            return ballast


def everything_is_refused_and_kept(folder: str) -> None:
    store = Store(Path(folder) / "tracker.db")
    store.hear(ticket(), cursor="1")
    store.outbox.add(reply())
    store.drafts.save(Draft("new", "kept"), NOW)
    ballast = fill_up(Path(folder))
    acts: tuple[Callable[[], Change], ...] = (
        lambda: store.outbox.add(create(text=LONG)),
        lambda: store.drafts.save(Draft("new", LONG), NOW),
        lambda: store.hear(ticket("T-2"), event("e1", LONG), cursor="2"),
    )
    for act in acts:
        with pytest.raises(DiskFull, match="Nothing was lost"):
            act()
    assert store.reader().tickets(Filter.ALL) == (T1,)
    assert [pending.command.id for pending in store.outbox.all()] == [reply().id]
    assert store.drafts.all() == (Draft("new", "kept"),)
    assert store.db.execute("select value from meta where key = 'cursor'").fetchone() == (b"1",)
    ballast.unlink()
    assert acts[0]()
    store.close()


def test_a_full_disk_refuses_and_loses_nothing(ordinary_user: OrdinaryUser, small_disk: SmallDisk) -> None:
    ordinary_user.run(everything_is_refused_and_kept, small_disk.folder)


def a_copy_that_does_not_fit_is_removed(folder: str) -> None:
    path = Path(folder) / "tracker.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        first = (1, "create table fact (id text); insert into fact values (hex(randomblob(90000)));")
        migrate(connection, path, (first,))
        fill_up(Path(folder))
        with pytest.raises(sqlite3.OperationalError, match="full"):
            migrate(connection, path, (first, (2, "delete from fact;")))
        assert connection.execute("select count(*) from fact").fetchone() == (1,)
    assert list(Path(folder).glob("*.before-*")) == []


def test_a_migration_whose_copy_does_not_fit_is_not_begun(
    ordinary_user: OrdinaryUser, small_disk: SmallDisk
) -> None:
    ordinary_user.run(a_copy_that_does_not_fit_is_removed, small_disk.folder)


def a_new_profile_does_not_fit(folder: str) -> None:
    fill_up(Path(folder))
    with pytest.raises(StoreError, match=r"full"):
        open_writer(Path(folder) / "tracker.db")


def test_a_first_start_on_a_full_disk_is_said(ordinary_user: OrdinaryUser, small_disk: SmallDisk) -> None:
    ordinary_user.run(a_new_profile_does_not_fit, small_disk.folder)


def a_rebuild_does_not_fit(folder: str) -> None:
    path = Path(folder) / "tracker.db"
    store = Store(path)
    store.outbox.add(reply())
    store.close()
    content = b"\0" * 100 + path.read_bytes()[100:]
    path.write_bytes(content)
    ballast = fill_up(Path(folder))
    with pytest.raises(DiskFull):
        open_or_rebuild(path, NOW)
    assert path.read_bytes() == content, "the damaged file is where it was"
    ballast.unlink()
    connection, rescue = open_or_rebuild(path, NOW)
    connection.close()
    assert rescue is not None
    assert rescue.unsent == 1


def test_a_rebuild_that_does_not_fit_is_done_when_it_does(
    ordinary_user: OrdinaryUser, small_disk: SmallDisk
) -> None:
    ordinary_user.run(a_rebuild_does_not_fit, small_disk.folder)


def forgetting_waits_for_room(folder: str) -> None:
    store = Store(Path(folder) / "tracker.db")
    store.hear(ticket(subject="xylophone"), event("e1", LONG[:2_000]))
    ballast = fill_up(Path(folder))
    with pytest.raises(DiskFull):
        store.writer.forget_everything()
    ballast.unlink()
    store.writer.forget_everything()
    assert b"xylophone" not in store.path.read_bytes()
    store.close()


def test_forgetting_on_a_full_disk_is_said_and_can_be_repeated(
    ordinary_user: OrdinaryUser, small_disk: SmallDisk
) -> None:
    ordinary_user.run(forgetting_waits_for_room, small_disk.folder)


def a_locked_folder_is_said(folder: str) -> None:
    path = Path(folder) / "tracker.db"
    store = Store(path)
    store.hear(ticket())
    store.close()
    content = path.read_bytes()
    path.chmod(0o400)
    Path(folder).chmod(0o500)
    for act in (lambda: open_writer(path), lambda: open_or_rebuild(path, NOW)):
        with pytest.raises(StoreError, match=r"cannot be written to\. Ask IT"):
            act()
    assert path.read_bytes() == content
    with pytest.raises(StoreError, match=r"cannot be written to\. Ask IT"):
        open_writer(Path(folder) / "below" / "tracker.db")


def test_a_read_only_profile_is_said(ordinary_user: OrdinaryUser) -> None:
    ordinary_user.run(a_locked_folder_is_said, ordinary_user.folder)


def a_disk_that_turned_read_only_is_said(folder: str) -> None:
    path = Path(folder) / "tracker.db"
    with pytest.raises(StoreError, match=r"cannot be written to\. Ask IT"):
        open_or_rebuild(path, NOW)


def test_a_read_only_disk_is_said(ordinary_user: OrdinaryUser, small_disk: SmallDisk, tmp_path: Path) -> None:
    Store(tmp_path / "tracker.db").close()
    place = small_disk.folder / "tracker.db"
    shutil.copyfile(tmp_path / "tracker.db", place)
    shutil.chown(place, ordinary_user.uid)
    small_disk.make_read_only()
    ordinary_user.run(a_disk_that_turned_read_only_is_said, small_disk.folder)
