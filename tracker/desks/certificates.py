"""Which certificates are believed, and in plain words why one is not."""

from __future__ import annotations

import logging
import ssl
from typing import TYPE_CHECKING

import truststore

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.desks.proxies import Proxy

log = logging.getLogger(__name__)

# OpenSSL's reasons, as X509_verify_cert_error_string(3) numbers them.
_DATES = (9, 10)  # not yet valid, has ended
_NAMES = (62, 64)  # another host's, another address's


def make_tls_context(extra_ca: Path | None = None) -> ssl.SSLContext:
    """Make the context that believes what this computer believes, the company's own authorities included.

    `extra_ca`: a file of more that are believed. What it holds and cannot be used goes to the log; the
    system's count all the same. Takes some 20 ms, so it is made off the UI thread, and shared.
    """
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if extra_ca is not None:
        from tracker.desks.extra_ca import read_extra_ca

        extra = read_extra_ca(extra_ca)
        for complaint in extra.complaints:
            log.warning("%s", complaint)
        if extra.blocks:
            context.load_verify_locations(cadata="\n".join(extra.blocks))
    return context


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


def is_for_another(failure: ssl.SSLCertVerificationError) -> bool:
    """Tell whether the certificate is somebody else's, as where a network's own sign-in page answers."""
    return getattr(failure, "verify_code", 0) in _NAMES


def explain_failure(
    host: str,
    port: int,
    failure: ssl.SSLCertVerificationError,
    *,
    by: Proxy | None = None,
    extra_ca: Path | None = None,
) -> str:
    """Say who issued the certificate that was not believed and what to do; connects again, so it blocks.

    `by`: the proxy on the way, which may show a certificate of its own in place of the desk's.
    """
    from tracker.desks.shown_certificate import look_at

    reason = failure.verify_message.rstrip(".") if failure.verify_message else "it could not be verified"
    shown = look_at(host, port, by)
    known = shown is not None and shown.issuer
    issued = (
        f"The certificate was issued by {known}" if known else "The certificate's issuer could not be read"
    )
    way = f", by way of the proxy {by.name}" if by is not None else ""
    code = getattr(failure, "verify_code", 0)
    if code in _DATES:
        advice = "Check the date of this computer; if that is right, IT must renew the certificate."
    elif code in _NAMES:
        whose = f"belongs to {shown.subject}" if shown and shown.subject else "belongs to another address"
        advice = (
            f"The certificate {whose}. If this network wants you to sign in first, open your browser and do "
            "so; else ask IT to check the address."
        )
    else:
        advice = _authority_advice(by, extra_ca)
    told = f"The identity of {host} could not be verified{way}, so nothing was sent."
    return f"{told} {issued} ({reason}). {advice}"


def _authority_advice(by: Proxy | None, extra_ca: Path | None) -> str:
    advice = "Ask IT to install the issuer's certificate on this computer"
    if by is not None:
        advice = (
            "The proxy seems to look into what is encrypted, with an authority of its own. "
            f"{advice}, or to name its file in the policy (network.extra_ca)"
        )
    else:
        advice += ", or to check the date and the address"
    if extra_ca is None:
        return f"{advice}."
    from tracker.desks.extra_ca import read_extra_ca

    return " ".join((f"{advice}.", *read_extra_ca(extra_ca).complaints))
