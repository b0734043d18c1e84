"""A command beside the running program: its line arrives, the answer comes whole."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from anyio import sleep_forever
from anyio.from_thread import BlockingPortal, start_blocking_portal

from tests.rigs.disk_fixtures import ordinary_user
from tests.rigs.unprivileged import ROOT, OrdinaryUser
from tracker.host.errors import HandoverBroken, ProfileBusy
from tracker.host.handover import ask, serve
from tracker.host.handover_line import LONGEST_LINE, Handle
from tracker.host.virtual_desktop import wait_until

__all__ = ["ordinary_user"]

# Serves like the tray program would, in a process that can be killed.
SERVER = """
import sys, anyio
from tracker.host.handover import serve
async def handle(line):
    yield b"first"
    await anyio.sleep_forever()
anyio.run(serve, sys.argv[1], handle)
"""


@pytest.fixture
def address(home: Path) -> str:
    return str(home / "run" / "s.sock")


@contextmanager
def served(address: str, handle: Handle) -> Iterator[BlockingPortal]:
    with start_blocking_portal() as portal:
        serving = portal.start_task_soon(serve, address, handle)
        wait_until(lambda: os.path.exists(address), what="the socket")
        yield portal
        serving.cancel()


async def echo(line: bytes) -> AsyncGenerator[bytes, None]:
    yield b"got " + line
    yield b'{"done": true}'


def test_a_line_goes_over_and_the_answer_comes_back(address: str) -> None:
    with served(address, echo):
        assert list(ask(address, b"list")) == [b"got list", b'{"done": true}']
        assert next(ask(address, "neu: Gerät".encode())) == "got neu: Gerät".encode()
        assert os.stat(address).st_mode & 0o777 == 0o600
    assert not os.path.exists(address)


def test_many_ask_at_the_same_time(address: str) -> None:
    said: list[list[bytes]] = []
    with served(address, echo):
        askers = [
            threading.Thread(target=lambda n=n: said.append(list(ask(address, b"%d" % n)))) for n in range(40)
        ]
        for asker in askers:
            asker.start()
        for asker in askers:
            asker.join()
    assert sorted(lines[0] for lines in said) == sorted(b"got %d" % n for n in range(40))


def test_a_long_letter_fits_and_an_endless_one_is_refused(address: str) -> None:
    letter = b"x" * (LONGEST_LINE - 10)
    with served(address, echo):
        assert next(ask(address, letter)) == b"got " + letter
        with pytest.raises(HandoverBroken):
            list(ask(address, b"x" * (LONGEST_LINE + 10)))
        assert list(ask(address, b"still there"))


def test_lines_come_as_they_are_said(address: str) -> None:
    async def slowly(_line: bytes) -> AsyncGenerator[bytes, None]:
        yield b"first"
        await sleep_forever()

    with served(address, slowly):
        answer = ask(address, b"watch", silence=None)
        assert next(answer) == b"first"
        answer.close()


def test_an_asker_who_goes_away_ends_the_answer(address: str) -> None:
    gone = threading.Event()

    async def slowly(_line: bytes) -> AsyncGenerator[bytes, None]:
        try:
            yield b"first"
            await sleep_forever()
        finally:
            gone.set()

    with served(address, slowly):
        answer = ask(address, b"watch")
        next(answer)
        answer.close()
        assert gone.wait(10)
        assert next(ask(address, b"again")) == b"first"


def test_an_asker_who_says_nothing_harms_nobody(address: str) -> None:
    with (
        served(address, echo),
        socket.socket(socket.AF_UNIX) as silent,
        socket.socket(socket.AF_UNIX) as half,
    ):
        silent.connect(address)
        half.connect(address)
        half.sendall(b"no end")
        half.close()
        assert list(ask(address, b"list"))


@pytest.mark.expected_logs("could not be answered")
def test_a_question_that_breaks_is_seen_as_broken_and_the_next_is_answered(address: str) -> None:
    async def breaks(line: bytes) -> AsyncGenerator[bytes, None]:
        yield b"first"
        if line == b"bad":
            raise ValueError("boom")

    with served(address, breaks):
        with pytest.raises(HandoverBroken, match="stopped before it had answered"):
            list(ask(address, b"bad"))
        assert list(ask(address, b"good")) == [b"first"]


@pytest.mark.expected_logs("could not be answered")
@pytest.mark.parametrize("line", [b"", b"two\nlines"])
def test_an_answer_must_be_lines(address: str, line: bytes) -> None:
    async def wrong(_line: bytes) -> AsyncGenerator[bytes, None]:
        yield line

    with served(address, wrong), pytest.raises(HandoverBroken):
        list(ask(address, b"list"))


def test_a_program_that_does_not_answer_is_said(address: str) -> None:
    async def hangs(_line: bytes) -> AsyncGenerator[bytes, None]:
        await sleep_forever()
        yield b""

    with served(address, hangs), pytest.raises(ProfileBusy, match="it does not answer"):
        list(ask(address, b"list", silence=0.2))


def test_a_program_that_is_still_starting_is_waited_for(address: str) -> None:
    said: list[bytes] = []
    asker = threading.Thread(target=lambda: said.extend(ask(address, b"early", patience=30)))
    asker.start()
    with served(address, echo):
        asker.join()
    assert said[0] == b"got early"


def test_nobody_there_is_said(address: str) -> None:
    with pytest.raises(ProfileBusy, match="can't be reached"):
        list(ask(address, b"list", patience=0.1))


def test_a_program_killed_while_answering_is_said_and_its_socket_replaced(address: str) -> None:
    holder = subprocess.Popen([sys.executable, "-c", SERVER, address], cwd=ROOT)
    try:
        answer = ask(address, b"watch", patience=30)
        assert next(answer) == b"first"
    finally:
        holder.kill()
        holder.wait()
    with pytest.raises(HandoverBroken):
        next(answer)
    assert os.path.exists(address), "a killed program leaves its socket"
    with pytest.raises(ProfileBusy):
        list(ask(address, b"list", patience=0.1))
    with start_blocking_portal() as portal:
        serving = portal.start_task_soon(serve, address, echo)
        assert next(ask(address, b"list", patience=30)) == b"got list"
        serving.cancel()


def a_stranger_is_not_answered(address: str) -> None:
    with pytest.raises((ProfileBusy, HandoverBroken)):
        list(ask(address, b"list", patience=0.2))


@pytest.mark.expected_logs("Somebody else tried to use this profile's socket")
def test_another_person_gets_nothing_even_through_an_open_door(ordinary_user: OrdinaryUser) -> None:
    """The socket's own rights keep others out; here they are opened, so that only the check is left."""

    async def tells(_line: bytes) -> AsyncGenerator[bytes, None]:
        yield b"private"

    address = str(ordinary_user.folder / "s.sock")
    ordinary_user.folder.chmod(0o777)
    with served(address, tells):
        os.chmod(address, 0o777)  # noqa: S103 - on purpose
        ordinary_user.run(knocks_anyway, address)


def knocks_anyway(address: str) -> None:
    with socket.socket(socket.AF_UNIX) as knocking:
        knocking.connect(address)
        with suppress(ConnectionError):  # it may close the door before we have spoken
            knocking.sendall(b"list\n")
            assert knocking.recv(100) == b""
    a_stranger_is_not_answered(address)
