"""Fixtures: an ordinary user, and a small disk that belongs to them."""

from collections.abc import Iterator

import pytest

from tests.rigs.small_disk import SmallDisk
from tests.rigs.unprivileged import OrdinaryUser


@pytest.fixture
def ordinary_user() -> Iterator[OrdinaryUser]:
    """Somebody without special rights, with a folder of their own."""
    user = OrdinaryUser()
    yield user
    user.close()


@pytest.fixture
def small_disk(ordinary_user: OrdinaryUser) -> Iterator[SmallDisk]:
    """A disk of 512 KB that the ordinary user may write to."""
    disk = SmallDisk(owner=ordinary_user.uid)
    yield disk
    disk.close()
