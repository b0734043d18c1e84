"""Serving: only where it is safe, once per folder, found by its URL, stopped without a trace."""

import signal
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import trustme

from tests.frontdesk.house import Caller, House, Template
from tracker.frontdesk.refusals import DeskSetupError
from tracker.frontdesk.server import DeskServer, ServeConfig, serving

SERVE = """
import sys
from pathlib import Path
from tracker.frontdesk.commands import ServeOptions, serve
serve(Path(sys.argv[1]), ServeOptions(port=0), ready=lambda url: print(url, flush=True))
"""


def start(folder: Path) -> tuple[subprocess.Popen[str], str]:
    """Serve a desk in a process of its own; gives the process and the desk's URL."""
    process = subprocess.Popen([sys.executable, "-c", SERVE, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


def finish(process: subprocess.Popen[str], how: signal.Signals) -> int:
    """End the process and give its exit status."""
    process.send_signal(how)
    status = process.wait(timeout=30)
    assert process.stdout is not None
    process.stdout.close()
    return status


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.1.2.3", "desk.company.example", ""])  # noqa: S104
def test_a_network_is_served_only_with_tls(tmp_path: Path, host: str) -> None:
    with pytest.raises(DeskSetupError, match="only with TLS"):
        DeskServer(ServeConfig(tmp_path / "desk", host=host)).run(lambda url: None)
    assert not (tmp_path / "desk").exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"certificate": Path("missing.pem")}, "needs both files"),
        ({"certificate": Path("missing.pem"), "private_key": Path("missing.pem")}, "cannot be used"),
        ({"host": "127.0.0.1", "port": 70_000}, "is no port"),
    ],
)
def test_what_cannot_be_served_is_said_in_a_sentence(
    folder: Path, change: dict[str, Path], words: str
) -> None:
    config = ServeConfig(folder, **change)  # type: ignore[arg-type]
    with pytest.raises(DeskSetupError, match=words), serving(config):
        pass


def test_with_tls_everything_works_and_plain_http_does_not(
    folder: Path, template: Template, tmp_path: Path
) -> None:
    authority = trustme.CA()
    issued = authority.issue_cert("127.0.0.1")
    certificate, private_key = tmp_path / "chain.pem", tmp_path / "key.pem"
    certificate.write_bytes(b"".join(part.bytes() for part in issued.cert_chain_pems))
    issued.private_key_pem.write_to_path(str(private_key))
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    config = ServeConfig(folder, host="0.0.0.0", certificate=certificate, private_key=private_key)  # noqa: S104
    with serving(config) as url:
        assert url.startswith("https://")
        port = urlsplit(url).port
        anna = Caller(f"https://127.0.0.1:{port}", template.tokens["anna"], trust=trust)
        assert anna.raise_ticket() == "REQ-1001"
        anna.close()
        with socket.create_connection(("127.0.0.1", port or 0), timeout=10) as plain:
            plain.sendall(b"GET /api/v1/desk HTTP/1.1\r\nHost: x\r\n\r\n")
            assert b"HTTP" not in plain.recv(100)


def test_ipv6_loopback_is_loopback_too(folder: Path) -> None:
    with serving(ServeConfig(folder, host="::1")) as url:
        assert url.startswith("http://[::1]:")
        caller = Caller(url)
        assert caller.get("/desk")["api"] == 1
        caller.close()


def test_a_port_in_use_is_said(folder: Path, house: House, tmp_path: Path) -> None:
    port = urlsplit(house.url).port or 0
    with pytest.raises(DeskSetupError, match=f"port {port}"), serving(ServeConfig(tmp_path / "b", port=port)):
        pass


def test_one_folder_is_served_once(folder: Path, house: House) -> None:
    with pytest.raises(DeskSetupError, match="served already"), serving(ServeConfig(folder)):
        pass


def test_a_folder_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with (
        pytest.raises(DeskSetupError, match="cannot be used"),
        serving(ServeConfig(tmp_path / "file" / "desk")),
    ):
        pass


def test_a_server_stopped_before_it_starts_does_not_start(folder: Path) -> None:
    server, urls = DeskServer(ServeConfig(folder)), list[str]()
    server.stop()
    server.run(urls.append)
    assert urls == []
    server.stop()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_within_two_seconds_with_a_stream_open(
    folder: Path, template: Template, how: signal.Signals
) -> None:
    process, url = start(folder)
    anna = Caller(url, template.tokens["anna"])
    with anna.http.stream("GET", "/changes/stream") as response:
        lines = response.iter_lines()
        next(line for line in lines if line.startswith("data:"))
        begun = time.monotonic()
        assert finish(process, how) == 0
        assert time.monotonic() - begun < 2
        assert list(lines) in ([""], [])
    anna.close()


def test_an_idle_desk_sleeps(folder: Path, template: Template) -> None:
    """With a stream open and nothing happening, the kernel counts next to no switches to the process."""
    process, url = start(folder)
    anna = Caller(url, template.tokens["anna"])
    with anna.http.stream("GET", "/changes/stream") as response:
        next(line for line in response.iter_lines() if line.startswith("data:"))
        woken = _fewest_switches(process)
    anna.close()
    finish(process, signal.SIGTERM)
    assert woken <= 4


def _switches(pid: int) -> int:
    total = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        for line in (task / "status").read_text().splitlines():
            if line.startswith("voluntary_ctxt_switches"):
                total += int(line.split()[1])
    return total


def _fewest_switches(process: subprocess.Popen[str]) -> int:
    """Give the switches in two seconds, the fewest of ten looks: a busy computer takes long to start it."""
    fewest = sys.maxsize
    for _ in range(10):
        before = _switches(process.pid)
        _let_pass(process, seconds=2.0)
        fewest = min(fewest, _switches(process.pid) - before)
        if fewest <= 4:
            break
    return fewest


def _let_pass(process: subprocess.Popen[str], *, seconds: float) -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(timeout=seconds)
