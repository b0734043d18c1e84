"""The certificates that IT wants believed besides the system's: read from a file, each one looked at."""

from __future__ import annotations

import re
import ssl
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 4 * 1024 * 1024
_MOST = 500
_BLOCK = re.compile(r"-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]{1,100000}-----END CERTIFICATE-----")


@dataclass(frozen=True, slots=True)
class ExtraCa:
    """What of a file can be believed, as PEM blocks, and a sentence for each thing that cannot."""

    blocks: tuple[str, ...]
    complaints: tuple[str, ...]


def read_extra_ca(path: Path) -> ExtraCa:
    """Read a file of certificates (PEM, as many as there are); never raises.

    What has ended or cannot be read is left out, and the rest counts; takes a millisecond for a few.
    """
    try:
        with path.open("rb") as file:
            text = file.read(_LARGEST + 1).decode("ascii", "replace")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it cannot be a file"
        return ExtraCa((), (f"The certificates in {path} cannot be read: {reason}.",))
    if len(text) > _LARGEST:
        return ExtraCa((), (f"{path} is too large for a file of certificates.",))
    found = _BLOCK.findall(text)[:_MOST]
    if not found:
        empty = "is empty" if not text.strip() else "holds no certificate in PEM form"
        return ExtraCa((), (f"{path} {empty}.",))
    faults = {number: _fault(block) for number, block in enumerate(found, start=1)}
    complaints = tuple(
        f"Certificate {number} of {len(found)} in {path} {fault}."
        for number, fault in faults.items()
        if fault
    )
    return ExtraCa(tuple(b for n, b in enumerate(found, start=1) if not faults[n]), complaints)


def _fault(block: str) -> str:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context.load_verify_locations(cadata=block)
    except (ssl.SSLError, ValueError):
        return "is damaged"
    for told in context.get_ca_certs():
        if ssl.cert_time_to_seconds(str(told["notAfter"])) < time.time():
            return f"ended on {told['notAfter']}"
    return ""
