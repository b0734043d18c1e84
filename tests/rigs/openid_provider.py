"""A real OpenID provider in a process of its own, and somebody who signs in there with a browser.

with OpenIdRig(folder) as rig:
    company = rig.company
"""

from __future__ import annotations

import subprocess
import time
from typing import TYPE_CHECKING

import httpx

from tests.rigs.debian import RigUnavailable
from tests.rigs.surfing import Surfer
from tests.rigs.synapse import free_port, quiet_environment
from tools.environment import ROOT
from tools.openid import ENVIRONMENT
from tracker.desks.openid.provider import Company

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

CLIENT = "tracker"
DEVICE_CLIENT = "tracker-device"
PASSWORD = "company-pass"
_START_LIMIT = 60.0


class OpenIdRig:
    """django-oauth-toolkit on loopback (tests/rigs/openid_site.py); use it with `with`, `issuer` names it."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.issuer = f"http://127.0.0.1:{self.port}/o"
        self._folder = folder
        self._server: subprocess.Popen[bytes] | None = None

    def company(self, client: str = CLIENT) -> Company:
        """Give it as the program knows it."""
        return Company(self.issuer, client)

    def __enter__(self) -> OpenIdRig:
        ENVIRONMENT.ensure()
        with (self._folder / "openid.log").open("wb") as log:
            self._server = subprocess.Popen(
                [str(ENVIRONMENT.python()), "-m", "tests.rigs.openid_site", str(self.port)],
                cwd=ROOT,
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

    def ask(self, path: str) -> dict[str, int]:
        """Ask what only the tests may: `/tests/rotate`, `/tests/living`."""
        answer = httpx.get(f"http://127.0.0.1:{self.port}{path}", trust_env=False, timeout=30)
        told: dict[str, int] = answer.raise_for_status().json()
        return told

    def _wait_until_up(self, server: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + _START_LIMIT
        while time.monotonic() < deadline and server.poll() is None:
            try:
                self.ask("/tests/living")
            except httpx.TransportError:
                time.sleep(0.05)  # not listening yet; nothing tells us when
            else:
                return
        said = (self._folder / "openid.log").read_text("utf-8", "replace")
        raise RigUnavailable(f"The OpenID provider of the tests did not start:\n{said[-2000:]}")


async def browse(page: str, *, login: str = "jane", password: str = PASSWORD) -> httpx.Response:
    """Sign in as a person does with a browser that has never been there; gives the last page."""
    async with Surfer() as surfer:
        await surfer.go(page)
        await surfer.submit(username=login, password=password)
        return surfer.page


async def type_code(page: str, code: str, *, login: str = "jane", action: str = "accept") -> None:
    """Sign in on another device, type the code there, and say yes (`accept`) or no (`deny`)."""
    async with Surfer() as surfer:
        await surfer.go(page)
        await surfer.submit(username=login, password=PASSWORD)
        await surfer.submit(user_code=code)
        await surfer.submit(action=action)
