"""Looks at the certificates that a server shows, believing none, through a proxy too; only to explain."""

from __future__ import annotations

import base64
import socket
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.desks.outside_words import printable

if TYPE_CHECKING:
    from datetime import datetime

    from cryptography import x509

    from tracker.desks.network import ProxyLogin
    from tracker.desks.proxies import Proxy

_LOOK_LIMIT = 5.0
_LONGEST_NAME = 80
_LONGEST_ANSWER = 16 * 1024


@dataclass(frozen=True, slots=True)
class ShownCertificate:
    """What a server's certificate says of itself; "" where it says nothing."""

    subject: str
    issuer: str
    not_before: datetime
    not_after: datetime


class NoTunnel(OSError):
    """The proxy did not open the way; the text is its status, `schemes` how one signs in there."""

    def __init__(self, status: str, schemes: tuple[str, ...]) -> None:
        super().__init__(status)
        self.schemes = schemes


def look_at(host: str, port: int, by: Proxy | None = None) -> ShownCertificate | None:
    """Read the certificate that is shown for a host; None where there is none to be read. Blocks for a while.

    Nothing is sent but the greeting of TLS, so that nothing is lost by believing nobody.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        with (
            connected(host, port, by) as wire,
            context.wrap_socket(wire, server_hostname=host) as secure,
        ):
            shown = secure.getpeercert(binary_form=True)
    except (OSError, ValueError):
        return None
    return read_certificate(shown) if shown else None


def read_certificate(der: bytes) -> ShownCertificate | None:
    """Read a certificate (DER); None where it cannot be read."""
    from cryptography import x509

    try:
        told = x509.load_der_x509_certificate(der)
        return ShownCertificate(
            _named(told) or _readable(told.subject),
            _readable(told.issuer),
            told.not_valid_before_utc,
            told.not_valid_after_utc,
        )
    except ValueError:
        return None


def connected(host: str, port: int, by: Proxy | None = None) -> socket.socket:
    """Connect to a host, by way of a proxy if given; raises OSError, `NoTunnel` where that refuses."""
    if by is None:
        return socket.create_connection((host, port), timeout=_LOOK_LIMIT)
    wire = socket.create_connection((by.host, by.port), timeout=_LOOK_LIMIT)
    try:
        if by.scheme == "https":
            wire = _greeted(wire, by.host)
        _open_tunnel(wire, f"[{host}]:{port}" if ":" in host else f"{host}:{port}", by.login)
    except BaseException:
        wire.close()
        raise
    return wire


def _greeted(wire: socket.socket, host: str) -> ssl.SSLSocket:
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT).wrap_socket(wire, server_hostname=host)


def _open_tunnel(wire: socket.socket, place: str, login: ProxyLogin | None) -> None:
    lines = [f"CONNECT {place} HTTP/1.1", f"Host: {place}"]
    if login is not None:
        proof = base64.b64encode(f"{login.name}:{login.password}".encode()).decode()
        lines.append(f"Proxy-Authorization: Basic {proof}")
    wire.sendall("\r\n".join([*lines, "", ""]).encode("ascii", "ignore"))
    said = b""
    while b"\r\n\r\n" not in said:
        piece = wire.recv(1)  # no more than the answer: what follows is the host's
        if not piece or len(said) > _LONGEST_ANSWER:
            raise NoTunnel("no answer", ())
        said += piece
    first, *rest = said.decode("latin-1").split("\r\n")
    status = first.partition(" ")[2].strip()
    if not status.startswith("2"):
        fields = (line.partition(":") for line in rest)
        schemes = (value.split()[0] for name, _, value in fields if _asks(name) and value.strip())
        raise NoTunnel(status, tuple(dict.fromkeys(schemes)))


def _asks(name: str) -> bool:
    return name.strip().lower() == "proxy-authenticate"


def _named(told: x509.Certificate) -> str:
    """Give the first host that a certificate is for, as its subject alternative name says."""
    from cryptography import x509

    try:
        others = told.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ""
    return next(iter(others.get_values_for_type(x509.DNSName)), "")[:_LONGEST_NAME]


def _readable(name: x509.Name) -> str:
    from cryptography.x509.oid import NameOID

    for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME, NameOID.ORGANIZATIONAL_UNIT_NAME):
        for part in name.get_attributes_for_oid(oid):
            return printable(str(part.value), _LONGEST_NAME)
    return ""
