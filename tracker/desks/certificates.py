"""Which certificates are believed, and in plain words why one is not."""

from __future__ import annotations

import socket
import ssl

import truststore

_LOOK_LIMIT = 5.0


def make_tls_context() -> ssl.SSLContext:
    """Make the context that believes what this computer believes, the company's own authorities included.

    Takes some 20 ms, so it is made once for the program, off the UI thread, and shared.
    """
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def make_plain_context() -> ssl.SSLContext:
    """Make a context that believes nothing: for clients that only speak unencrypted to this computer."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def verify_failure(error: BaseException) -> ssl.SSLCertVerificationError | None:
    """Find the certificate failure among the causes of a connection error."""
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        if isinstance(link, ssl.SSLCertVerificationError):
            return link
        seen.add(id(link))
        link = link.__cause__ or link.__context__
    return None


def explain_failure(host: str, port: int, failure: ssl.SSLCertVerificationError) -> str:
    """Say who issued the certificate that was not believed and what to do; connects again, so it blocks."""
    reason = failure.verify_message.rstrip(".") if failure.verify_message else "it could not be verified"
    issuer = issuer_of(host, port)
    by = f"It was issued by {issuer}" if issuer else "Its issuer could not be read"
    return (
        f"The identity of {host} could not be verified, so nothing was sent. {by} ({reason}). "
        "Ask IT to install the issuer's certificate on this computer, or to check the date and the address."
    )


def issuer_of(host: str, port: int) -> str | None:
    """Read the issuer's name from the certificate a server shows, without believing it; None if unreadable.

    The standard library decodes only certificates that verify, so the shown one is made its own anchor
    for this one look (RFC 5280 leaves the choice of anchors to the verifier).
    """
    try:
        shown = ssl.get_server_certificate((host, port), timeout=_LOOK_LIMIT)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
        context.load_verify_locations(cadata=shown)
        with (
            socket.create_connection((host, port), timeout=_LOOK_LIMIT) as wire,
            context.wrap_socket(wire, server_hostname=host) as secure,
        ):
            certificate = secure.getpeercert() or {}
    except (OSError, ValueError):
        return None
    return _readable_name(certificate.get("issuer", ()))


def _readable_name(issuer: object) -> str | None:
    names: dict[str, str] = {}
    if isinstance(issuer, tuple):
        for part in issuer:
            for key, value in part:
                names.setdefault(str(key), str(value))
    for key in ("commonName", "organizationName", "organizationalUnitName"):
        if key in names:
            return names[key][:80]
    return None
