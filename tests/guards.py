"""What every test must leave as it found it: no outside network, no unexpected log lines, no threads."""

from __future__ import annotations

import ipaddress
import logging
import re
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

# Names that no DNS server knows (RFC 6761): a test may ask for them to see what the program says.
UNKNOWN_NAMES = (".invalid", ".test", ".example")
THREADS_END_WITHIN = 5.0

# Tests that share a live server or a desktop run in one process of pytest-xdist; the first mark found counts.
GROUPS = ("installers", "rt", "matrix", "openid", "stories", "desktop", "browser")

Address = Any  # what socket.connect takes: a tuple, a path or bytes


def group_of(item: pytest.Item) -> str:
    """Give the name of the group of tests that share a process with this one; nothing for a free one."""
    return next((mark for mark in GROUPS if item.get_closest_marker(mark)), "")


class OnlyLoopback:
    """Refuses every connection and name look-up that would leave this machine, and remembers them."""

    def __init__(self) -> None:
        self.refused: list[str] = []
        self._connect = socket.socket.connect
        self._connect_ex = socket.socket.connect_ex
        self._sendto = socket.socket.sendto
        self._getaddrinfo = socket.getaddrinfo

    def put_up(self, replace: Callable[[object, str, object], None]) -> None:
        """Put the guarded calls in place of Python's own, with `replace(owner, name, value)`."""
        guard = self

        def connect(sock: socket.socket, address: Address) -> None:
            guard._check(sock, address)
            guard._connect(sock, address)

        def connect_ex(sock: socket.socket, address: Address) -> int:
            guard._check(sock, address)
            return guard._connect_ex(sock, address)

        def sendto(sock: socket.socket, data: bytes, *rest: Any) -> int:
            guard._check(sock, rest[-1])
            return guard._sendto(sock, data, *rest)

        def getaddrinfo(host: Any, *rest: Any, **named: Any) -> Any:
            guard._check_name(host)
            return guard._getaddrinfo(host, *rest, **named)

        replace(socket.socket, "connect", connect)
        replace(socket.socket, "connect_ex", connect_ex)
        replace(socket.socket, "sendto", sendto)
        replace(socket, "getaddrinfo", getaddrinfo)

    def _check(self, sock: socket.socket, address: Address) -> None:
        if sock.family in (socket.AF_INET, socket.AF_INET6) and not is_loopback(address[0]):
            self.refused.append(f"connection to {address!r}")
            raise OSError(101, "Tests may only use loopback")

    def _check_name(self, host: Any) -> None:
        name = host.decode() if isinstance(host, bytes) else host
        if not name or is_loopback(name):
            return
        if not name.rstrip(".").endswith(UNKNOWN_NAMES):
            self.refused.append(f"look-up of {name!r}")
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def is_loopback(host: str) -> bool:
    """Tell whether this name or address stays on this machine; the unspecified address does, too."""
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


class LogWatch(logging.Handler):
    """Collects what is logged as a warning or worse; a test says which of it is meant."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._said: list[str] = []
        self._expected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line; never raises, as logging asks."""
        self._said.append(f"{record.name}: {record.levelname}: {record.getMessage()}")

    def expect(self, *patterns: str) -> None:
        """Say which lines (regular expressions, searched) must be logged in this test."""
        self._expected.extend(patterns)

    def complaints(self) -> list[str]:
        """List lines nobody expected, and expectations that nothing met."""
        surprises = [f"unexpected log line: {line}" for line in self._said if not self._meant(line)]
        unmet = [
            f"expected in the log, but not said: {pattern}"
            for pattern in self._expected
            if not any(re.search(pattern, line) for line in self._said)
        ]
        return surprises + unmet

    def _meant(self, line: str) -> bool:
        return any(re.search(pattern, line) for pattern in self._expected)


def threads_left(before: set[threading.Thread]) -> list[str]:
    """Name the threads started since `before` that do not end by themselves in time."""
    deadline = time.monotonic() + THREADS_END_WITHIN
    left = []
    for thread in threading.enumerate():
        if thread in before or thread is threading.current_thread():
            continue
        thread.join(max(0.0, deadline - time.monotonic()))
        if thread.is_alive():
            left.append(thread.name)
    return left
