"""The private desktop, on real daemons: what is shown, pressed and dismissed is seen, and nothing stays."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rigs.desktop import Desktop, DesktopFailed
from tests.rigs.desktop_fixtures import desktop, notifications
from tracker.host.bus_watch import BusWatch
from tracker.host.picture import png_of_framebuffer
from tracker.host.virtual_desktop import Notifier, VirtualDesktop

pytestmark = pytest.mark.desktop

__all__ = ["desktop", "notifications"]

TWO_BUTTONS = ("-A", "answer=Answer now", "-A", "default=Open")


@pytest.fixture(params=["dunst", "xfce4-notifyd"])
def toasts(request: pytest.FixtureRequest) -> Iterator[Desktop]:
    kind: Notifier = request.param
    with Desktop(wm="openbox", notifier=kind) as started:
        yield started


def notify(desktop: Desktop, *words: str) -> "subprocess.Popen[bytes]":
    return desktop.spawn(["notify-send", *words], stdout=subprocess.PIPE)


def test_a_notification_is_seen_as_the_daemon_received_it(desktop: Desktop, notifications: BusWatch) -> None:
    notify(desktop, "-a", "Tracker", "-u", "critical", "Laptop", "A technician is on the way.")
    seen = notifications.wait_for(lambda seen: seen.summary == "Laptop")
    assert (seen.app, seen.body, seen.replaces_id) == ("Tracker", "A technician is on the way.", 0)
    assert seen.hints["urgency"] == 2
    assert seen.id
    assert notifications.live == (seen,)


def test_a_replaced_notification_leaves_one_live_toast(desktop: Desktop, notifications: BusWatch) -> None:
    notify(desktop, "Laptop", "Received.").wait()
    first = notifications.wait_for(lambda seen: seen.body == "Received.")
    notify(desktop, "-r", str(first.id), "Laptop", "Assigned.").wait()
    second = notifications.wait_for(lambda seen: seen.body == "Assigned.", after=1)
    assert second.replaces_id == first.id == second.id
    assert [seen.body for seen in notifications.live] == ["Assigned."]


def test_a_button_is_pressed_on_a_real_toast(toasts: Desktop) -> None:
    watch = toasts.watch()
    sender = notify(toasts, *TWO_BUTTONS, "Printer", "Which floor?")
    seen = watch.wait_for(lambda seen: seen.summary == "Printer")
    assert seen.labels == ("Answer now", "Open")
    toasts.press(watch, seen.id or 0, "answer")
    assert sender.communicate(timeout=10)[0] == b"answer\n"


def test_a_dismissed_toast_is_closed_and_nothing_was_invoked(toasts: Desktop) -> None:
    watch = toasts.watch()
    notify(toasts, *TWO_BUTTONS, "Printer", "Which floor?")
    seen = watch.wait_for(lambda seen: seen.summary == "Printer")
    toasts.dismiss(watch, seen.id or 0)
    assert watch.live == ()
    assert watch.notifications[-1].invoked == ()


def test_what_never_comes_is_said_with_what_came(desktop: Desktop, notifications: BusWatch) -> None:
    notify(desktop, "Printer").wait()
    with pytest.raises(TimeoutError, match="Printer"):
        notifications.wait_for(lambda seen: seen.summary == "Scanner", timeout=0.5)


def test_a_screenshot_shows_the_toast(desktop: Desktop, notifications: BusWatch, tmp_path: Path) -> None:
    before = desktop.screenshot(tmp_path / "before.png").read_bytes()
    notify(desktop, "Printer").wait()
    notifications.wait_for(lambda seen: seen.summary == "Printer")
    after = desktop.screenshot(tmp_path / "after.png")
    while after.read_bytes() == before:  # the test's own time limit ends this
        after = desktop.screenshot(after)
    assert after.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("tray", ["trayer", "xfce4-panel"])
def test_a_tray_host_comes_up(tray: "str") -> None:
    with Desktop(wm="openbox", tray=tray) as started:  # type: ignore[arg-type]
        assert started.strays()
    assert started.strays() == []


def test_nothing_stays_behind_even_what_the_bus_started_itself() -> None:
    with Desktop(bus="std") as started:
        started.run("notify-send", "hello")  # activates whichever daemon is installed
        folder = started.folder
        assert len(started.strays()) > len(started.processes)
    assert started.strays() == []
    assert not folder.exists()


def test_a_missing_program_is_named() -> None:
    with VirtualDesktop() as started, pytest.raises(DesktopFailed, match="no-such-daemon is not installed"):
        started.spawn(["no-such-daemon"])


@pytest.mark.parametrize("frame", [b"", b"\0" * 200, b"GIF89a" * 50])
def test_what_is_no_display_memory_is_refused(frame: bytes) -> None:
    with pytest.raises(ValueError, match="display's memory"):
        png_of_framebuffer(frame)
