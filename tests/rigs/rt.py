"""A private Request Tracker 5 on loopback, seeded and started in about two seconds."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from tests.rigs import rt_template
from tests.rigs.debian import RigUnavailable

if TYPE_CHECKING:
    from types import TracebackType

_SERVER = "/usr/share/request-tracker5/libexec/rt-server"
_START_LIMIT = 60.0


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the seeded site: what they sign in with and what the desk calls them."""

    name: str
    password: str
    real_name: str
    email: str


def _person(name: str, real_name: str) -> Person:
    return Person(name, f"{name}-pass", real_name, f"{name}@example.test")


JANE = _person("jane", "Jane Doe")
OMAR = _person("omar", "Omar Ali")
YUKI = _person("yuki", "Yuki Sato")
TESS = _person("tess", "Tess Tech")
THEO = _person("theo", "Theo Tools")
ROOT = Person("root", rt_template.ROOT_PASSWORD, "Enoch Root", "root@localhost")


class RtRig:
    """One Request Tracker of our own: `start`, use `url`, `stop`; everything it writes is in `folder`.

    Starting raises RigUnavailable with the reason when RT can't be installed or does not come up.
    """

    def __init__(self, folder: Path, *, workers: int = 2) -> None:
        self.folder = folder
        self.url = ""
        self._workers = workers
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> RtRig:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Copy the template, write the configuration and serve on a free port."""
        template = rt_template.ready_template()
        self.folder.mkdir(parents=True, exist_ok=True)
        if not (self.folder / "rt.sqlite").exists():
            for name in ("rt.sqlite", "tokens"):
                shutil.copy(template / name, self.folder / name)
        self.serve(_free_port())

    def serve(self, port: int) -> None:
        """Serve what is in the folder on `port`; also how a stopped rig comes back at its old address."""
        rt_template.write_site(self.folder, port)
        self.url = f"http://127.0.0.1:{port}"
        # One request for each connection (the default): with keep-alive Starlet sends malformed bodies.
        command = rt_template.perl(self.folder, _SERVER, "--server", "Starlet", "--host", "127.0.0.1")
        command += ["--port", str(port), "--max-workers", str(self._workers), "--env", "deployment"]
        with (self.folder / "server.log").open("ab") as log:
            self._server = subprocess.Popen(
                command,
                env=rt_template.environment(self.folder),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait_until_up(self._server)

    def stop(self) -> None:
        """End the server and its workers, by their process group."""
        server, self._server = self._server, None
        if server is None:
            return
        for how in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(server.pid, how)
                server.wait(5)
            except ProcessLookupError:
                break
            except subprocess.TimeoutExpired:
                continue
        server.wait(5)

    def token(self, person: Person) -> str:
        """Give the token an administrator made for `person`."""
        lines = (self.folder / "tokens").read_text("utf-8").splitlines()
        return next(line.split()[1] for line in lines if line.split()[0] == person.name)

    def cpu_seconds(self) -> float:
        """Give the processor time that the server and its workers have used, by the kernel's count."""
        if self._server is None:
            return 0.0
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it has ended meanwhile
            # proc(5): after the name come state, parent, process group; times are 12th to 15th.
            if int(fields[2]) == self._server.pid:
                ticks += sum(int(field) for field in fields[11:15])
        return ticks / os.sysconf("SC_CLK_TCK")

    def log(self) -> str:
        """Give what the server has complained about so far."""
        return (self.folder / "server.log").read_text("utf-8", "replace")

    def _wait_until_up(self, server: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + _START_LIMIT
        while time.monotonic() < deadline:
            if server.poll() is not None:
                break
            try:
                if httpx.get(f"{self.url}/REST/2.0/rt", timeout=30, trust_env=False).status_code == 401:
                    return
            except httpx.TransportError:
                # Not listening yet; nothing tells us when, so ask again soon.
                time.sleep(0.05)
        self.stop()
        raise RigUnavailable(f"Request Tracker did not start:\n{self.log()[-3000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def main() -> None:
    """Serve a fresh instance until Enter is pressed or input ends: `python -m tests.rigs.rt`."""
    with tempfile.TemporaryDirectory() as folder, RtRig(Path(folder)) as rig:
        people = ", ".join(f"{person.name}/{person.password}" for person in (JANE, OMAR, TESS, THEO, ROOT))
        sys.stdout.write(f"Request Tracker at {rig.url}\n{people}\nPress Enter to stop.\n")
        sys.stdout.flush()
        sys.stdin.readline()


if __name__ == "__main__":
    main()
