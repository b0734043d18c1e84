"""Which proxy leads to a host: from an address, this computer's environment, or a PAC answer."""

from __future__ import annotations

import ipaddress
import re
import sys
import urllib.request
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from tracker.desks.network import ProxyLogin

if TYPE_CHECKING:
    from collections.abc import Mapping

_PORTS = {"http": 80, "https": 443}
_ENTRY = re.compile(r"(?P<kind>PROXY|HTTPS?)\s+(?P<place>\S+)", re.IGNORECASE)
_LONGEST_ANSWER = 4000


@dataclass(frozen=True, slots=True)
class Proxy:
    """One proxy. `scheme`: how it is spoken to itself; `login`: who we are there, if its address says so."""

    scheme: str
    host: str
    port: int
    login: ProxyLogin | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """Give `host:port`, as people write it; without any password."""
        return f"{_bracketed(self.host)}:{self.port}"

    @property
    def url(self) -> str:
        """Give the address, without any password."""
        return f"{self.scheme}://{self.name}"


@dataclass(frozen=True, slots=True)
class Route:
    """The ways to a host in the order in which they are tried; None among `hops` is the straight one.

    `why` says who decided so, as a sentence; `trouble` what could not be used on the way to it, if anything.
    """

    hops: tuple[Proxy | None, ...]
    why: str
    trouble: str = ""


def parse_proxy(text: str, scheme: str = "http") -> Proxy:
    """Read a proxy's address, with `scheme` where it names none; raises ValueError with a plain sentence."""
    typed = text.strip()
    parts = urlsplit(typed if "://" in typed else f"{scheme}://{typed}")
    if parts.scheme.startswith("socks"):
        raise ValueError("SOCKS proxies cannot be used; only those that speak HTTP.")
    try:
        host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        host, port = "", 0
    if parts.scheme not in _PORTS or not host or set(host) & set(" %\\") or not port:
        raise ValueError("The address of the proxy is not one such as http://proxy.example.org:3128.")
    login = None
    if parts.username:
        login = ProxyLogin(unquote(parts.username), unquote(parts.password or ""))
    return Proxy(parts.scheme, host, port, login)


def system_route(scheme: str, host: str, port: int) -> Route:
    """Ask this computer: its environment, and on Windows and macOS its settings where that says nothing."""
    said = urllib.request.getproxies()
    if any(said.get(key) for key in (scheme, "all", "no")):
        bypassed = is_excepted(host, port, said.get("no", ""))
    else:
        bypassed = False
    if not bypassed and sys.platform in ("win32", "darwin") and said:
        bypassed = bool(urllib.request.proxy_bypass(host))
    if bypassed:
        return Route((None,), f"This computer is set to reach {host} without a proxy.")
    return _named_route(said, scheme)


def _named_route(said: Mapping[str, str], scheme: str) -> Route:
    named = said.get(scheme) or said.get("all")
    if not named:
        return Route((None,), "This computer names no proxy.")
    try:
        proxy = parse_proxy(named)
    except ValueError as error:
        return Route((None,), "The proxy that this computer names cannot be used.", str(error))
    return Route((proxy,), f"This computer names the proxy {proxy.name}.")


def is_excepted(host: str, port: int, exceptions: str) -> bool:
    """Tell whether a list as in NO_PROXY names a host: by name or its end, address, network (CIDR), or `*`.

    There is no standard; this takes what curl and most others do (everything.curl.dev, "Proxy environment
    variables").
    """
    return any(
        _matches(entry, host.lower(), port) for entry in re.split(r"[,\s]+", exceptions.lower()) if entry
    )


def _matches(entry: str, host: str, port: int) -> bool:
    if entry == "*":
        return True
    address = _address(host)
    if address is not None:
        try:
            return address in ipaddress.ip_network(entry.strip("[]"), strict=False)
        except ValueError:
            pass
    name, colon, named_port = entry.rpartition(":")
    if colon and named_port.isdecimal() and (not name.count(":") or name.endswith("]")):
        return int(named_port) == port and _matches(name, host, port)
    name = entry.removeprefix("*").removeprefix(".")
    return address is None and bool(name) and (host == name or host.endswith(f".{name}"))


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def read_pac_answer(text: str) -> tuple[Proxy | None, ...]:
    """Read what FindProxyForURL gave, such as `PROXY a:3128; DIRECT`; what cannot be used is left out.

    Raises ValueError with a plain sentence when nothing of it can.
    """
    hops: list[Proxy | None] = []
    for entry in filter(None, (part.strip() for part in text[:_LONGEST_ANSWER].split(";"))):
        if entry.upper() == "DIRECT":
            hops.append(None)
            continue
        told = _ENTRY.fullmatch(entry)
        if told is None:
            continue
        scheme = "https" if told["kind"].upper() == "HTTPS" else "http"
        try:
            hops.append(parse_proxy(told["place"], scheme))
        except ValueError:
            continue
    if not hops:
        raise ValueError("The answer of the proxy configuration names no proxy that can be used.")
    return tuple(dict.fromkeys(hops))


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
