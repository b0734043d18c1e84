"""Tells when this computer is on another network, as the kernel of Linux says; elsewhere nothing is told."""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import anyio

if TYPE_CHECKING:
    from collections.abc import Callable

    WaysOut = frozenset[tuple[str, str]]

# rtnetlink(7): the groups that hear of routes of IPv4 and of IPv6.
_ROUTES = 0x40 | 0x400
_SETTLED = 1.0
"""Seconds: a network comes up in several steps."""

_ROUTE_4, _ROUTE_6 = Path("/proc/net/route"), Path("/proc/net/ipv6_route")


async def watch_network(
    changed: Callable[[], None],
    *,
    listen: Callable[[], socket.socket | None] | None = None,
    look: Callable[[], WaysOut] | None = None,
    settled: float = _SETTLED,
) -> None:
    """Call `changed` whenever there is another way out than before, until cancelled; polls nothing.

    A lease that is renewed is no change, and neither is the loss of every way. Returns where nothing can be
    heard. `listen` gives what becomes readable when something happened, `look` the ways out as they are.
    """
    events = (listen or _listen)()
    if events is None:
        return
    look = look or ways_out
    with events:
        known = look()
        while True:
            await anyio.wait_readable(events)
            await anyio.sleep(settled)
            _empty(events)
            now = look()
            if now and now != known:
                known = now
                changed()


def ways_out(route_4: Path = _ROUTE_4, route_6: Path = _ROUTE_6) -> WaysOut:
    """Give the default routes as pairs of interface and gateway (proc_net(5)); empty where there is none."""
    found: set[tuple[str, str]] = set()
    for line in _lines(route_4)[1:]:
        fields = line.split()
        if len(fields) > 7 and fields[1] == fields[7] == "00000000":
            found.add((fields[0], fields[2]))
    for line in _lines(route_6):
        fields = line.split()
        # What cannot be reached has a route as well, over the loopback interface.
        if len(fields) > 9 and fields[1] == "00" and not fields[0].strip("0") and fields[9] != "lo":
            found.add((fields[9], fields[4]))
    return frozenset(found)


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return []


def _listen() -> socket.socket | None:
    if sys.platform != "linux":
        return None
    try:
        events = socket.socket(
            socket.AF_NETLINK, socket.SOCK_RAW | socket.SOCK_NONBLOCK, socket.NETLINK_ROUTE
        )
    except OSError:
        return None
    try:
        events.bind((0, _ROUTES))
    except OSError:
        events.close()
        return None
    return events


def _empty(events: socket.socket) -> None:
    """Read what has come; that more came than there was room for is no trouble, since we look ourselves."""
    while True:
        try:
            if not events.recv(65536):
                return
        except BlockingIOError:
            return
        except OSError:
            continue
