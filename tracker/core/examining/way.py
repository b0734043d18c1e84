"""The way to the desk, step by step, as findings: its name, the proxy, the connection, certificates, an answer."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import httpx

from tracker.core.examining.running import BAD, OK
from tracker.core.shapes import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.desks.network import Network

WAY_LIMIT = 45.0
"""Seconds: as long as all steps together may take."""


def examine_network(url: str, network: Network) -> Iterator[Finding]:
    """Look at each step of the way to the desk at `url`, from a thread that may wait; sends no secret.

    Gives findings about "name", "proxy", "connection", "certificate", "answer" and "clock", in this order,
    and ends where the way does. Never raises for what a network can do.
    """
    host = httpx.URL(url).host
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    except OSError:
        yield Finding("name", BAD, f"This computer does not know where {host} is.", "Check the address.")
        return
    yield Finding("name", OK, f"{host} is at {', '.join(sorted(found))}.")
