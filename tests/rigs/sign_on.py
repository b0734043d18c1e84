"""A company's single sign-on on loopback: an OpenID provider that believes whatever name it is told."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from tests.rigs.debian import RigUnavailable
from tests.rigs.synapse import free_port, quiet_environment
from tools import synapse

if TYPE_CHECKING:
    from types import TracebackType

_START_LIMIT = 30.0


class SignOnRig:
    """The provider that comes with the tests' Synapse; use it with `with`, `url` is its issuer.

    Its page at `/oauth2/authorize` asks for the name (`sub`) and whether to go on.
    """

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._folder = folder
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> SignOnRig:
        synapse.ensure()
        command = [str(synapse.python()), "-W", "ignore", "-m", "oidc_provider_mock"]
        with (self._folder / "sign-on.log").open("wb") as log:
            self._server = subprocess.Popen(
                [*command, "--host", "127.0.0.1", "--port", str(self.port)],
                cwd=self._folder,
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
                httpx.get(f"{self.url}/.well-known/openid-configuration", timeout=10, trust_env=False)
            except httpx.TransportError:
                time.sleep(0.05)  # not listening yet; nothing tells us when
            else:
                return
        said = (self._folder / "sign-on.log").read_text("utf-8", "replace")
        raise RigUnavailable(f"The single sign-on of the tests did not start:\n{said[-2000:]}")
