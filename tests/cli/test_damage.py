"""Damaged files, full and read-only disks, seen from the command line: a sentence, and nothing is lost."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.cli.terminal import Terminal
from tests.rigs.disk_fixtures import ordinary_user, small_disk
from tests.rigs.frontdesk import JANE
from tests.rigs.frontdesk_agent import Agent
from tests.rigs.small_disk import SmallDisk
from tests.rigs.unprivileged import OrdinaryUser

__all__ = ["ordinary_user", "small_disk"]


def test_a_damaged_file_is_set_aside_said_and_rebuilt_from_the_desk(jane: Terminal, number: str) -> None:
    store = jane.profile / "tracker.db"
    for rest in ("tracker.db-wal", "tracker.db-shm"):
        (jane.profile / rest).unlink(missing_ok=True)
    store.write_bytes(b"This is no database. " * 1000)
    said = jane.run("list", code=1)
    assert said.err.count("\n") == 1
    jane.json("sync")
    assert jane.json("show", number)["ticket"]["number"] == number
    aside = [path for path in jane.profile.glob("tracker.db.*") if b"no database" in path.read_bytes()]
    assert len(aside) == 1
    assert f"kept as {aside[0].name}" in (jane.profile / "logs" / "tracker.log").read_text("utf-8")


def test_a_file_of_a_newer_program_is_left_alone_and_said(jane: Terminal) -> None:
    with sqlite3.connect(jane.profile / "tracker.db") as connection:
        connection.execute("pragma user_version = 9999")
    connection.close()
    said = jane.run("sync", code=1)
    assert "newer" in said.err
    with sqlite3.connect(jane.profile / "tracker.db") as connection:
        assert connection.execute("pragma user_version").fetchone() == (9999,)
    connection.close()


def _writes_on_a_full_disk(profile: str) -> None:
    terminal = Terminal(Path(profile), JANE.password)
    said = terminal.run("new", "--service", "other", "--subject", "x", text="y" * 200_000, code=1)
    assert "full" in said.err, said.err


def _writes_with_space_again(profile: str) -> None:
    terminal = Terminal(Path(profile), JANE.password)
    terminal.run("new", "--service", "other", "--subject", "After the flood", text="y")


def test_a_full_disk_is_said_and_with_space_again_all_goes_on(
    signed_in: Path, ordinary_user: OrdinaryUser, small_disk: SmallDisk, tess: Agent
) -> None:
    profile = small_disk.folder / "profile"
    shutil.copytree(signed_in, profile)
    _give(profile, ordinary_user.uid)
    small_disk.fill()
    ordinary_user.run(_writes_on_a_full_disk, profile)
    small_disk.empty()
    ordinary_user.run(_writes_with_space_again, profile)
    assert len(tess.tickets("After the flood")) == 1


def _reads_and_writes(profile: str) -> None:
    terminal = Terminal(Path(profile), JANE.password)
    for words in (("list",), ("sync",), ("new", "--service", "other", "--subject", "x")):
        said = terminal.run(*words, text="y", code=1).err
        assert "cannot" in said or "can only be read" in said
        assert said.count("\n") == 1


def test_a_read_only_profile_is_said_by_every_command(
    signed_in: Path, ordinary_user: OrdinaryUser, small_disk: SmallDisk
) -> None:
    profile = small_disk.folder / "profile"
    shutil.copytree(signed_in, profile)
    _give(profile, ordinary_user.uid)
    small_disk.make_read_only()
    ordinary_user.run(_reads_and_writes, profile)


@pytest.mark.parametrize("text", ["", "[]", '{"theme": "plaid"}', "\x00" * 100])
def test_settings_that_cannot_be_read_lose_no_request(jane: Terminal, number: str, text: str) -> None:
    (jane.profile / "settings.json").write_text(text)
    assert jane.json("show", number)["ticket"]["number"] == number


def _give(folder: Path, owner: int) -> None:
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, owner)
