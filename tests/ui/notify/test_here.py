"""What is put together on which system."""

from collections.abc import Callable, Coroutine
from typing import TypeVar

import pytest
from PySide6.QtCore import QLocale, QObject
from pytestqt.qtbot import QtBot

from tests.ui.notify.test_notifier import NOW
from tests.ui.samples import ZONE
from tracker.ui.notify.here import follow_panels, session_bus_here, ways_here
from tracker.ui.notify.in_app import InApp
from tracker.ui.notify.ways import Sender
from tracker.ui.tray.tray import Tray
from tracker.ui.wording import Wording

T = TypeVar("T")


class NoLoop:
    """Nothing is started here, so nothing is run."""

    def __call__(
        self, work: Callable[[], Coroutine[object, object, T]], then: Callable[[T | Exception], None]
    ) -> None:
        raise AssertionError("only `start` may run something")


@pytest.mark.parametrize(
    ("has_bus", "names"),
    [
        (True, ["dbus", "plyer", "the tray icon", "in the window"]),
        (False, ["the system", "plyer", "the tray icon", "in the window"]),
    ],
)
def test_the_ways_stand_best_first(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, has_bus: bool, names: list[str]
) -> None:
    monkeypatch.setattr("tracker.ui.notify.here.HAS_BUS", has_bus)
    parent = QObject()
    bus = session_bus_here(parent)
    assert (bus is not None) is has_bus
    tray = Tray(Wording(QLocale(), ZONE, lambda: NOW), program="Tracker", parent=parent)
    follow_panels(bus, tray)
    ways = ways_here(bus, NoLoop(), Sender("Tracker"), tray=tray, window=InApp(parent))
    assert [way.name for way in ways] == names
    assert ways[-1].available
