"""A real OpenID provider in a process of its own, and somebody who signs in there with a browser.

with OpenIdRig(folder) as rig:
    company = rig.company
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from tests.rigs.loopback_server import LoopbackServer
from tests.rigs.surfing import Surfer
from tools.environment import ROOT
from tools.openid import ENVIRONMENT
from tracker.desks.openid.provider import Company

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

CLIENT = "tracker"
DEVICE_CLIENT = "tracker-device"
PASSWORD = "company-pass"


class OpenIdRig(LoopbackServer):
    """django-oauth-toolkit on loopback (tests/rigs/openid_site.py); use it with `with`, `issuer` names it."""

    what = "The OpenID provider"
    log = "openid.log"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.issuer = f"http://127.0.0.1:{self.port}/o"

    def company(self, client: str = CLIENT) -> Company:
        """Give it as the program knows it."""
        return Company(self.issuer, client)

    def ask(self, path: str) -> dict[str, int]:
        """Ask what only the tests may: `/tests/rotate`, `/tests/living`."""
        answer = httpx.get(f"http://127.0.0.1:{self.port}{path}", trust_env=False, timeout=30)
        told: dict[str, int] = answer.raise_for_status().json()
        return told

    @property
    def _place(self) -> Path:
        return ROOT

    def _command(self) -> Sequence[str]:
        ENVIRONMENT.ensure()
        return (str(ENVIRONMENT.python()), "-m", "tests.rigs.openid_site", str(self.port))

    def _ask(self) -> object:
        return self.ask("/tests/living")


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
