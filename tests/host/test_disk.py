"""Writes that happen whole or not at all, and every failure as a sentence."""

import errno
import os
from pathlib import Path

import pytest

from tests.rigs.disk_fixtures import ordinary_user, small_disk
from tests.rigs.small_disk import SmallDisk
from tests.rigs.unprivileged import OrdinaryUser
from tracker.host.disk import require_space, sentence_for, write_whole
from tracker.host.errors import DiskTrouble

__all__ = ["ordinary_user", "small_disk"]


def test_a_file_is_replaced_and_private(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("old")
    write_whole(place, b"new", doing="saving")
    assert place.read_bytes() == b"new"
    assert place.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [place]


def a_full_disk_keeps_the_old_file(folder: str) -> None:
    place = Path(folder) / "settings.json"
    with pytest.raises(DiskTrouble, match="The disk is full, so saving the settings did not work"):
        write_whole(place, b"x" * 100_000, doing="saving the settings")
    assert place.read_text() == "old"
    assert sorted(entry.name for entry in Path(folder).iterdir()) == [".ballast", "settings.json"]


def test_a_full_disk_keeps_the_old_file(ordinary_user: OrdinaryUser, small_disk: SmallDisk) -> None:
    place = small_disk.folder / "settings.json"
    place.write_text("old")
    os.chown(place, ordinary_user.uid, -1)
    small_disk.fill(leave=8192)
    ordinary_user.run(a_full_disk_keeps_the_old_file, small_disk.folder)


def a_forbidden_place_is_said(folder: str) -> None:
    with pytest.raises(DiskTrouble, match="You may not write here, so saving did not work"):
        write_whole(Path(folder) / "file", b"x", doing="saving")


def test_a_forbidden_place_is_said(ordinary_user: OrdinaryUser) -> None:
    (ordinary_user.folder / "closed").mkdir(mode=0o500)
    ordinary_user.run(a_forbidden_place_is_said, ordinary_user.folder / "closed")


def test_space_is_asked_for_before_it_is_used(small_disk: SmallDisk) -> None:
    require_space(small_disk.folder, 100_000, doing="attaching “photo”")
    with pytest.raises(DiskTrouble, match="The disk is full, so attaching “photo” did not work"):
        require_space(small_disk.folder, 600_000, doing="attaching “photo”")


@pytest.mark.parametrize("number", [*errno.errorcode, 0, 99_999])
def test_every_failure_has_a_sentence(number: int) -> None:
    said = sentence_for(OSError(number, os.strerror(number)), "saving the draft", Path("/place"))
    assert said[0].isupper()
    assert "saving the draft" in said.lower()
    assert "{" not in said
