"""The program: started and stopped in order, mended while it runs, never left hanging at the start."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import AsyncGenerator, Callable
from pathlib import Path

import pytest

from tests.core.house import House, there
from tests.rigs.disk_fixtures import ordinary_user
from tests.rigs.unprivileged import OrdinaryUser
from tests.store.samples import T1, create, notice, reply
from tests.sync.recorder import Recorder
from tracker.core.fan_out import FanOut
from tracker.host.files import keep_outgoing
from tracker.model.change import Change
from tracker.model.draft import Draft
from tracker.model.errors import StoreError
from tracker.model.health import Condition, Health
from tracker.store.errors import Damaged
from tracker.sync.inbound import Inbound

__all__ = ["ordinary_user"]

REBUILT = "The saved requests on this computer were damaged"


def test_it_starts_and_stops_without_leaving_a_thread(house: House) -> None:
    with house.running() as program:
        assert there(program, lambda: threading.current_thread().name) == "tracker-sync"
        assert abs((program.now() - program.time.now()).total_seconds()) < 1
    program.stop()
    assert not any(thread.name == "tracker-sync" for thread in threading.enumerate())


def test_complaints_about_the_settings_are_notes(house: House) -> None:
    house.paths.settings.write_text('{"theme": "pink", "quiet_from": "25:00"}')
    with house.running():
        notes = house.watcher.until(Condition.SIGN_IN_NEEDED).notes
    assert len(notes) == 2
    assert any("theme" in note for note in notes)
    assert any("quiet_from" in note for note in notes)


def test_a_desk_of_an_unknown_kind_is_said_and_the_program_starts(house: House) -> None:
    house.paths.settings.write_text('{"desk": {"kind": "moon", "url": "https://m.example", "user": "jane"}}')
    with house.running():
        assert "no connector of the kind “moon”" in house.watcher.until(Condition.BROKEN).sentence


def test_a_store_of_a_newer_program_ends_the_start_with_a_sentence(house: House) -> None:
    with house.running() as program:
        there(program, lambda: program.engine.connection.execute("pragma user_version = 99"))
    with pytest.raises(StoreError, match="saved by a newer Tracker"), house.running():
        raise AssertionError("it must not start")


@pytest.mark.expected_logs(REBUILT)
def test_a_damaged_file_is_mended_at_the_start_and_it_is_said(house: House) -> None:
    with house.running() as program:
        there(program, lambda: program.engine.letters.save_draft(Draft("new", "half a sentence")))
        there(program, lambda: program.engine.letters.submit(create()))
    content = house.paths.store.read_bytes()
    house.paths.store.write_bytes(b"\0" * 100 + content[100:])
    with house.running() as program:
        assert there(program, lambda: len(program.engine.outbox.all())) == 1
        assert there(program, lambda: program.engine.drafts.get("new")) is not None
        (note,) = house.watcher.until(Condition.SIGN_IN_NEEDED).notes
        assert "1 not sent yet, 1 draft." in note
    assert house.watcher.change.everything


@pytest.mark.expected_logs(REBUILT)
@pytest.mark.parametrize("table", ["meta", "outbox"])
def test_damage_inside_a_value_is_mended_at_the_start(house: House, table: str) -> None:
    with house.running() as program:
        there(program, lambda: program.engine.letters.submit(create()))

        def spoil() -> None:
            db = program.engine.connection
            db.execute("insert or replace into meta (key, value) values ('attention', x'00')")
            db.execute("update outbox set value = x'00' where ? = 'outbox'", (table,))

        there(program, spoil)
    with house.running() as program:
        assert there(program, lambda: len(program.engine.outbox.all())) == int(table == "meta")


@pytest.mark.expected_logs("they are rebuilt", REBUILT)
def test_damage_that_shows_while_it_runs_is_mended_while_it_runs(house: House) -> None:
    house.helpdesk.create("jane", create("c-1"), ())
    with house.running() as program:
        house.sign_in(program)
        house.watcher.until(Condition.OK)
        house.watcher.change = Change()
        there(program, lambda: program.engine.letters.save_draft(Draft("new", "half a sentence")))
        there(program, lambda: program.engine.connection.execute("update event set details = x'00'"))
        before = program.engine
        house.helpdesk.book_visit(T1, program.now(), program.now())
        with house.watcher.news:
            assert house.watcher.news.wait_for(
                lambda: program.engine is not before and house.watcher.healths[-1].condition is Condition.OK,
                20,
            )
        assert there(program, lambda: program.engine.writer.tickets((T1,)))[T1].subject == "No sound"
        assert there(program, lambda: program.engine.drafts.get("new")) is not None


@pytest.mark.expected_logs("they are rebuilt", REBUILT, "Nothing is kept in step any more")
def test_a_disk_that_goes_on_failing_ends_with_a_sentence(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object, **_named: object) -> None:
        raise Damaged

    with house.running() as program:
        monkeypatch.setattr(Inbound, "take", fail)
        house.sign_in(program)
        told = house.watcher.until(Condition.BROKEN)
        assert "Quit Tracker and start it again" in told.sentence


def test_old_copies_nobody_needs_go_at_the_start_and_young_ones_stay(house: House) -> None:
    def copy(name: str, *, old: bool) -> str:
        key = keep_outgoing(b"x", name, folder=house.paths.outgoing, limit=9).key
        if old:
            os.utime(house.paths.outgoing / key, (time.time() - 7200,) * 2)
        return key

    with house.running() as program:
        kept = keep_outgoing(b"x", "kept.txt", folder=house.paths.outgoing, limit=9)
        sent = keep_outgoing(b"x", "sent.txt", folder=house.paths.outgoing, limit=9)
        for file in (kept, sent):
            os.utime(house.paths.outgoing / file.key, (time.time() - 7200,) * 2)
        there(program, lambda: program.engine.letters.save_draft(Draft("new", "", files=(kept,))))
        there(program, lambda: program.engine.letters.submit(create(files=(sent,))))
        there(program, lambda: program.engine.letters.submit(reply()))
    young, old = copy("young.txt", old=False), copy("old.txt", old=True)
    (house.paths.outgoing / "folder").mkdir()
    os.utime(house.paths.outgoing / "folder", (1, 1))
    with house.running():
        left = {entry.name for entry in house.paths.outgoing.iterdir()}
    assert left == {kept.key, sent.key, young, "folder"}
    assert old not in left


def a_locked_profile_ends_the_start(folder: str) -> None:
    house = House(Path(folder))
    with house.running():
        house.watcher.until(Condition.SIGN_IN_NEEDED)
    house.paths.store.chmod(0o400)
    house.paths.data.chmod(0o500)
    with pytest.raises(StoreError, match="cannot be written to"), house.running():
        raise AssertionError("it must not start")


def test_a_profile_that_cannot_be_written_is_said_and_nothing_hangs(ordinary_user: OrdinaryUser) -> None:
    ordinary_user.run(a_locked_profile_ends_the_start, ordinary_user.folder)


def test_a_door_that_cannot_be_opened_is_no_reason_not_to_work(
    house: House, monkeypatch: pytest.MonkeyPatch, expected_logs: Callable[..., None]
) -> None:
    expected_logs("Commands started beside this program cannot reach it")
    blocked = house.paths.data / "no folder"
    blocked.write_text("x")
    monkeypatch.setattr("tracker.core.program.socket_address", lambda _paths: str(blocked / "socket"))

    async def nothing(_line: bytes) -> AsyncGenerator[bytes, None]:
        yield b""

    program = house.program()
    program.start(nothing)
    house.sign_in(program)
    house.watcher.until(Condition.OK)
    program.stop()


class Deaf(Recorder):
    """A listener whose window has gone."""

    def changed(self, change: Change) -> None:
        raise RuntimeError("the window has gone")

    def health(self, health: Health) -> None:
        raise RuntimeError("the window has gone")


@pytest.mark.expected_logs("A listener failed")
def test_one_listener_that_fails_silences_no_other() -> None:
    hearing = Recorder()
    to = FanOut(Deaf(), hearing)
    with to.joined(joined := Recorder()):
        to.changed(Change(outbox=True))
        to.health(Health(condition=Condition.OK))
        to.told((notice(),))
        to.heard(())
    to.changed(Change(drafts=True))
    assert hearing.change == Change(outbox=True, drafts=True)
    assert joined.change == Change(outbox=True)
    assert joined.told_all == hearing.told_all == [notice()]
    assert [health.condition for health in joined.healths] == [Condition.OK]
