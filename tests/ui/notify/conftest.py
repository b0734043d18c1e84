"""The fixture that gives a scene: a desktop with a bus, and our way to its daemon."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.rigs.desktop import Desktop
from tests.ui.notify.scene import Scene


@pytest.fixture
def scene(qtbot: QtBot) -> Iterator[Scene]:
    """A display and a bare bus, no daemon yet, our way not started yet."""
    with Desktop(wm="openbox") as desktop:
        made = Scene(desktop, qtbot)
        yield made
        made.close()
