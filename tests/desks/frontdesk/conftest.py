"""One real front desk for all tests of its connector, and a proxy before it for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.contract.writing import Outgoing
from tests.desks.frontdesk.site import FrontDeskSite
from tests.rigs.flaky_proxy import FlakyProxy
from tests.rigs.frontdesk import TESS, FrontDeskRig
from tests.rigs.frontdesk_agent import Agent


@pytest.fixture(scope="session")
def frontdesk_rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontDeskRig]:
    folder: Path = tmp_path_factory.mktemp("frontdesk")
    # A small limit, so that a file over it is quickly made.
    with FrontDeskRig(folder, settings={"attachment_bytes": "4000000"}) as rig:
        yield rig


@pytest.fixture(scope="session")
def tess(frontdesk_rig: FrontDeskRig) -> Agent:
    return frontdesk_rig.agent(TESS)


@pytest.fixture(scope="session")
def frontdesk_site(frontdesk_rig: FrontDeskRig, tess: Agent) -> Iterator[FrontDeskSite]:
    address = urlsplit(frontdesk_rig.url)
    assert address.hostname is not None
    assert address.port is not None
    with FlakyProxy(address.hostname, address.port) as proxy:
        yield FrontDeskSite(frontdesk_rig, tess, proxy)


@pytest.fixture
def outgoing(tmp_path: Path) -> Outgoing:
    folder = tmp_path / "outgoing"
    folder.mkdir()
    return Outgoing(folder)
