"""One real Request Tracker for all tests of its connector, and a proxy before it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.contract.writing import Outgoing
from tests.desks.rt.site import RtSiteRig
from tests.rigs.flaky_proxy import FlakyProxy
from tests.rigs.rt import RtRig
from tests.rigs.rt_fixtures import administrator, rt_rig, tess, theo
from tests.rigs.technician import Technician
from tracker.desks.rt.desk import RtDesk

__all__ = ["administrator", "rt_rig", "tess", "theo"]


@pytest.fixture(scope="session")
def rt_proxy(rt_rig: RtRig) -> Iterator[FlakyProxy]:
    address = urlsplit(rt_rig.url)
    assert address.hostname is not None
    assert address.port is not None
    with FlakyProxy(address.hostname, address.port) as proxy:
        yield proxy


@pytest.fixture
def rt_site(
    rt_rig: RtRig, administrator: Technician, tess: Technician, rt_proxy: FlakyProxy
) -> Iterator[RtSiteRig]:
    yield RtSiteRig(rt_rig, administrator, tess, rt_proxy)
    rt_proxy.restore()


@pytest.fixture
async def jane(rt_site: RtSiteRig) -> AsyncIterator[RtDesk]:
    desk = rt_site.desk("jane")
    await desk.sign_in()
    yield desk
    await desk.aclose()


@pytest.fixture
def outgoing(tmp_path: Path) -> Outgoing:
    folder = tmp_path / "outgoing"
    folder.mkdir()
    return Outgoing(folder)
