"""How the desk reads what an OpenID provider publishes: encrypted, short, soon, and without redirects."""

import ssl
from urllib.parse import urlsplit

PATIENCE = 10.0
LIMIT = 256 * 1024
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class ProviderAway(Exception):
    """The provider cannot be asked now, or what it says is no use."""


def is_safe(address: str) -> bool:
    """Tell whether an address may be asked: https, or on this very computer."""
    try:
        url = urlsplit(address)
        known = bool(url.hostname) and (url.port or 1) > 0 and not url.username
    except ValueError:
        return False
    return known and (url.scheme == "https" or (url.scheme == "http" and url.hostname in LOOPBACK))


def fetch(address: str) -> bytes:
    """Read an address; raises `ProviderAway`."""
    import httpx
    import truststore

    if not is_safe(address):
        raise ProviderAway("not encrypted")
    here = urlsplit(address).hostname in LOOPBACK
    believed = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    content = bytearray()
    try:
        with (
            httpx.Client(verify=believed, timeout=PATIENCE, trust_env=not here) as client,
            client.stream("GET", address, headers={"accept": "application/json"}) as answer,
        ):
            if answer.status_code != 200:
                raise ProviderAway(f"status {answer.status_code}")
            for piece in answer.iter_bytes():
                content += piece
                if len(content) > LIMIT:
                    raise ProviderAway("far too long")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise ProviderAway(type(error).__name__) from error
    return bytes(content)
