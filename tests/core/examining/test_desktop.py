"""What doctor says of a desktop: who shows notifications and the icon, and what to do where nobody does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.rigs.desktop import Desktop, wait_until
from tests.ui.tray.watcher import Watcher
from tracker.core.examining import desktop as examined
from tracker.core.shapes import Finding

pytestmark = pytest.mark.desktop


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    """A desktop with a screen, a bus and a notification daemon, and this process on it."""
    with Desktop(notifier="dunst") as made:
        for name in ("DBUS_SESSION_BUS_ADDRESS", "DISPLAY"):
            monkeypatch.setenv(name, made.env[name])
        monkeypatch.setenv("XDG_CURRENT_DESKTOP", "ubuntu:GNOME")
        yield made


def only(findings: Iterator[Finding]) -> Finding:
    (found,) = findings
    return found


def test_a_test_notification_is_really_shown_and_its_daemon_named(place: Desktop) -> None:
    with place.watch() as watch:
        found = only(examined.test_notification())
        watch.wait_for(lambda seen: seen.summary == "A test from Tracker", timeout=10)
    assert found.state == "ok"
    assert found.sentence.startswith("dunst")
    assert "Do not disturb" in found.advice
    assert only(examined.notifications()).sentence.startswith("Shown by dunst")


def test_the_icon_is_looked_for_at_each_kind_of_panel(place: Desktop) -> None:
    nobody = only(examined.tray())
    assert (nobody.state, nobody.sentence) == ("warning", "Nothing on this desktop shows tray icons.")
    assert "GNOME extension" in nobody.advice
    watcher = Watcher(place.env["DBUS_SESSION_BUS_ADDRESS"], panel=False)
    assert "no panel shows them" in only(examined.tray()).sentence
    watcher.let_panel_in()
    assert only(examined.tray()) == Finding("tray", "ok", "A panel shows the icon.")
    watcher.close()


def test_the_icon_is_found_on_an_old_panel(monkeypatch: pytest.MonkeyPatch) -> None:
    with Desktop(bus=None, tray="trayer") as made:
        monkeypatch.setenv("DISPLAY", made.env["DISPLAY"])
        wait_until(lambda: only(examined.tray()).state == "ok", what="the panel")
        assert only(examined.tray()).sentence == "An old panel (XEmbed) shows the icon."


def test_without_a_daemon_it_is_said_and_nothing_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    with Desktop(display=False) as bare:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bare.env["DBUS_SESSION_BUS_ADDRESS"])
        assert "No program on this desktop" in only(examined.notifications()).sentence
        assert only(examined.test_notification()).state == "warning"


@pytest.mark.parametrize("address", ["", "unix:path=/nowhere/at/all", "nonsense"])
def test_a_bus_that_is_not_there_is_said(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    assert only(examined.notifications()).state == "warning"
    assert only(examined.test_notification()).state == "warning"
