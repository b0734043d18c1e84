"""A server of the tests that is one process on loopback: started, waited for, ended by its process id."""

from __future__ import annotations

import subprocess
import time
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

import httpx

from tests.rigs.debian import RigUnavailable
from tests.rigs.synapse import free_port, quiet_environment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self

_START_LIMIT = 60.0


class LoopbackServer(ABC):
    """Use it with `with`. `what` names it in sentences; what it prints goes into `log` in its folder."""

    what = "The server"
    log = "server.log"

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self._folder = folder
        self._server: subprocess.Popen[bytes] | None = None

    @abstractmethod
    def _command(self) -> Sequence[str]:
        """Give the program to start, installing it first where that is needed."""

    @abstractmethod
    def _ask(self) -> object:
        """Ask what it answers once it is up; raises httpx.TransportError until then."""

    @property
    def _place(self) -> Path:
        """The folder that it runs in."""
        return self._folder

    def __enter__(self) -> Self:
        command = self._command()
        with (self._folder / self.log).open("wb") as log:
            self._server = subprocess.Popen(
                command,
                cwd=self._place,
                env=quiet_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait_until_up(self._server)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.kill()
            self._server.wait(10)

    def _wait_until_up(self, server: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + _START_LIMIT
        while time.monotonic() < deadline and server.poll() is None:
            try:
                self._ask()
            except httpx.TransportError:
                time.sleep(0.05)  # not listening yet; nothing tells us when
            else:
                return
        said = (self._folder / self.log).read_text("utf-8", "replace")
        raise RigUnavailable(f"{self.what} of the tests did not start:\n{said[-2000:]}")
