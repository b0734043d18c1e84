"""The way to the desk step by step, as findings: name, proxy, connection, certificate, answer, clock."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import anyio
import httpx

from tracker.core.examining.desk import clock_finding
from tracker.core.examining.running import BAD, OK, WARN
from tracker.core.shapes import Finding
from tracker.desks.certificates import make_tls_context, verify_failure
from tracker.desks.http import Call, DeskHttp
from tracker.desks.passage import port_of, route_to
from tracker.desks.shown_certificate import NoTunnel, connected, look_at
from tracker.model.errors import DeskError, ProxySignInRequired

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.desks.network import Network
    from tracker.desks.proxies import Proxy, Route

WAY_LIMIT = 60.0
"""Seconds: as long as all steps together may take."""

_SOON = 21
_SHOWN = 6
_ALL = range(200, 600)


@dataclass(frozen=True, slots=True)
class _Way:
    """What all steps know."""

    url: httpx.URL
    network: Network
    port: int

    @property
    def host(self) -> str:
        return self.url.host

    @property
    def whole(self) -> str:
        """The host as the sentences name it."""
        return f"{self.host}, port {self.port}"


def examine_network(url: str, network: Network) -> Iterator[Finding]:
    """Look at each step of the way to the desk at `url`, from a thread that may wait; sends no secret.

    Gives findings about "proxy", "name", "connection", "certificate", "answer" and "clock", in this order,
    and ends where the way does. Never raises for what a network can do.
    """
    try:
        asked = httpx.URL(url)
    except httpx.InvalidURL:
        yield Finding("name", BAD, f"“{url}” is not a web address.", "Check the address with IT.")
        return
    network = replace(network, logins=None)  # they belong to the program's own thread
    way = _Way(asked, network, port_of(asked))
    route = anyio.run(partial(route_to, url, network, partial(make_tls_context, network.extra_ca)))
    yield from _proxy_findings(route)
    if network.extra_ca is not None:
        yield from _extra_findings(network)
    by = None
    for by in route.hops:
        found = tuple(_reach(way, by))
        yield from found
        if all(finding.state != BAD for finding in found):
            break
    else:
        return
    if asked.scheme == "https":
        yield from _certificate_findings(way, by)
    yield from anyio.run(_ask, way)


def _proxy_findings(route: Route) -> Iterator[Finding]:
    if route.trouble:
        yield Finding("proxy", WARN, f"{route.why} {route.trouble}", "Tell IT: the setting needs a change.")
        return
    names = ", then ".join(hop.name if hop is not None else "straight" for hop in route.hops)
    yield Finding("proxy", OK, f"{route.why} The way: {names}.")


def _extra_findings(network: Network) -> Iterator[Finding]:
    from tracker.desks.extra_ca import read_extra_ca

    if network.extra_ca is not None:
        extra = read_extra_ca(network.extra_ca)
        if extra.blocks:
            many = len(extra.blocks) > 1
            count = f"{len(extra.blocks)} more authorities are" if many else "1 more authority is"
            yield Finding("certificate", OK, f"{count} believed: IT's file says so.")
        for complaint in extra.complaints:
            yield Finding("certificate", WARN, complaint, "Tell IT: the file of certificates needs a change.")


def _reach(way: _Way, by: Proxy | None) -> Iterator[Finding]:
    """Look up the first host on the way and connect to the last."""
    first, port = (way.host, way.port) if by is None else (by.host, by.port)
    try:
        told = socket.getaddrinfo(first, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):  # a name with a part that is empty or too long is no name to look up
        advice = "Check the address and the network; on a company's network, IT's name service must know it."
        yield Finding("name", BAD, f"This computer does not know where {first} is.", advice)
        return
    found = tuple(dict.fromkeys(str(entry[4][0]) for entry in told))
    yield Finding("name", OK, f"{first} is at {', '.join(found[:_SHOWN])}.")
    yield _connection_finding(way, by)


def _connection_finding(way: _Way, by: Proxy | None) -> Finding:
    through = f" by way of the proxy {by.name}" if by is not None else ""
    try:
        connected(way.host, way.port, by).close()
    except NoTunnel as error:
        return _refused_finding(way, by, error)
    except OSError as error:
        reason = error.strerror or str(error) or "no answer"
        advice = "Something on the way is closed: a firewall, the proxy, or the desk is down. Tell IT."
        return Finding("connection", BAD, f"{way.whole} cannot be reached{through}: {reason}.", advice)
    return Finding("connection", OK, f"{way.whole} can be reached{through}.")


def _refused_finding(way: _Way, by: Proxy | None, error: NoTunnel) -> Finding:
    name = by.name if by is not None else ""
    if not str(error).startswith("407"):
        told = f"The proxy {name} does not lead to {way.whole}: it says “{str(error)[:80]}”."
        return Finding("connection", BAD, told, "IT can allow it there.")
    if "Basic" in error.schemes or not error.schemes:
        told = f"The proxy {name} wants a name and a password."
        # No fault yet: they may be kept, and the answer below tells.
        return Finding("connection", OK, told, "Enter them in the settings, or with “tracker proxy sign-in”.")
    told = f"The proxy {name} wants a sign-in of the kind {', '.join(error.schemes)}, which Tracker has not."
    return Finding("connection", BAD, told, "IT can let the desk through without it, or allow Basic there.")


def _certificate_findings(way: _Way, by: Proxy | None) -> Iterator[Finding]:
    shown = look_at(way.host, way.port, by)
    if shown is None:
        return
    left = (shown.not_after - datetime.now(UTC)).days
    told = f"{way.host} shows a certificate issued by {shown.issuer}, good until {shown.not_after:%Y-%m-%d}"
    whose = _believed_by(way, by)
    if not whose:
        advice = "IT can install the issuer's certificate on this computer, or name its file in the policy."
        yield Finding("certificate", BAD, f"{told}. It is not believed here.", advice)
    elif left < _SOON:
        yield Finding("certificate", WARN, f"{told}, in {left} days. It is believed {whose}.", "Tell IT.")
    else:
        yield Finding("certificate", OK, f"{told}. It is believed {whose}.")


def _believed_by(way: _Way, by: Proxy | None) -> str:
    """Say who vouches for the certificate; "" for nobody."""
    for extra, words in ((None, "by this computer"), (way.network.extra_ca, "because of IT's file")):
        try:
            with (
                connected(way.host, way.port, by) as wire,
                make_tls_context(extra).wrap_socket(wire, server_hostname=way.host),
            ):
                return words
        except (OSError, ssl.SSLError) as error:
            if verify_failure(error) is None:
                return ""
    return ""


async def _ask(way: _Way) -> tuple[Finding, ...]:
    http = DeskHttp("The desk", str(way.url), network=way.network, patience=10)
    try:
        answer = await http.ask(Call("GET", ""), accept=_ALL)
    except ProxySignInRequired as error:
        advice = "Where they have been entered, what is said of the desk tells whether they are taken."
        return (Finding("answer", WARN, str(error), advice),)
    except DeskError as error:
        return (Finding("answer", BAD, str(error)),)
    finally:
        await http.aclose()
    found = Finding("answer", OK, f"The desk answers (status {answer.status}).")
    advice = "Let the system set its clock by itself; certificates are judged by it."
    return found, clock_finding(http.clock_offset.total_seconds(), advice)
