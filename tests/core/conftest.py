"""A house of one's own."""

from pathlib import Path

import pytest

from tests.core.house import House


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A desk, and a profile that nothing runs on yet."""
    return House(tmp_path)
