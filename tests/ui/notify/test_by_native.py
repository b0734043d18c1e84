"""The system's notification centre: our half with a double, desktop-notifier itself on a real daemon.

What Windows and macOS make of it has not been seen; the library speaks to dunst here, which proves that we
use it as it wants to be used, no more.
"""

from collections.abc import Iterator
from typing import Literal

import pytest
from anyio.from_thread import start_blocking_portal
from pytestqt.qtbot import QtBot

from tests.rigs.desktop import Desktop
from tests.rigs.toasts import write_toast_settings
from tests.ui.notify.listener import Listener
from tests.ui.notify.loop import LoopThread
from tracker.ui.notify.by_native import ByNative, Center, identifier_of, open_native
from tracker.ui.notify.native_center import Heard
from tracker.ui.notify.ways import Toast, ToastButton, Urgency

PRINTER = Toast("request:4711", "Printer", "Fixed.\nDoes it work?", (ToastButton("works", "It works"),))
NUMBER = identifier_of(PRINTER.key)


class FakeCenter:
    """Keeps what it is given; takes it or not, or breaks."""

    def __init__(self, outcome: bool | Exception = True) -> None:
        self.outcome = outcome
        self.posted: list[tuple[str, Toast]] = []
        self.removed: list[str] = []
        self.heard: Heard | None = None

    async def open_it(self, heard: Heard) -> Center:
        self.heard = heard
        return self

    async def post(self, toast: Toast, identifier: str) -> bool:
        self.posted.append((identifier, toast))
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome

    async def remove(self, identifier: str) -> None:
        self.removed.append(identifier)


@pytest.fixture
def loop(qtbot: QtBot) -> Iterator[LoopThread]:
    with start_blocking_portal() as portal:
        yield LoopThread(portal)


def started(loop: LoopThread, center: FakeCenter) -> tuple[ByNative, Listener]:
    way, heard = ByNative(loop, center.open_it), Listener()
    way.start(heard)
    return way, heard


def test_a_toast_waits_for_the_centre_and_is_shown(loop: LoopThread, qtbot: QtBot) -> None:
    center = FakeCenter()
    way, heard = started(loop, center)
    assert way.available
    way.show(PRINTER)
    qtbot.waitUntil(lambda: heard.reports == [("shown", PRINTER.key)])
    assert center.posted == [(NUMBER, PRINTER)]


def test_one_request_has_one_short_name_for_ever() -> None:
    assert identifier_of("request:4711") == identifier_of("request:4711") != identifier_of("request:4712")
    assert len(identifier_of("x" * 10_000)) <= 64


@pytest.mark.parametrize("outcome", [False, OSError("the centre is closed")])
def test_what_the_system_does_not_take_has_failed(
    loop: LoopThread, qtbot: QtBot, outcome: bool | Exception
) -> None:
    way, heard = started(loop, FakeCenter(outcome))
    way.show(PRINTER)
    qtbot.waitUntil(lambda: heard.reports == [("failed", PRINTER.key)])
    assert way.available


def test_without_a_centre_the_way_is_closed(loop: LoopThread, qtbot: QtBot) -> None:
    async def no_library(_heard: Heard) -> Center:
        raise ImportError("No module named 'desktop_notifier'")

    way, heard = ByNative(loop, no_library), Listener()
    way.start(heard)
    way.show(PRINTER)
    qtbot.waitUntil(lambda: heard.reports == [("failed", PRINTER.key)])
    assert not way.available
    way.show(PRINTER)
    assert len(heard.reports) == 2


def test_clicks_buttons_and_closing_come_over_to_this_thread(loop: LoopThread, qtbot: QtBot) -> None:
    center = FakeCenter()
    way, heard = started(loop, center)
    way.show(PRINTER)
    qtbot.waitUntil(lambda: bool(heard.reports))

    async def meddle() -> None:
        assert center.heard is not None
        center.heard("clicked", NUMBER)
        center.heard("pressed", NUMBER, "works")
        center.heard("dismissed", NUMBER)
        center.heard("clicked", "somebody else's")

    loop(meddle, lambda _done: None)
    qtbot.waitUntil(lambda: len(heard.reports) == 4)
    assert heard.reports[1:] == [
        ("clicked", PRINTER.key),
        ("pressed", PRINTER.key, "works"),
        ("closed", PRINTER.key, "dismissed"),
    ]


def test_reading_and_stopping_take_toasts_away(loop: LoopThread, qtbot: QtBot) -> None:
    center = FakeCenter()
    way, heard = started(loop, center)
    way.show(PRINTER)
    qtbot.waitUntil(lambda: bool(heard.reports))
    way.withdraw(PRINTER.key)
    qtbot.waitUntil(lambda: center.removed == [NUMBER])
    way.stop()
    qtbot.waitUntil(lambda: center.removed == [NUMBER, NUMBER])


@pytest.mark.desktop
@pytest.mark.parametrize("kind", ["dunst", "xfce4-notifyd"])
def test_the_library_is_used_as_it_wants_to_be(
    loop: LoopThread,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    kind: Literal["dunst", "xfce4-notifyd"],
) -> None:
    with Desktop(wm="openbox") as desktop:
        write_toast_settings(desktop)
        desktop.start_notifier(kind)
        watch = desktop.watch()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", desktop.env["DBUS_SESSION_BUS_ADDRESS"])
        way, heard = ByNative(loop, open_native("Tracker", None)), Listener()
        way.start(heard)
        way.show(PRINTER)
        qtbot.waitUntil(lambda: heard.reports == [("shown", PRINTER.key)], timeout=15_000)
        seen = watch.wait_for(lambda seen: True)
        assert (seen.app, seen.summary, seen.body) == ("Tracker", "Printer", PRINTER.body)
        assert seen.hints["urgency"] == Urgency.NORMAL
        desktop.press(watch, seen.id or 0, "works")
        qtbot.waitUntil(lambda: ("pressed", PRINTER.key, "works") in heard.reports)
        way.show(Toast("request:4712", "Laptop", "Received."))
        second = watch.wait_for(lambda seen: seen.summary == "Laptop")
        qtbot.waitUntil(lambda: ("shown", "request:4712") in heard.reports)
        way.withdraw("request:4712")
        watch.wait_for(lambda seen: seen.id == second.id and seen.closed == 3)
