"""Panels and their watcher come and go on the bus; no display is needed to follow them."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.rigs.desktop import Desktop
from tests.ui.tray.watcher import Watcher
from tracker.ui.bus.session_bus import SessionBus
from tracker.ui.tray.host import TrayHost

pytestmark = pytest.mark.desktop


@pytest.fixture
def address() -> Iterator[str]:
    with Desktop(display=False) as desktop:
        yield desktop.env["DBUS_SESSION_BUS_ADDRESS"]


@pytest.fixture
def host(address: str, qtbot: QtBot) -> Iterator[TrayHost]:
    bus = SessionBus(address=lambda: address)
    yield TrayHost(bus)
    bus.close()


def test_a_panel_that_is_there_is_found(address: str, host: TrayHost, qtbot: QtBot) -> None:
    watcher = Watcher(address)
    with qtbot.waitSignals([host.watcher_came, host.panel_changed]):
        host.start()
    assert host.has_panel
    watcher.close()
    qtbot.waitUntil(lambda: not host.has_panel)
    assert host.watcher == ""


def test_a_panel_that_comes_after_its_watcher_is_found(address: str, host: TrayHost, qtbot: QtBot) -> None:
    host.start()
    watcher = Watcher(address, panel=False)
    qtbot.waitUntil(lambda: bool(host.watcher) and not host.has_panel)
    with qtbot.waitSignal(host.panel_changed):
        watcher.let_panel_in()
    assert host.has_panel
    watcher.close()


def test_a_panel_is_not_taken_for_that_of_the_watcher_before(
    address: str, host: TrayHost, qtbot: QtBot
) -> None:
    first = Watcher(address)
    host.start()
    qtbot.waitUntil(lambda: host.has_panel)
    first.close()
    second = Watcher(address, panel=False)
    qtbot.waitUntil(lambda: bool(host.watcher) and not host.has_panel)
    second.let_panel_in()
    qtbot.waitUntil(lambda: host.has_panel)
    second.close()
