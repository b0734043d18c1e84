"""Notices on a real desktop, from the notifier to the daemon and back, through a daemon's bad days."""

import os
import signal
import statistics
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTimer
from pytestqt.qtbot import QtBot

from tests.rigs.desktop import Desktop
from tests.ui.notify.scene import Scene
from tests.ui.notify.test_notifier import NOW, PRINTER, Told
from tests.ui.samples import ZONE
from tracker.model.line import line
from tracker.model.notice import Button, Show
from tracker.model.ticket import TicketId
from tracker.ui.notify.in_app import InApp
from tracker.ui.notify.notifier import Notifier
from tracker.ui.wording import Wording

pytestmark = pytest.mark.desktop


class Story(Scene):
    """A scene with the whole notifier: the desktop's daemon first, then the window."""

    def __init__(self, desktop: Desktop, qtbot: QtBot) -> None:
        super().__init__(desktop, qtbot)
        self.window = InApp()
        self.notifier = Notifier((self.way, self.window), Wording(QLocale(), ZONE, lambda: NOW))
        self.told = Told(self.notifier)

    def close(self) -> None:
        self.notifier.stop()
        super().close()


@pytest.fixture
def story(qtbot: QtBot) -> Iterator[Story]:
    with Desktop(wm="openbox") as desktop:
        made = Story(desktop, qtbot)
        yield made
        made.close()


def test_a_request_is_followed_from_toast_to_toast(story: Story) -> None:
    story.start_daemon()
    story.notifier.start()
    received = replace(PRINTER, id="n0", body=line("The desk has it"), detail=None, buttons=(Button.OPEN,))
    story.notifier.show([received])
    first = story.seen(lambda seen: seen.body == "The desk has it")
    story.until(lambda: story.told.all == [("shown", "n0", "dbus")])
    story.notifier.show([replace(PRINTER, show=Show.REPLACE)])
    second = story.seen(lambda seen: "Priya" in seen.body)
    assert second.id == first.id
    assert second.labels == ("Open", "It works", "Not yet")
    story.until(lambda: ("shown", "n1", "dbus") in story.told.all)
    story.desktop.press(story.watch, second.id or 0, "works")
    story.until(lambda: ("pressed", "n1", Button.WORKS) in story.told.all)
    story.until(lambda: not story.watch.live)
    assert story.notifier.live == ()


def test_a_request_read_elsewhere_loses_its_toast(story: Story) -> None:
    story.start_daemon()
    story.notifier.start()
    # Not with the same words: dunst shows those only once.
    laptop = replace(PRINTER, id="n2", ticket=TicketId("4712"), title=line("Laptop"))
    story.notifier.show([PRINTER, laptop])
    story.until(lambda: len(story.watch.live) == 2)
    story.until(lambda: len(story.told.all) == 2)
    story.notifier.withdraw(TicketId("4711"))
    story.until(lambda: len(story.watch.live) == 1)


def test_a_frozen_daemon_does_not_swallow_a_notice(story: Story) -> None:
    daemon = story.start_daemon()
    story.notifier.start()
    story.until(lambda: story.way.capabilities.buttons)
    os.kill(daemon.pid, signal.SIGSTOP)
    story.notifier.show([PRINTER])
    story.until(lambda: story.told.all == [("shown", "n1", "in the window")])
    # While it is silent the window is taken at once.
    story.notifier.show([replace(PRINTER, id="n2", ticket=TicketId("4712"))])
    assert story.told.all[-1] == ("shown", "n2", "in the window")
    os.kill(daemon.pid, signal.SIGCONT)
    story.until(lambda: story.notifier.way == "dbus")
    story.notifier.show([replace(PRINTER, id="n3", ticket=TicketId("4713"))])
    story.until(lambda: story.told.all[-1] == ("shown", "n3", "dbus"))
    story.until(lambda: len(story.watch.live) == 1)


def test_a_frozen_bus_neither_swallows_a_notice_nor_stops_the_window(story: Story) -> None:
    bus = bus_daemon(story)
    story.start_daemon()
    story.notifier.start()
    story.until(lambda: story.way.capabilities.buttons)
    bus.send_signal(signal.SIGSTOP)
    beats: list[int] = []
    heart = QTimer()
    heart.timeout.connect(lambda: beats.append(1))
    heart.start(20)
    story.notifier.show([PRINTER])
    story.until(lambda: story.told.all == [("shown", "n1", "in the window")])
    assert len(beats) > 20  # in the two seconds that it took to give up
    heart.stop()
    bus.send_signal(signal.SIGCONT)
    story.until(lambda: story.notifier.way == "dbus")
    story.until(lambda: any(seen.closed == 3 for seen in story.watch.notifications))
    assert not story.watch.live


def test_without_a_bus_the_window_shows_it_and_a_bus_that_comes_back_is_used(story: Story) -> None:
    bus = bus_daemon(story)
    story.start_daemon()
    story.notifier.start()
    story.until(lambda: story.way.capabilities.buttons)
    bus.kill()
    bus.wait()
    story.until(lambda: not story.way.available)
    story.notifier.show([PRINTER])
    assert story.told.all == [("shown", "n1", "in the window")]
    story.desktop.start_bus()
    story.start_daemon()
    story.until(lambda: story.notifier.way == "dbus")
    watch = story.desktop.watch()
    story.notifier.show([replace(PRINTER, id="n2", show=Show.REPLACE)])
    story.until(lambda: story.told.all[-1] == ("shown", "n2", "dbus"))
    assert story.window.live == ()
    assert watch.wait_for(lambda seen: True).summary == "Printer on floor 3"


def test_how_long_a_notice_takes_to_the_bus(story: Story, capsys: pytest.CaptureFixture[str]) -> None:
    story.start_daemon()
    story.notifier.start()
    story.until(lambda: story.way.capabilities.buttons)
    took: list[float] = []
    for number in range(20):
        notice = replace(PRINTER, id=f"t{number}", ticket=TicketId(str(number)))
        called = time.monotonic()
        story.notifier.show([notice])
        story.until(lambda wanted=number: len(story.watch.notifications) > wanted)  # type: ignore[misc]
        took.append((story.watch.notifications[-1].clock - called) * 1000)
    assert len(story.watch.notifications) == 20
    with capsys.disabled():
        median, longest = statistics.median(took), max(took)
        print(f"\nnotice → Notify on the bus: median {median:.1f} ms, longest {longest:.1f} ms")  # noqa: T201


def bus_daemon(story: Story) -> "subprocess.Popen[bytes]":
    """Give the process that is the session bus."""
    commands = {process.pid: Path(f"/proc/{process.pid}/cmdline") for process in story.desktop.processes}
    return next(
        process for process in story.desktop.processes if b"dbus-daemon" in commands[process.pid].read_bytes()
    )
