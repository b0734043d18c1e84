"""The rig itself: an ordinary user is refused what root is not."""

from pathlib import Path

import pytest

from tests.rigs.disk_fixtures import ordinary_user, small_disk
from tests.rigs.small_disk import SmallDisk
from tests.rigs.unprivileged import OrdinaryUser

__all__ = ["ordinary_user", "small_disk"]


def writes(folder: str) -> None:
    (Path(folder) / "file").write_text("x")


def is_refused(folder: str) -> None:
    with pytest.raises(PermissionError):
        writes(folder)


def test_an_ordinary_user_writes_to_their_own_folder(ordinary_user: OrdinaryUser) -> None:
    ordinary_user.run(writes, ordinary_user.folder)
    assert (ordinary_user.folder / "file").stat().st_uid == ordinary_user.uid


def test_an_ordinary_user_is_refused_elsewhere(ordinary_user: OrdinaryUser) -> None:
    place = ordinary_user.folder / "closed"
    place.mkdir(mode=0o500)
    ordinary_user.run(is_refused, place)


def test_a_failing_body_fails_the_test(ordinary_user: OrdinaryUser) -> None:
    with pytest.raises(AssertionError, match="DID NOT RAISE"):
        ordinary_user.run(is_refused, ordinary_user.folder)


def test_a_small_disk_gets_full_and_free_again(small_disk: SmallDisk) -> None:
    small_disk.fill()
    with pytest.raises(OSError, match="No space"):
        (small_disk.folder / "more").write_bytes(b"x" * 4096)
    small_disk.empty()
    (small_disk.folder / "more").write_bytes(b"x" * 4096)
