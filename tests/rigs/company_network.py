"""A company's network on loopback: a desk with TLS, a proxy that looks into TLS, and one that wants a login.

with company_network(folder) as company:
    desk = company.desk(Network(company.inspecting, extra_ca=company.proxy_ca))

The desk is called `desk.example.test`, which only the proxies know: nothing here looks up names.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import trustme

from tests.rigs.frontdesk import JANE, FrontDeskRig
from tracker.desks.base import DeskConfig, Secret, SecretKind
from tracker.desks.frontdesk.desk import KIND, FrontDesk, open_desk
from tracker.desks.network import Network

ROOT = Path(__file__).resolve().parents[2]
HOST = "desk.example.test"
LOGIN, PASSWORD = "jdoe", "pröxy secret"
_LIMIT = 20.0


@dataclass(frozen=True, slots=True)
class Company:
    """Where everything is. `inspecting` and `asking` are proxies; the files are authorities (PEM)."""

    url: str
    inspecting: str
    asking: str
    desk_ca: Path
    proxy_ca: Path

    def desk(self, network: Network, *, url: str = "") -> FrontDesk:
        """Make jane's connector for this way there."""

        async def secret() -> Secret:
            return Secret(SecretKind.PASSWORD, JANE.password)

        return open_desk(DeskConfig(KIND, url or self.url, JANE.login, network=network), secret)


@contextmanager
def company_network(folder: Path) -> Iterator[Company]:
    """Start all of it in a new folder, and stop it."""
    desk_ca = trustme.CA(organization_name="Example Company")
    proxy_ca = trustme.CA(organization_name="Example TLS Inspection")
    shown = desk_ca.issue_cert(HOST, "127.0.0.1", "::1")
    files = {
        "desk.pem": b"".join(pem.bytes() for pem in shown.cert_chain_pems),
        "desk.key": shown.private_key_pem.bytes(),
        "desk-ca.pem": desk_ca.cert_pem.bytes(),
        "proxy-ca.pem": proxy_ca.cert_pem.bytes(),
        "proxy-ca.key": proxy_ca.private_key_pem.bytes(),
        "signing.key": shown.private_key_pem.bytes(),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    inspect = [
        *("--ca-key-file", str(folder / "proxy-ca.key"), "--ca-cert-file", str(folder / "proxy-ca.pem")),
        *("--ca-signing-key-file", str(folder / "signing.key"), "--ca-cert-dir", str(folder / "made")),
        *("--ca-file", str(folder / "desk-ca.pem")),
    ]
    with ExitStack() as stack:
        inspecting = stack.enter_context(_started(folder / "inspecting", inspect))
        asking = stack.enter_context(_started(folder / "asking", ["--basic-auth", f"{LOGIN}:{PASSWORD}"]))
        shown_as = (folder / "desk.pem", folder / "desk.key")
        rig = stack.enter_context(FrontDeskRig(folder / "desk", certificate=shown_as))
        port = rig.url.rpartition(":")[2]
        yield Company(
            f"https://{HOST}:{port}",
            f"http://127.0.0.1:{_port_of(inspecting, folder / 'inspecting')}",
            f"http://127.0.0.1:{_port_of(asking, folder / 'asking')}",
            folder / "desk-ca.pem",
            folder / "proxy-ca.pem",
        )


@contextmanager
def _started(folder: Path, options: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    folder.mkdir()
    command = [
        *(sys.executable, "-m", "proxy", "--hostname", "127.0.0.1", "--port", "0"),
        *("--port-file", str(folder / "port"), "--data-dir", str(folder), "--log-file", str(folder / "log")),
        *("--num-workers", "1", "--num-acceptors", "1", "--plugins", "tests.rigs.proxy_names.CompanyNames"),
        *options,
    ]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(_LIMIT)


def _port_of(process: subprocess.Popen[bytes], folder: Path) -> int:
    ends = time.monotonic() + _LIMIT
    while time.monotonic() < ends and process.poll() is None:
        told = (folder / "port").read_text() if (folder / "port").exists() else ""
        if told.strip():
            return int(told.split()[0])
        time.sleep(0.02)  # another program's file: nothing tells when it is there
    raise AssertionError("the proxy did not start")
