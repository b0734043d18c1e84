"""The way of every request: chooses the proxy, tries the next where one fails, and says who we are there."""

from __future__ import annotations

import logging
import sys
import time
from typing import TYPE_CHECKING

import anyio
import httpx

from tracker.desks.answer import PORTAL
from tracker.desks.certificates import make_plain_context, verify_failure
from tracker.desks.network import DIRECT, LOOPBACK, SYSTEM, Network, ProxyLogin
from tracker.desks.proxies import Proxy, Route, parse_proxy, system_route
from tracker.model.errors import DeskUnavailable, NetworkSignInRequired, ProxySignInRequired

if TYPE_CHECKING:
    import ssl
    from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)

KEPT_FOR = 300.0
"""Seconds for which a way is taken without asking anew, unless a connection fails before."""

_SYSTEM_MAY_WAIT = sys.platform in ("win32", "darwin")
_WANTS_LOGIN = "407"
_SIGN_IN_FIRST = ("30", "511")  # RFC 6585: a network that wants a sign-in first
_CANNOT_BE_REACHED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError)


async def route_to(url: str, network: Network, make_tls: Callable[[], ssl.SSLContext]) -> Route:
    """Say which way leads to an address that a person or IT gave; `make_tls` is called in a thread."""

    async def tls() -> ssl.SSLContext:
        return await anyio.to_thread.run_sync(make_tls)

    return await choose_route(httpx.URL(url), network, tls)


async def choose_route(
    url: httpx.URL, network: Network, tls: Callable[[], Awaitable[ssl.SSLContext]]
) -> Route:
    """Say which way leads to `url`: straight on this computer, else as IT, else as this computer says."""
    if url.host in LOOPBACK:
        return Route((None,), "The desk is on this computer.")
    if network.pac_url:
        from tracker.desks.pac import pac_route  # only where there is one

        return await pac_route(network.pac_url, str(url), tls)
    if network.proxy == DIRECT:
        return Route((None,), "IT has set that no proxy is used.")
    if network.proxy != SYSTEM:
        try:
            proxy = parse_proxy(network.proxy)
        except ValueError as error:
            return Route((None,), "The proxy that IT has set cannot be used.", str(error))
        return Route((proxy,), f"IT has set the proxy {proxy.name}.")
    if not _SYSTEM_MAY_WAIT:  # it is the environment alone
        return system_route(url.scheme, url.host, port_of(url))
    place = (url.scheme, url.host, port_of(url))
    return await anyio.to_thread.run_sync(system_route, *place, abandon_on_cancel=True)


def port_of(url: httpx.URL) -> int:
    """Give the port that an address leads to, also where it names none."""
    return url.port or (443 if url.scheme == "https" else 80)


class Passage(httpx.AsyncBaseTransport):
    """Carries the requests of one client, all to the same host.

    `tls` gives what is believed. Raises what httpx does, DeskUnavailable where a proxy
    leads nowhere, `ProxySignInRequired` where a proxy wants to know
    who we are and nobody has said it, `NetworkSignInRequired` where the network lets nobody through yet.
    """

    def __init__(self, network: Network, tls: Callable[[], Awaitable[ssl.SSLContext]]) -> None:
        self._network = network
        self._tls = tls
        self._carriers: dict[tuple[Proxy | None, ProxyLogin | None], httpx.AsyncHTTPTransport] = {}
        self._logins: dict[Proxy, ProxyLogin] = {}
        self._route: Route | None = None
        self._chosen_at = 0.0
        self._turn = anyio.Lock()
        self.last_hop: Proxy | None = None
        """The proxy that the latest request went through, None for the straight way."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Carry one request; a hop that cannot be reached has not had any of it, so the next may."""
        hops = (await self._way(request.url)).hops
        for hop in hops:
            self.last_hop = hop
            try:
                return await self._carried(hop, request)
            except _CANNOT_BE_REACHED as error:
                self._route = None  # the next request asks anew: the network may be another one
                if verify_failure(error) is not None:
                    raise
                if hop is hops[-1]:
                    raise _no_way(hop, request.url.host, error) from error
                log.info("No way by %s: %s", hop.name if hop else "the straight way", error)
        raise AssertionError  # a route has a hop

    async def aclose(self) -> None:
        """Close all connections."""
        carriers, self._carriers = self._carriers, {}
        for carrier in carriers.values():
            await carrier.aclose()

    async def _way(self, url: httpx.URL) -> Route:
        async with self._turn:
            if self._route is None or abs(time.time() - self._chosen_at) > KEPT_FOR:
                self._route = await choose_route(url, self._network, self._tls)
                self._chosen_at = time.time()  # which goes on while the computer sleeps
                if self._route.trouble:
                    log.warning("%s", self._route.trouble)
            return self._route

    async def _carried(self, hop: Proxy | None, request: httpx.Request) -> httpx.Response:
        login = self._login_at(hop)
        try:
            return await (await self._carrier(hop, login, request.url)).handle_async_request(request)
        except httpx.ProxyError as error:
            if hop is None or not str(error).startswith(_WANTS_LOGIN):
                raise
        # Nothing of the request has gone anywhere yet: it may go again, once.
        known = await self._introduced(hop, login)
        try:
            return await (await self._carrier(hop, known, request.url)).handle_async_request(request)
        except httpx.ProxyError as error:
            if not str(error).startswith(_WANTS_LOGIN):
                raise
            await self._introduced(hop, known)
            raise _refused(hop) from error

    def _login_at(self, hop: Proxy | None) -> ProxyLogin | None:
        return None if hop is None else self._logins.get(hop, hop.login)

    async def _introduced(self, hop: Proxy, tried: ProxyLogin | None) -> ProxyLogin:
        """Find out who we are at a proxy that has just asked; raises ProxySignInRequired if nobody knows."""
        async with self._turn:
            login = self._login_at(hop)
            if login == tried:  # else another request has found it out meanwhile
                ask = self._network.logins
                login = await ask(hop.name, tried) if ask is not None else None
        if login is None or login == tried:
            raise _refused(hop) if tried else _asked(hop)
        self._logins[hop] = login
        return login

    async def _carrier(
        self, hop: Proxy | None, login: ProxyLogin | None, url: httpx.URL
    ) -> httpx.AsyncHTTPTransport:
        carrier = self._carriers.get((hop, login))
        if carrier is None:
            tls = await self._tls() if url.scheme == "https" else make_plain_context()
            proxy = None
            if hop is not None:
                own = tls if hop.scheme == "https" else None
                auth = (login.name, login.password) if login is not None else None
                proxy = httpx.Proxy(hop.url, auth=auth, ssl_context=own)
            carrier = httpx.AsyncHTTPTransport(verify=tls, trust_env=False, proxy=proxy)
            carrier = self._carriers.setdefault((hop, login), carrier)
        return carrier


def _no_way(hop: Proxy | None, host: str, error: httpx.TransportError) -> Exception:
    """Say which part of the way is closed."""
    if hop is None:
        return error
    if not isinstance(error, httpx.ProxyError):
        return DeskUnavailable(f"The proxy {hop.name} cannot be reached. We keep trying.")
    said = str(error)
    if said.startswith(_SIGN_IN_FIRST):
        return NetworkSignInRequired(PORTAL)
    return DeskUnavailable(
        f"The proxy {hop.name} does not lead to {host} (it says “{said[:80]}”). "
        "We keep trying. If this goes on, tell IT."
    )


_WHERE = "in the settings, under “Network”, or with “tracker proxy sign-in”"


def _asked(hop: Proxy) -> ProxySignInRequired:
    said = f"The proxy {hop.name} wants your name and password."
    return ProxySignInRequired(said, f"Enter them {_WHERE}.", hop.name)


def _refused(hop: Proxy) -> ProxySignInRequired:
    said = f"The proxy {hop.name} does not take this name and password."
    return ProxySignInRequired(said, f"Enter them anew {_WHERE}.", hop.name)
