"""plyer, the way without an answer: it must neither block, nor pretend, nor take options from a subject."""

import threading
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from tests.rigs.desktop import Desktop
from tests.ui.notify.listener import Listener
from tracker.ui.notify.by_plyer import AT_ONCE, ByPlyer, Tell
from tracker.ui.notify.ways import Toast

PRINTER = Toast("4711", "Printer", "We think it is fixed.\nDoes it work?")


class Tale:
    """Stands in for plyer: keeps what it is told, and may hang or break."""

    def __init__(self, *, error: Exception | None = None, hang: threading.Event | None = None) -> None:
        self.told: list[tuple[str, str, str]] = []
        self._error = error
        self._hang = hang

    def __call__(self, *, title: str, message: str, app_name: str) -> None:
        self.told.append((title, message, app_name))
        if self._hang is not None:
            self._hang.wait(10)
        if self._error is not None:
            raise self._error


@pytest.fixture
def way(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Callable[[Tell], tuple[ByPlyer, Listener]]:
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")

    def make(tell: Tell) -> tuple[ByPlyer, Listener]:
        made, heard = ByPlyer("Tracker", tell=tell, limit=300), Listener()
        made.start(heard)
        return made, heard

    return make


Make = Callable[[Tell], tuple[ByPlyer, Listener]]


def test_it_says_that_it_cannot_be_sure(way: Make) -> None:
    made, _heard = way(Tale())
    assert made.available
    assert not made.capabilities.certain
    assert not made.capabilities.click


def test_a_toast_is_told_off_this_thread(way: Make, qtbot: QtBot) -> None:
    tale = Tale()
    made, heard = way(tale)
    made.show(PRINTER)
    qtbot.waitUntil(lambda: heard.reports == [("shown", "4711")])
    assert tale.told == [("Printer", PRINTER.body, "Tracker")]


def test_what_plyer_raises_is_a_failure_and_nothing_worse(way: Make, qtbot: QtBot) -> None:
    made, heard = way(Tale(error=NotImplementedError("No usable implementation found!")))
    made.show(PRINTER)
    qtbot.waitUntil(lambda: heard.reports == [("failed", "4711")])


def test_one_that_hangs_is_given_up_and_too_many_are_not_started(way: Make, qtbot: QtBot) -> None:
    hang = threading.Event()
    made, heard = way(Tale(hang=hang))
    for number in range(AT_ONCE):
        made.show(Toast(str(number), "Printer", ""))
    assert not made.available
    qtbot.waitUntil(lambda: len(heard.reports) == AT_ONCE)
    assert {what for what, *_rest in heard.reports} == {"failed"}
    hang.set()  # what they say now is too late
    made.show(PRINTER)
    qtbot.waitUntil(lambda: heard.reports[-1] == ("shown", "4711"))
    assert len(heard.reports) == AT_ONCE + 1


def test_a_subject_cannot_be_an_option_and_stays_in_the_room_there_is(way: Make, qtbot: QtBot) -> None:
    tale = Tale()
    made, heard = way(tale)
    made.show(Toast("4711", "--hint=" + "x" * 500, "-" * 500))
    qtbot.waitUntil(lambda: bool(heard.reports))
    title, message, _app = tale.told[0]
    assert title.startswith(" --hint=")
    assert message.startswith(" -")
    assert (len(title), len(message)) == (64, 256)


def test_it_is_not_tried_where_it_is_known_to_be_of_no_use(qtbot: QtBot) -> None:
    assert not ByPlyer("Tracker", hopeless=lambda: True).available


def test_without_notify_send_there_is_nothing_to_try(way: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    made, _heard = way(Tale())
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.setattr("sys.platform", "linux")
    assert not made.available
    monkeypatch.setattr("sys.platform", "win32")
    assert made.available


def test_after_stopping_nothing_is_reported(way: Make, qtbot: QtBot) -> None:
    hang = threading.Event()
    tale = Tale(hang=hang)
    made, heard = way(tale)
    made.show(PRINTER)
    made.stop()
    qtbot.waitUntil(lambda: bool(tale.told))
    hang.set()
    qtbot.wait(50)
    assert heard.reports == []


@pytest.mark.desktop
def test_the_real_plyer_reaches_a_real_daemon(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Warnings are errors here: plyer's own about dbus-python must not become one."""
    with Desktop(notifier="dunst") as desktop:
        watch = desktop.watch()
        for name in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
            monkeypatch.setenv(name, desktop.env[name])
        made, heard = ByPlyer("Tracker"), Listener()
        made.start(heard)
        made.show(Toast("4711", "--help", PRINTER.body))
        qtbot.waitUntil(lambda: heard.reports == [("shown", "4711")], timeout=15_000)
        seen = watch.wait_for(lambda seen: True)
    assert (seen.app, seen.summary, seen.body) == ("Tracker", " --help", PRINTER.body)
