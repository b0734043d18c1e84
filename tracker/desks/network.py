"""How a desk is reached: the proxy, the proxy auto-configuration, and who is believed beside the system."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path  # noqa: TC003 - part of a value whose fields are looked at

SYSTEM = "system"
DIRECT = "direct"
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
"""This computer itself: no proxy leads there, and nobody listens on the way."""


@dataclass(frozen=True, slots=True)
class ProxyLogin:
    """Who we are at a proxy; the password is never shown by `repr`, never logged."""

    name: str
    password: str = field(repr=False)


ProxyLogins = Callable[[str, ProxyLogin | None], Awaitable[ProxyLogin | None]]
"""Asked when a proxy (`host:port`) wants to know who we are, with what it did not take, if anything.

Gives who we are there, or None when nobody has said it yet.
"""


@dataclass(frozen=True, slots=True)
class Network:
    """What IT set about the way to the desk; as it stands, what this computer says counts.

    `proxy`: `system` (the environment, and on Windows and macOS the system's settings), `direct` (none), or
    an address such as http://proxy.example.org:3128. `pac_url`: a proxy auto-configuration file (http or
    https), which goes before `proxy`. `extra_ca`: a PEM file of certificates that are believed besides the
    system's. `logins`: where the name and the password for a proxy come from.
    """

    proxy: str = SYSTEM
    pac_url: str = ""
    extra_ca: Path | None = None
    logins: ProxyLogins | None = field(default=None, repr=False, compare=False)


USUAL = Network()
