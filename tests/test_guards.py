"""The guards under every test do catch what they are there for."""

import logging
import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import guards

ELSEWHERE = ("192.0.2.1", 9)  # TEST-NET-1, RFC 5737


@pytest.fixture
def guard() -> guards.OnlyLoopback:
    return guards.OnlyLoopback()


@pytest.fixture
def guarded(guard: guards.OnlyLoopback, monkeypatch: pytest.MonkeyPatch) -> guards.OnlyLoopback:
    guard.put_up(monkeypatch.setattr)
    return guard


@pytest.mark.parametrize("call", [socket.socket.connect, socket.socket.connect_ex])
def test_a_connection_to_elsewhere_is_refused_and_remembered(
    guarded: guards.OnlyLoopback, call: Callable[..., object]
) -> None:
    with socket.socket() as sock, pytest.raises(OSError, match="only use loopback"):
        getattr(sock, call.__name__)(ELSEWHERE)
    assert guarded.refused == [f"connection to {ELSEWHERE!r}"]


def test_a_datagram_to_elsewhere_is_refused(guarded: guards.OnlyLoopback) -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as sock, pytest.raises(OSError, match="only use loopback"):
        sock.sendto(b"hello", ELSEWHERE)
    assert guarded.refused


def test_looking_up_a_real_name_is_refused_and_remembered(guarded: guards.OnlyLoopback) -> None:
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("www.iana.org", 443)
    assert guarded.refused == ["look-up of 'www.iana.org'"]


def test_a_name_that_cannot_exist_is_simply_unknown(guarded: guards.OnlyLoopback) -> None:
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("desk.invalid", 443)
    assert guarded.refused == []


def test_loopback_and_local_sockets_stay_open(guarded: guards.OnlyLoopback, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1])).close()
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(str(tmp_path / "s"))
        server.listen()
        client.connect(str(tmp_path / "s"))
    assert guarded.refused == []


def test_an_unexpected_warning_is_a_complaint() -> None:
    watch = guards.LogWatch()
    watch.emit(logging.LogRecord("tracker", logging.WARNING, "", 0, "The disk is %s", ("full",), None))
    assert watch.complaints() == ["unexpected log line: tracker: WARNING: The disk is full"]
    watch.expect("disk is full")
    assert watch.complaints() == []


def test_a_warning_that_never_came_is_a_complaint() -> None:
    watch = guards.LogWatch()
    watch.expect("disk is full")
    assert watch.complaints() == ["expected in the log, but not said: disk is full"]


@pytest.mark.expected_logs("nearly full")
def test_the_marker_and_the_fixture_both_say_what_is_expected(expected_logs: Callable[..., None]) -> None:
    expected_logs("quite full")
    logging.getLogger("tracker").warning("The disk is nearly full")
    logging.getLogger("tracker").error("The disk is quite full")


def test_a_thread_that_goes_on_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "THREADS_END_WITHIN", 0.05)
    before, stop = set(threading.enumerate()), threading.Event()
    thread = threading.Thread(target=stop.wait, name="goes-on")
    thread.start()
    try:
        assert guards.threads_left(before) == ["goes-on"]
    finally:
        stop.set()
        thread.join()
    assert guards.threads_left(before) == []


def test_the_home_folder_is_empty_and_not_the_persons(home: Path) -> None:
    assert Path.home() == home
    assert {entry.name for entry in home.iterdir()} == {"run"}
    assert all(Path(os.environ[name]).is_relative_to(home) for name in os.environ if name.startswith("XDG_"))


def test_tests_that_share_a_live_server_stay_in_one_process(request: pytest.FixtureRequest) -> None:
    """pytest-xdist goes by the ends of these names, and says nothing when they are missing."""
    split = hasattr(request.config, "workerinput")
    named = {item.nodeid: guards.group_of(item) for item in request.session.items}
    apart = [name for name, group in named.items() if group and name.endswith(f"@{group}") != split]
    assert apart == []
