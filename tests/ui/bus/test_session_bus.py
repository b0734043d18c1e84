"""The session bus: there, missing, frozen, lost, back again, or no bus at all."""

import os
import signal
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jeepney import DBusAddress, MatchRule, new_method_call, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection
from pytestqt.qtbot import QtBot

from tests.rigs.desktop import Desktop
from tests.ui.bus.rude_bus import RudeBus
from tracker.ui.bus.bus_calls import LOST, TIMED_OUT, Answer, BusError
from tracker.ui.bus.session_bus import Heard, SessionBus, bus_address

NAME = "org.example.Printer"


class Scene:
    """A bus of our own, no display, and our connection to it, not opened yet."""

    def __init__(self, desktop: Desktop, qtbot: QtBot) -> None:
        self.desktop = desktop
        self._qtbot = qtbot
        self.address = desktop.env["DBUS_SESSION_BUS_ADDRESS"]
        self.bus = SessionBus(address=lambda: self.address)
        self.lost: list[str] = []
        self.bus.lost.connect(self.lost.append)

    @property
    def daemon(self) -> int:
        return self.desktop.processes[-1].pid

    def until(self, condition: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(condition, timeout=15_000)

    def open(self) -> SessionBus:
        self.bus.open()
        self.until(lambda: self.bus.is_open)
        return self.bus


@pytest.fixture
def scene(qtbot: QtBot) -> Iterator[Scene]:
    with Desktop(display=False) as desktop:
        made = Scene(desktop, qtbot)
        yield made
        made.bus.close()


@pytest.mark.desktop
def test_a_question_is_answered(scene: Scene) -> None:
    answers: list[Answer] = []
    scene.open().call(message_bus.NameHasOwner("org.freedesktop.DBus"), answers.append)
    assert answers == []
    scene.until(lambda: bool(answers))
    assert answers == [(True,)]


@pytest.mark.desktop
def test_a_refusal_is_an_answer(scene: Scene) -> None:
    answers: list[Answer] = []
    scene.open().call(message_bus.GetNameOwner("org.example.Nobody"), answers.append)
    scene.until(lambda: bool(answers))
    assert isinstance(answers[0], BusError)
    assert answers[0].name == "org.freedesktop.DBus.Error.NameHasNoOwner"


@pytest.mark.desktop
def test_a_call_without_a_bus_is_answered_too_but_not_from_inside(scene: Scene) -> None:
    answers: list[Answer] = []
    scene.bus.call(message_bus.ListNames(), answers.append)
    assert answers == []
    scene.until(lambda: bool(answers))
    assert isinstance(answers[0], BusError)
    assert answers[0].name == LOST


@pytest.mark.desktop
def test_who_is_silent_is_not_waited_for_but_heard_later(scene: Scene) -> None:
    bus = scene.open()
    answers: list[Answer] = []
    late: list[Answer] = []
    with open_dbus_connection(scene.address) as other:
        other.send_and_get_reply(message_bus.RequestName(NAME), timeout=5)
        question = new_method_call(DBusAddress("/", bus_name=NAME, interface=NAME), "Ask")
        bus.call(question, answers.append, limit=50, late=late.append)
        scene.until(lambda: bool(answers))
        assert isinstance(answers[0], BusError)
        assert answers[0].name == TIMED_OUT
        assert late == []
    # The other side has gone: the bus itself answers in its place.
    scene.until(lambda: bool(late))
    assert isinstance(late[0], BusError)
    assert len(answers) == 1


@pytest.mark.desktop
def test_signals_that_fit_are_heard_with_their_sender(scene: Scene) -> None:
    heard: list[Heard] = []
    bus = scene.open()
    bus.listen(MatchRule(type="signal", interface=NAME, path="/paper"), heard.append)
    with open_dbus_connection(scene.address) as other:

        def jammed() -> bool:
            other.send(new_signal(DBusAddress("/tray", interface=NAME), "Jam", "s", ("no",)))
            other.send(new_signal(DBusAddress("/paper", interface=NAME), "Jam", "s", ("yes",)))
            return bool(heard)

        scene.until(jammed)
        assert heard[0] == Heard(str(other.unique_name), "Jam", ("yes",))
    assert {one.body for one in heard} == {("yes",)}


@pytest.mark.desktop
def test_the_owner_of_a_name_is_followed(scene: Scene) -> None:
    owners: list[str] = []
    bus = scene.open()
    bus.follow(NAME, owners.append)
    scene.until(lambda: owners == [""])
    with open_dbus_connection(scene.address) as other:
        other.send_and_get_reply(message_bus.RequestName(NAME), timeout=5)
        scene.until(lambda: owners == ["", str(other.unique_name)])
        second: list[str] = []
        bus.follow(NAME, second.append)
        assert second == [other.unique_name]
    scene.until(lambda: owners[-1] == "" and second[-1] == "")


@pytest.mark.desktop
def test_a_bus_that_ends_answers_everything_and_is_found_again_when_it_is_back(scene: Scene) -> None:
    answers: list[Answer] = []
    owners: list[str] = []
    heard: list[Heard] = []
    bus = scene.open()
    bus.follow("org.freedesktop.DBus", owners.append)
    bus.listen(MatchRule(type="signal", interface=NAME), heard.append)
    scene.until(lambda: owners == ["org.freedesktop.DBus"])
    os.kill(scene.daemon, signal.SIGSTOP)
    bus.call(message_bus.ListNames(), answers.append)
    os.kill(scene.daemon, signal.SIGKILL)
    scene.until(lambda: bool(answers) and bool(scene.lost))
    assert isinstance(answers[0], BusError)
    assert answers[0].name == LOST
    assert owners[-1] == ""
    assert not bus.is_open
    scene.desktop.start_bus()
    scene.until(lambda: bus.is_open)
    scene.until(lambda: owners[-1] == "org.freedesktop.DBus")
    with open_dbus_connection(scene.address) as other:

        def said() -> bool:
            other.send(new_signal(DBusAddress("/", interface=NAME), "Back"))
            return bool(heard)

        scene.until(said)


@pytest.mark.desktop
def test_a_bus_that_comes_after_us_is_noticed(scene: Scene) -> None:
    scene.desktop.end(scene.desktop.processes.pop())
    scene.bus.open()
    scene.until(lambda: bool(scene.lost))
    assert not scene.bus.is_open
    scene.desktop.start_bus()
    scene.until(lambda: scene.bus.is_open)


@pytest.mark.desktop
def test_a_frozen_bus_holds_nothing_up_and_is_given_up_after_a_while(scene: Scene) -> None:
    os.kill(scene.daemon, signal.SIGSTOP)
    scene.bus.open()
    assert scene.bus.is_opening  # it returned, though nobody answers
    scene.until(lambda: scene.lost == ["The session bus does not answer."])
    os.kill(scene.daemon, signal.SIGCONT)
    scene.open()


@pytest.mark.desktop
def test_a_bus_that_freezes_later_leaves_calls_to_their_limits(scene: Scene) -> None:
    answers: list[Answer] = []
    bus = scene.open()
    os.kill(scene.daemon, signal.SIGSTOP)
    bus.call(message_bus.ListNames(), answers.append, limit=100)
    scene.until(lambda: bool(answers))
    assert isinstance(answers[0], BusError)
    assert answers[0].name == TIMED_OUT
    os.kill(scene.daemon, signal.SIGCONT)
    bus.call(message_bus.NameHasOwner("org.freedesktop.DBus"), answers.append)
    scene.until(lambda: answers[1:] == [(True,)])


@pytest.mark.parametrize("address", ["", "unix:path=/nowhere/bus", "tcp:host=localhost,port=1", "nonsense"])
def test_without_a_usable_bus_it_is_said_and_nothing_waits(qtbot: QtBot, address: str) -> None:
    bus = SessionBus(address=lambda: address)
    lost: list[str] = []
    bus.lost.connect(lost.append)
    bus.open()
    assert lost == []
    qtbot.waitUntil(lambda: bool(lost))
    assert lost[0].startswith("There is no session bus")
    assert not bus.is_open
    bus.close()


HELLO = b"OK 0123456789abcdef0123456789abcdef\r\n"


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ([b"REJECTED DBUS_COOKIE_SHA1\r\n"], "does not let us in"),
        ([b"x" * 9_000], "does not let us in"),
        ([b""], "has ended"),
        ([HELLO, b"\x00" * 64], "what is no message"),
        ([HELLO, b"l\x02\x01\x01" + struct.pack("<III", 0x7FFFFFFF, 1, 0)], "too big"),
        ([HELLO, b""], "has ended"),
        ([HELLO], "does not answer"),
    ],
)
def test_what_is_no_bus_is_left_alone(qtbot: QtBot, tmp_path: Path, answers: list[bytes], why: str) -> None:
    rude = RudeBus(tmp_path, answers)
    bus = SessionBus(address=lambda: rude.address)
    lost: list[str] = []
    bus.lost.connect(lost.append)
    bus.open()
    qtbot.waitUntil(lambda: bool(lost))
    assert why in lost[0]
    bus.close()
    rude.close()


def test_the_usual_place_of_the_bus_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    assert bus_address() == ""
    rude = RudeBus(tmp_path, [])
    (tmp_path / "rude").rename(tmp_path / "bus")
    assert bus_address() == f"unix:path={tmp_path / 'bus'}"
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/elsewhere")
    assert bus_address() == "unix:path=/elsewhere"
    rude.close()
