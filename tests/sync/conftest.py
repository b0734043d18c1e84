"""A world of one's own."""

from pathlib import Path

import pytest

from tests.sync.chat_world import ChatWorld
from tests.sync.world import World
from tracker.store.database import open_writer


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with nothing in it, to copy: making one costs more than most stories."""
    path = tmp_path_factory.mktemp("store") / "tracker.db"
    open_writer(path).close()
    return path


@pytest.fixture
def world(tmp_path: Path, empty: Path) -> World:
    """Jane, her desk and her profile; nothing runs yet."""
    return World(tmp_path, empty)


@pytest.fixture
def chat_world(tmp_path: Path, empty: Path) -> ChatWorld:
    """The same with chats, and a chat server."""
    return ChatWorld(tmp_path, empty)
