"""A store in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rigs.disk_fixtures import ordinary_user, small_disk
from tests.store.samples import Store

__all__ = ["ordinary_user", "small_disk"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store; closed after the test."""
    made = Store(tmp_path / "profile" / "tracker.db")
    yield made
    made.close()
