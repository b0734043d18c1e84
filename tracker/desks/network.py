"""How a desk is reached: the proxy, the proxy auto-configuration, and who is believed beside the system."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SYSTEM = "system"
DIRECT = "direct"


@dataclass(frozen=True, slots=True)
class Network:
    """What IT set about the way to the desk; as it stands, what this computer says counts.

    `proxy`: `system` (the environment, and on Windows and macOS the system's settings), `direct` (none), or
    an address such as http://proxy.example.org:3128. `pac_url`: a proxy auto-configuration file (http or
    https), which goes before `proxy`. `extra_ca`: a PEM file of certificates that are believed besides the
    system's.
    """

    proxy: str = SYSTEM
    pac_url: str = ""
    extra_ca: Path | None = None


USUAL = Network()
