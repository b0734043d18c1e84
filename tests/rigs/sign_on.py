"""A company's single sign-on on loopback: an OpenID provider that believes whatever name it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from tests.rigs.loopback_server import LoopbackServer
from tools.synapse import ENVIRONMENT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class SignOnRig(LoopbackServer):
    """The provider that comes with the tests' Synapse; use it with `with`, `url` is its issuer.

    Its page at `/oauth2/authorize` asks for the name (`sub`) and whether to go on.
    """

    what = "The single sign-on"
    log = "sign-on.log"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.url = f"http://127.0.0.1:{self.port}"

    def _command(self) -> Sequence[str]:
        ENVIRONMENT.ensure()
        program = (str(ENVIRONMENT.python()), "-W", "ignore", "-m", "oidc_provider_mock")
        return (*program, "--host", "127.0.0.1", "--port", str(self.port))

    def _ask(self) -> object:
        return httpx.get(f"{self.url}/.well-known/openid-configuration", timeout=10, trust_env=False)
