"""The connection itself: nothing is lost when the other side is slow, and it ends when that is no use."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from jeepney import Message
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tracker.ui.bus.bus_socket import MAX_UNSENT, BusSocket

HELLO = b"OK 0123456789abcdef0123456789abcdef\r\n"


class Heard:
    """Keeps what the connection tells."""

    def __init__(self) -> None:
        self.is_connected = False
        self.why = ""

    def connected(self) -> None:
        self.is_connected = True

    def received(self, message: Message) -> None:
        raise AssertionError(message)

    def broken(self, why: str) -> None:
        self.why = why


class SlowBus:
    """Lets anybody in, and reads on only when `go_on` is set."""

    def __init__(self, path: Path) -> None:
        self.go_on = threading.Event()
        self.read = bytearray()
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(path))
        self._listening.listen()
        self.peer: socket.socket | None = None
        self._thread = threading.Thread(target=self._serve, name="slow-bus", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self.go_on.set()
        for each in (self._listening, self.peer):
            if each is not None:
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
                each.close()
        self._thread.join(5)

    def _serve(self) -> None:
        with suppress(OSError):
            self.peer, _address = self._listening.accept()
            self.peer.recv(4_096)
            self.peer.sendall(HELLO)
            self.go_on.wait()
            while data := self.peer.recv(65_536):
                self.read += data


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[SlowBus]:
    bus = SlowBus(tmp_path / "bus")
    yield bus
    bus.close()


@pytest.fixture
def ours(slow: SlowBus, tmp_path: Path, qtbot: QtBot) -> Iterator[tuple[BusSocket, Heard]]:
    heard, parent = Heard(), QObject()
    made = BusSocket(heard, parent)
    made.open(str(tmp_path / "bus"))
    qtbot.waitUntil(lambda: heard.is_connected)
    yield made, heard
    made.close()


def test_what_a_slow_bus_does_not_take_at_once_follows_whole_and_in_order(
    ours: tuple[BusSocket, Heard], slow: SlowBus, qtbot: QtBot
) -> None:
    connection, heard = ours
    sent = b"".join(number.to_bytes(4, "big") for number in range(500_000))
    for start in range(0, len(sent), 100_000):
        connection.send(sent[start : start + 100_000])
    slow.go_on.set()
    qtbot.waitUntil(lambda: len(slow.read) >= len(sent), timeout=15_000)
    assert slow.read == b"BEGIN\r\n" + sent
    assert heard.why == ""


def test_a_bus_that_takes_nothing_is_given_up(
    ours: tuple[BusSocket, Heard], slow: SlowBus, qtbot: QtBot
) -> None:
    connection, heard = ours
    connection.send(b"x" * MAX_UNSENT)
    connection.send(b"x" * MAX_UNSENT)
    assert heard.why == ""  # never from inside the call
    qtbot.waitUntil(lambda: heard.why == "The session bus takes nothing any more.")
    connection.send(b"too late, and harmless")


def test_a_bus_that_ends_while_we_write_is_noticed(
    ours: tuple[BusSocket, Heard], slow: SlowBus, qtbot: QtBot
) -> None:
    connection, heard = ours
    assert slow.peer is not None
    slow.peer.close()
    connection.send(b"x" * 10)
    assert heard.why == ""
    qtbot.waitUntil(lambda: heard.why.startswith("The session bus"))


def test_where_nobody_listens_it_is_said_at_once(tmp_path: Path, qtbot: QtBot) -> None:
    heard, parent = Heard(), QObject()
    with pytest.raises(OSError, match="No such file"):
        BusSocket(heard, parent).open(str(tmp_path / "none"))
    assert heard.why == ""
