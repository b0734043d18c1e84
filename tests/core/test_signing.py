"""Signing in and out: proved first, nothing of anybody left behind."""

from __future__ import annotations

import pytest

from tests.core.house import JANE, OMAR, House, submit, there
from tests.fakes.simulated_time import START
from tests.store.samples import create
from tracker.core.program import owner_of
from tracker.core.reading import open_reader
from tracker.core.signing import sign_out
from tracker.host.files import keep_outgoing
from tracker.model.draft import Draft
from tracker.model.errors import DeskUnavailable, SignInRequired, StoreError
from tracker.model.health import Condition
from tracker.model.listing import Filter
from tracker.store.reader import Reader

WORDS = (b"xylophone", b"jabberwocky", b"jane", b"photo of wombat")


def write_much(house: House) -> None:
    """Let Jane have a request, a draft, a file and an unsent reply, all with words of their own."""
    house.helpdesk.create("jane", create("c-1", subject="xylophone"), ())


def bytes_in(house: House) -> bytes:
    files = (entry for entry in house.paths.data.rglob("*") if entry.is_file() and entry.name != "lock")
    return b"".join(entry.read_bytes() for entry in files if "logs" not in entry.parts)


def reading(house: House) -> Reader:
    reader = open_reader(house.paths)
    assert reader is not None
    return reader


def test_nobody_is_signed_in_at_first(house: House) -> None:
    with house.running() as program:
        assert house.watcher.until(Condition.SIGN_IN_NEEDED).sentence == ""
        assert program.engine.desk is None


def test_the_right_password_follows_the_desk(house: House) -> None:
    write_much(house)
    with house.running() as program:
        note = house.sign_in(program)
        assert note == "This computer has no keyring: you are signed in until Tracker is quit."
        health = house.watcher.until(Condition.OK)
        assert health.notes == (note,)
        assert program.settings.desk == JANE
        assert there(program, program.engine.writer.owner) == owner_of(JANE)
        with_reader = reading(house)
        assert with_reader.tickets(Filter.ALL) == ("T-1",)
        with_reader.close()


def test_a_wrong_password_changes_nothing(house: House) -> None:
    write_much(house)
    with house.running() as program:
        house.sign_in(program)
        house.watcher.until(Condition.OK)
        for choice in (JANE, OMAR):
            with pytest.raises(SignInRequired, match="does not know this name with this password"):
                house.sign_in(program, choice, "wrong")
        house.network.cut()
        with pytest.raises(DeskUnavailable):
            house.sign_in(program, OMAR)
        assert program.settings.desk == JANE
        assert there(program, program.engine.writer.owner) == owner_of(JANE)
        assert len(there(program, lambda: program.engine.writer.tickets(("T-1",)))) == 1  # type: ignore[arg-type]


def test_the_next_start_signs_in_by_itself(house: House) -> None:
    with house.running() as program:
        house.sign_in(program)
        house.watcher.until(Condition.OK)
    house.environment["TRACKER_PASSWORD"] = "jane-pass"
    house.watcher.healths.clear()
    with house.running():
        house.watcher.until(Condition.OK)


def test_without_a_keyring_the_next_start_asks(house: House) -> None:
    with house.running() as program:
        house.sign_in(program)
        house.watcher.until(Condition.OK)
    house.watcher.healths.clear()
    with house.running():
        told = house.watcher.until(Condition.SIGN_IN_NEEDED)
        assert told.sentence == "Sign in to see how your requests are doing."


def test_signing_out_leaves_nothing(house: House) -> None:
    write_much(house)
    with house.running() as program:
        house.sign_in(program)
        house.watcher.until(Condition.OK)
        letters = program.engine.letters
        there(program, lambda: letters.save_draft(Draft("new", "jabberwocky")))
        keep_outgoing(b"photo of wombat", "w.jpg", folder=house.paths.outgoing, limit=99)
        (house.paths.received / "report.pdf").write_bytes(b"photo of wombat")
        (house.paths.received / "opened").mkdir()
        house.paths.store.with_name("tracker.db.before-1").write_bytes(b"jabberwocky")
        house.paths.store.with_name(f"tracker.db.damaged-{START:%Y%m%d}").write_bytes(b"xylophone")
        assert all(word in bytes_in(house) for word in WORDS)
        assert program.service.call(lambda: sign_out(program)).result(20) == ""
        assert [word for word in WORDS if word in bytes_in(house)] == []
        assert list(house.paths.received.iterdir()) == list(house.paths.outgoing.iterdir()) == []
        health = house.watcher.until(Condition.SIGN_IN_NEEDED)
        assert (health.notes, health.as_of) == ((), None)
        assert program.settings.desk is None
        assert program.engine.desk is None
    with house.running():
        house.watcher.until(Condition.SIGN_IN_NEEDED)


def test_a_keyring_that_is_away_may_still_hold_the_sign_in(house: House) -> None:
    with house.running() as program:
        house.sign_in(program)
        house.paths.keyring_backend.write_text("keyring.backends.SecretService.Keyring")
        said = program.service.call(lambda: sign_out(program)).result(20)
        assert said.startswith("Your keyring could not be reached: it may still hold your sign-in")


def test_somebody_else_finds_nothing_of_the_first(house: House) -> None:
    write_much(house)
    with house.running() as program:
        house.sign_in(program)
        house.watcher.until(Condition.OK)
        there(program, lambda: program.engine.letters.save_draft(Draft("new", "jabberwocky")))
        house.sign_in(program, OMAR)
        house.watcher.until(Condition.OK)
        assert program.settings.desk == OMAR
        assert [word for word in WORDS if word in bytes_in(house)] == []
        assert there(program, program.engine.writer.owner) == owner_of(OMAR)


def test_the_same_person_keeps_everything_when_signing_in_again(house: House) -> None:
    with house.running() as program:
        house.sign_in(program)
        there(program, lambda: program.engine.letters.save_draft(Draft("new", "jabberwocky")))
        house.sign_in(program)
        assert there(program, lambda: program.engine.drafts.get("new")) is not None


def test_what_cannot_be_forgotten_keeps_the_person_signed_in(house: House) -> None:
    write_much(house)
    with house.running() as program:
        house.sign_in(program)
        house.watcher.until(Condition.OK)
        there(program, lambda: program.engine.connection.execute("pragma busy_timeout = 10"))
        reader = reading(house)
        reader._db.execute("begin")
        reader._db.execute("select count(*) from ticket").fetchone()
        with pytest.raises(StoreError, match="Another program reads your saved requests"):
            program.service.call(lambda: sign_out(program)).result(20)
        reader.close()
        assert program.settings.desk == JANE
        assert program.engine.desk is not None
        assert program.service.call(lambda: sign_out(program)).result(20) == ""


def test_a_request_that_was_raised_signed_out_waits_for_the_sign_in(house: House) -> None:
    with house.running() as program:
        sent = submit(program, create(service="network"))
        assert (sent.delivery, sent.sign_in_needed) == ("queued", True)
        house.sign_in(program)
        house.watcher.until(Condition.OK)
        assert submit(program, create(service="network")).delivery == "delivered"
    assert len(house.helpdesk.tickets) == 1
