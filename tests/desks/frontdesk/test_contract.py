"""The connector to the embedded desk keeps the contract, against the real desk."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.contract.desk_contract import DeskContract
from tests.desks.frontdesk.site import FrontDeskSite
from tests.rigs.flaky_proxy import FlakyProxy
from tracker.desks.base import Desk


class TestFrontDesk(DeskContract):
    """Everything through a proxy, with a technician at the other side."""

    @pytest.fixture
    def site(self, frontdesk_site: FrontDeskSite) -> FrontDeskSite:
        return frontdesk_site

    @pytest.fixture
    async def jane(self, site: FrontDeskSite, network: FlakyProxy) -> AsyncIterator[Desk]:
        # With a token: checking a password is slow on purpose, and other tests do it.
        desk = site.desk("jane", secret=await site.token("jane"))
        await desk.sign_in()
        yield desk
        await desk.aclose()

    @pytest.fixture
    async def omar(self, site: FrontDeskSite, network: FlakyProxy) -> AsyncIterator[Desk]:
        desk = site.desk("omar", secret=await site.token("omar"))
        await desk.sign_in()
        yield desk
        await desk.aclose()
