"""A real front desk for the whole run, and people at terminals who are signed in to it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.cli.terminal import Terminal
from tests.rigs.flaky_proxy import FlakyProxy
from tests.rigs.frontdesk import JANE, TESS, FrontDeskRig
from tests.rigs.frontdesk_agent import Agent


@pytest.fixture(scope="session")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontDeskRig]:
    """The desk."""
    with FrontDeskRig(tmp_path_factory.mktemp("desk")) as started:
        yield started


@pytest.fixture(scope="session")
def tess(rig: FrontDeskRig) -> Agent:
    """A technician at work."""
    return rig.agent(TESS)


@pytest.fixture(scope="session")
def signed_in(rig: FrontDeskRig, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile that is signed in and knows the catalogue; copied for each test."""
    profile = tmp_path_factory.mktemp("signed-in") / "profile"
    terminal = Terminal(profile, JANE.password)
    sign_in(terminal, rig.url)
    terminal.run("sync")
    terminal.run("new", "--service", "other", "--subject", "In every profile", text="Raised first.")
    return profile


@pytest.fixture
def number(signed_in: Path, tess: Agent) -> str:
    """Give the number of a request that is in every signed-in profile."""
    assert signed_in.exists()
    return tess.tickets("In every profile")[0]


@pytest.fixture
def stranger(tmp_path: Path) -> Terminal:
    """Somebody who has never used Tracker."""
    return Terminal(tmp_path / "profile", JANE.password)


@pytest.fixture
def jane(signed_in: Path, tmp_path: Path) -> Terminal:
    """Jane, signed in."""
    profile = tmp_path / "profile"
    shutil.copytree(signed_in, profile)
    return Terminal(profile, JANE.password)


@pytest.fixture
def network(rig: FrontDeskRig) -> Iterator[FlakyProxy]:
    """The network between Jane and the desk."""
    address = urlsplit(rig.url)
    with FlakyProxy("127.0.0.1", address.port or 0) as proxy:
        yield proxy


@pytest.fixture
def far_jane(signed_in: Path, tmp_path: Path, rig: FrontDeskRig, network: FlakyProxy) -> Terminal:
    """Jane, signed in, with that network between her and the desk."""
    profile = tmp_path / "profile"
    shutil.copytree(signed_in, profile)
    settings = profile / "settings.json"
    settings.write_text(settings.read_text("utf-8").replace(rig.url, network.url), "utf-8")
    return Terminal(profile, JANE.password)


def sign_in(terminal: Terminal, url: str, *, user: str = JANE.login, code: int = 0) -> None:
    """Sign in with the password of the terminal."""
    words = ("sign-in", "--desk", "frontdesk", "--url", url, "--user", user, "--password-stdin")
    terminal.run(*words, text=f"{terminal.password}\n", code=code)
