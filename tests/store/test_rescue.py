"""A damaged file is set aside and made anew; what a person wrote is saved from it where it can be read."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.samples import NOW, T1, Store, create, event, notice, reply, ticket
from tracker.model.attention import Attention
from tracker.model.command import Receipt
from tracker.model.draft import Draft
from tracker.model.ticket import TicketId
from tracker.store import meta
from tracker.store.errors import Damaged
from tracker.store.rescue import Rescue, open_or_rebuild
from tracker.store.writer import Told

PAGE = 4096


def fill(path: Path, *, replies: int = 3, long: int = 10) -> None:
    """Write a profile whose log has been brought into the file."""
    store = Store(path)
    store.hear(*(ticket(f"T-{number}") for number in range(300)), event("e1", "word " * 400), cursor="9")
    for number in range(replies):
        store.outbox.add(reply(f"c-{number:04}", text="wait " * long))
    store.outbox.add(create())
    store.outbox.mark_delivered(create().id, Receipt(TicketId("T-777"), event="e404"), NOW)
    store.drafts.save(Draft("new", "half a sentence"), NOW)
    store.writer.put_owner("rt https://desk.example jane")
    store.writer.tell(Told((notice("n1"),), Attention(told=("e1",))), ())
    store.close()


def rebuilt(path: Path, *, damaged: bool = False) -> tuple[Store, Rescue]:
    connection, rescue = open_or_rebuild(path, NOW, damaged=damaged)
    connection.close()
    assert rescue is not None
    return Store(path), rescue


def damage(path: Path, start: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(content)


def page_of(path: Path, table: str) -> int:
    store = Store(path)
    root: int = store.db.execute("select rootpage from sqlite_master where name = ?", (table,)).fetchone()[0]
    store.close()
    return root


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tracker.db"


def test_a_sound_file_is_simply_opened(path: Path) -> None:
    fill(path)
    connection, rescue = open_or_rebuild(path, NOW)
    connection.close()
    assert rescue is None
    assert [entry.name for entry in path.parent.iterdir()] == ["tracker.db"]


def test_a_first_start_makes_a_file(path: Path) -> None:
    connection, rescue = open_or_rebuild(path, NOW)
    connection.close()
    assert rescue is None
    assert path.exists()


def break_header(path: Path) -> None:
    damage(path, 0, b"\0" * 100)


def break_magic(path: Path) -> None:
    damage(path, 0, b"PK\x03\x04")


def break_ticket_page(path: Path) -> None:
    damage(path, (page_of(path, "ticket") - 1) * PAGE, random.Random(3).randbytes(PAGE))  # noqa: S311


def break_index(path: Path) -> None:
    damage(path, (page_of(path, "ticket_by_time") - 1) * PAGE, b"\xff" * PAGE)


BREAKS: list[Callable[[Path], None]] = [break_header, break_magic, break_ticket_page, break_index]


@pytest.mark.parametrize("break_it", BREAKS)
def test_what_a_person_wrote_is_saved_and_it_is_said(path: Path, break_it: Callable[[Path], None]) -> None:
    fill(path)
    break_it(path)
    content = path.read_bytes()
    store, rescue = rebuilt(path)
    assert [pending.command.id for pending in store.outbox.all()] == [
        "c-0000",
        "c-0001",
        "c-0002",
        create().id,
    ]
    assert store.outbox.resolve(create().ticket) == "T-777"
    assert store.drafts.all() == (Draft("new", "half a sentence"),)
    assert [told.id for told in store.reader().notices()] == ["n1"]
    assert store.writer.owner() == "rt https://desk.example jane"
    assert meta.attention(store.db).told == ("e1",)
    assert meta.cursor(store.db) is None, "everything is fetched again"
    assert store.writer.tickets([T1]) == {}
    store.close()
    assert (rescue.unsent, rescue.drafts, rescue.whole) == (4, 1, True)
    assert "4 not sent yet, 1 draft. It is kept as tracker.db.damaged-20261120-093000." in rescue.sentence
    assert rescue.aside.read_bytes() == content
    assert {entry.name for entry in path.parent.iterdir()} == {path.name, rescue.aside.name}


def test_random_bytes_are_set_aside(path: Path) -> None:
    path.write_bytes(random.Random(5).randbytes(50_000))  # noqa: S311
    store, rescue = rebuilt(path)
    assert store.outbox.all() == ()
    store.close()
    assert (rescue.unsent, rescue.drafts, rescue.whole) == (0, 0, False)
    assert "0 not sent yet, 0 drafts. Something you wrote may be missing" in rescue.sentence
    assert {entry.name for entry in path.parent.iterdir()} == {path.name, rescue.aside.name}


def test_a_truncated_file_gives_what_is_left(path: Path) -> None:
    fill(path)
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.truncate(size // 2 // PAGE * PAGE + 100)
    store, rescue = rebuilt(path)
    assert rescue.unsent == len(store.outbox.all())
    store.close()


def test_rows_before_and_behind_a_damaged_page_are_saved(path: Path) -> None:
    fill(path, replies=60, long=400)
    pages = leaf_pages(path)
    damage(path, (pages[len(pages) // 2] - 1) * PAGE, b"\xff" * PAGE)
    store, rescue = rebuilt(path)
    names = [pending.command.id for pending in store.outbox.all()]
    store.close()
    assert names[0] == "c-0000"
    assert names[-1] == create().id
    assert names == [*sorted(set(names[:-1])), create().id]
    assert 40 < rescue.unsent == len(names) < 61
    assert not rescue.whole


def leaf_pages(path: Path) -> list[int]:
    """Find the pages that hold replies and nothing else."""
    content = path.read_bytes()
    return [
        start // PAGE + 1
        for start in range(0, len(content), PAGE)
        if content[start] == 0x0D and content[start : start + PAGE].count(b"wait wait") > 100
    ]


def test_a_row_whose_bytes_were_changed_is_left_out(path: Path) -> None:
    fill(path)
    store = Store(path)
    store.db.execute("update outbox set value = x'7b7d' where id = 'c-0001'")
    store.db.execute("update notice set value = x'00'")
    store.db.execute("insert into alias values (x'00ff', 7)")
    store.close()
    with pytest.raises(Damaged):
        Store(path).outbox.all()
    store, rescue = rebuilt(path, damaged=True)
    assert [pending.command.id for pending in store.outbox.all()] == ["c-0000", "c-0002", create().id]
    assert store.reader().notices() == ()
    assert store.outbox.resolve(create().ticket) == "T-777"
    store.close()
    assert not rescue.whole


def test_what_was_still_in_the_log_is_saved(path: Path) -> None:
    fill(path, replies=0)
    store = Store(path)
    store.db.execute("pragma wal_autocheckpoint = 0")
    store.outbox.add(reply("c-in-the-log"))
    log = path.with_name("tracker.db-wal").read_bytes()
    break_header(path)
    content = path.read_bytes()
    store.close()
    path.write_bytes(content)
    path.with_name("tracker.db-wal").write_bytes(log)
    store, _rescue = rebuilt(path)
    assert "c-in-the-log" in [pending.command.id for pending in store.outbox.all()]
    store.close()


def test_two_in_one_second_are_both_kept(path: Path) -> None:
    for _ in range(3):
        path.write_bytes(b"rubbish" * 1000)
        store, _rescue = rebuilt(path)
        store.close()
    assert sorted(entry.name for entry in path.parent.glob("*.damaged-*")) == [
        "tracker.db.damaged-20261120-093000",
        "tracker.db.damaged-20261120-093000-2",
        "tracker.db.damaged-20261120-093000-3",
    ]


def test_a_rebuild_that_was_cut_off_before_the_move_starts_over(path: Path) -> None:
    fill(path)
    new = path.with_name("tracker.db.rebuilt")
    new.write_bytes(b"half")
    break_magic(path)
    store, rescue = rebuilt(path)
    store.close()
    assert rescue.unsent == 4
    assert not new.exists()


def test_a_rebuild_that_was_cut_off_after_the_move_is_finished(path: Path) -> None:
    fill(path)
    path.rename(path.with_name("tracker.db.rebuilt"))
    path.with_name("tracker.db-wal").write_bytes(b"of the damaged file")
    connection, rescue = open_or_rebuild(path, NOW)
    connection.close()
    store = Store(path)
    assert rescue is None
    assert len(store.outbox.all()) == 4
    store.close()


def test_a_damaged_file_is_noticed_at_any_page(path: Path) -> None:
    """Whatever page is broken, the program opens, with the old file or with a new one."""
    fill(path, replies=20, long=200)
    sound = path.read_bytes()
    rng = random.Random(11)  # noqa: S311 - picks bytes, guards nothing
    for page in range(len(sound) // PAGE):
        path.write_bytes(sound)
        damage(path, page * PAGE + (100 if page == 0 else 0), rng.randbytes(PAGE - 100))
        connection, rescue = open_or_rebuild(path, NOW)
        connection.close()
        store = Store(path)
        try:
            saved = len(store.outbox.all())
        except Damaged:
            store.close()
            store, rescue = rebuilt(path, damaged=True)
            saved = len(store.outbox.all())
        assert rescue is None or saved == rescue.unsent
        store.close()
