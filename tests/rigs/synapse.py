"""A private Matrix server (Synapse) on loopback, with people in it, started in a few seconds."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from tests.rigs.debian import RigUnavailable
from tests.rigs.synapse_site import PEOPLE, Person, Setup, copy_template, write_site
from tools import synapse
from tools.environment import CannotSetUp

if TYPE_CHECKING:
    from types import TracebackType

_START_LIMIT = 60.0
# Ends by itself when whoever started it is gone, which ends its standard input.
_SERVE = """
import os, runpy, signal, threading
def leave_when_alone():
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGKILL)
threading.Thread(target=leave_when_alone, daemon=True).start()
runpy.run_module("synapse.app.homeserver", run_name="__main__", alter_sys=True)
"""


class SynapseRig:
    """One Synapse of our own: `start`, use `url`, `stop`; everything it writes is in `folder`.

    `kill` ends it as a power cut would, and `serve` brings it back at the same address with what it had on
    disk. `launch` returns at once, `wait_until_up` when it answers. Raises RigUnavailable with the reason
    when Synapse cannot be installed or does not come up.
    """

    def __init__(self, folder: Path, setup: Setup | None = None) -> None:
        self.folder = folder
        self.setup = setup or Setup()
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> SynapseRig:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Copy the database with the people and serve it."""
        self.launch()
        self.wait_until_up()

    def launch(self) -> None:
        """Begin to start, and return at once; `wait_until_up` sees it through."""
        _install()
        copy_template(self.folder)
        self._spawn()

    def make_new(self) -> None:
        """Start with an empty database, as for the template."""
        _install()
        write_site(self.folder, self.port, self.setup)
        self._run("--generate-keys")
        self.serve()

    def serve(self) -> None:
        """Serve what is in the folder; also how a server that was stopped comes back at its address."""
        self._spawn()
        self.wait_until_up()

    def stop(self) -> None:
        """End it in order, by its process id."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut does."""
        self._end(signal.SIGKILL)

    def token(self, person: Person) -> str:
        """Give an access token of the person's that never ends: nobody has to sign in for it."""
        tokens: dict[str, str] = json.loads((self.folder / "tokens.json").read_text("utf-8"))
        return tokens[person.name]

    def log(self) -> str:
        """Give what the server has complained about so far."""
        said = [self.folder / "homeserver.log", self.folder / "output.log"]
        return "\n".join(file.read_text("utf-8", "replace") for file in said if file.exists())

    def wait_until_up(self) -> None:
        """Wait until it answers."""
        deadline = time.monotonic() + _START_LIMIT
        while time.monotonic() < deadline:
            if self._server is None or self._server.poll() is not None:
                break
            try:
                answer = httpx.get(f"{self.url}/_matrix/client/versions", timeout=30, trust_env=False)
            except httpx.TransportError:
                # Not listening yet; nothing tells us when, so ask again soon.
                time.sleep(0.05)
            else:
                if answer.is_success:
                    return
        self.kill()
        raise RigUnavailable(f"Synapse did not start:\n{self.log()[-3000:]}")

    def _spawn(self) -> None:
        write_site(self.folder, self.port, self.setup)
        with (self.folder / "output.log").open("ab") as output:
            self._server = subprocess.Popen(
                self._command("-c", _SERVE),
                cwd=self.folder,
                env=quiet_environment(),
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def _run(self, *arguments: str) -> None:
        done = subprocess.run(
            [*self._command("-m", "synapse.app.homeserver"), *arguments],
            env=quiet_environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise RigUnavailable(f"Synapse could not be set up:\n{done.stderr[-3000:]}")

    def _command(self, *program: str) -> list[str]:
        return [str(synapse.ENVIRONMENT.python()), *program, "-c", str(self.folder / "homeserver.yaml")]

    def _end(self, how: signal.Signals) -> None:
        server, self._server = self._server, None
        if server is None:
            return
        for signaled in (how, signal.SIGKILL):
            server.send_signal(signaled)
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                continue
            break
        if server.stdin is not None:
            server.stdin.close()


def _install() -> None:
    try:
        synapse.ENVIRONMENT.ensure()
    except CannotSetUp as error:
        raise RigUnavailable(str(error)) from error


def quiet_environment() -> dict[str, str]:
    """Give the environment of a server: nothing of whoever runs the tests."""
    return {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "TZ": "UTC"}


def free_port() -> int:
    """Give a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def main() -> None:
    """Serve a fresh instance until Enter is pressed or input ends: `python -m tests.rigs.synapse`."""
    with tempfile.TemporaryDirectory() as folder, SynapseRig(Path(folder)) as rig:
        people = ", ".join(f"{person.name}/{person.password}" for person in PEOPLE)
        sys.stdout.write(f"Synapse at {rig.url}\n{people}\nPress Enter to stop.\n")
        sys.stdout.flush()
        sys.stdin.readline()


if __name__ == "__main__":
    main()
