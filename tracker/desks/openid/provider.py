"""A company's OpenID provider: found by its issuer, and asked at the addresses that it names for itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from tracker.desks.answer import decode
from tracker.desks.http import Call, ask_once, tidy_url
from tracker.desks.network import LOOPBACK, USUAL, Network
from tracker.desks.openid.wire import Configuration
from tracker.desks.outside_words import printable
from tracker.model.errors import UnexpectedAnswer

if TYPE_CHECKING:
    from collections.abc import Collection

    from tracker.desks.answer import Answer

SCOPES = ("openid", "profile", "email", "offline_access")
_WELL_KNOWN = "/.well-known/openid-configuration"
_LIMIT = 256 * 1024
_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Company:
    """Which provider, how it knows this program, what is asked of it, and the way there."""

    issuer: str
    client_id: str
    scopes: tuple[str, ...] = SCOPES
    network: Network = USUAL


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider that was found, whose every address may be used."""

    company: Company
    told: Configuration

    @property
    def name(self) -> str:
        """How sentences call it."""
        return httpx.URL(self.told.issuer).host

    @property
    def has_codes(self) -> bool:
        """Whether one can sign in with a code on another device."""
        return bool(self.told.device_authorization_endpoint)

    @property
    def scope(self) -> str:
        """What is asked for; `offline_access` only where the provider knows it, or does not say."""
        known = self.told.scopes_supported
        wanted = (
            scope
            for scope in self.company.scopes
            if scope != "offline_access" or scope in (known or (scope,))
        )
        return " ".join(dict.fromkeys(("openid", *wanted)))

    async def ask(
        self, address: str, form: tuple[tuple[str, str], ...], *, accept: Collection[int]
    ) -> Answer:
        """Send a form to one of its addresses. Raises `DeskError`, redirects are not followed."""
        return await _ask(self.name, address, self.company.network, form=form, accept=accept)

    async def keys(self) -> Answer:
        """Get the keys that it signs with, as they are now."""
        return await _ask(self.name, self.told.jwks_uri, self.company.network)


async def find_provider(company: Company) -> Provider:
    """Read the provider's configuration. Raises `DeskError` with a plain sentence.

    It must name the very issuer that was asked for, else another could answer in its place (OpenID Connect
    Discovery 1.0, 4.3), and only encrypted addresses, but for this computer's own.
    """
    issuer = tidy_url(company.issuer)
    name = httpx.URL(issuer).host
    told = decode(await _ask(name, issuer + _WELL_KNOWN, company.network), Configuration)
    if told.issuer.rstrip("/") != issuer:
        raise UnexpectedAnswer(
            f"{name} calls itself {printable(told.issuer, _SHOWN)}, not {printable(issuer, _SHOWN)}. "
            "Nothing was sent. Tell IT."
        )
    methods = told.code_challenge_methods_supported
    if methods is not None and "S256" not in methods:
        raise UnexpectedAnswer(f"{name} does not offer a safe sign-in for programs (PKCE). Tell IT.")
    addresses = (told.authorization_endpoint, told.token_endpoint, told.jwks_uri)
    for address in (*addresses, told.device_authorization_endpoint, told.revocation_endpoint):
        if address and not is_safe(address):
            raise UnexpectedAnswer(
                f"{name} names an address that is not encrypted. Nothing was sent. Tell IT."
            )
    if not all(addresses):
        raise UnexpectedAnswer(f"{name} does not say where to sign in. Tell IT.")
    return Provider(company, told)


def is_safe(address: str) -> bool:
    """Tell whether an address may be asked, or opened in the browser: https, or on this computer."""
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, ValueError):
        return False
    named = bool(url.host) and not url.userinfo and address.isprintable() and " " not in address
    return named and (url.scheme == "https" or (url.scheme == "http" and url.host in LOOPBACK))


async def _ask(
    name: str,
    address: str,
    network: Network,
    *,
    form: tuple[tuple[str, str], ...] = (),
    accept: Collection[int] = (),
) -> Answer:
    """Ask one address, which may lie on another server than the issuer (RFC 8414)."""
    url = httpx.URL(address)
    path = url.raw_path.decode("ascii")
    call = Call("POST", path, form=form, limit=_LIMIT) if form else Call("GET", path, limit=_LIMIT)
    server = str(url.copy_with(raw_path=b"/", fragment=None))
    return await ask_once(name, server, call, network=network, accept=accept)
