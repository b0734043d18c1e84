"""The Desk protocol as tests: one class that every connector passes.

How to use it: subclass `DeskContract` and give one fixture, `site`, that returns a `Site` (see
`tests/contract/site.py`; any scope: tests use fresh tickets with subjects of their own)::

    class TestRequestTracker(DeskContract):
        @pytest.fixture
        def site(self, rt_site): return rt_site

The fixtures made from it: `jane` and `omar` are signed-in Desks, closed after the test; `helpdesk` is the
technician; `network` is whole again after each test; `outgoing` is a folder of files to send.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.contract.commands import CommandContract
from tests.contract.files import FileContract
from tests.contract.honesty import HonestyContract
from tests.contract.news import NewsContract
from tests.contract.site import Helpdesk, Network, Site
from tests.contract.trouble import TroubleContract
from tests.contract.wishes import WishContract
from tests.contract.writing import Outgoing
from tracker.desks.base import Desk


class DeskContract(
    NewsContract, CommandContract, FileContract, HonestyContract, TroubleContract, WishContract
):
    """What every connector does. A subclass gives the fixture `site`."""

    pytestmark = pytest.mark.anyio

    @pytest.fixture
    def site(self) -> Site:
        raise AssertionError("the subclass gives the site")

    @pytest.fixture
    def helpdesk(self, site: Site) -> Helpdesk:
        return site.helpdesk

    @pytest.fixture
    def network(self, site: Site) -> Iterator[Network]:
        yield site.network
        site.network.restore()

    @pytest.fixture
    async def jane(self, site: Site, network: Network) -> AsyncIterator[Desk]:
        desk = site.desk("jane")
        await desk.sign_in()
        yield desk
        await desk.aclose()

    @pytest.fixture
    async def omar(self, site: Site, network: Network) -> AsyncIterator[Desk]:
        desk = site.desk("omar")
        await desk.sign_in()
        yield desk
        await desk.aclose()

    @pytest.fixture
    def outgoing(self, tmp_path: Path) -> Outgoing:
        folder = tmp_path / "outgoing"
        folder.mkdir()
        return Outgoing(folder)
