"""The connector to Request Tracker keeps the contract, against the real server."""

from __future__ import annotations

import pytest

from tests.contract.desk_contract import DeskContract
from tests.desks.rt.site import RtSiteRig


@pytest.mark.rt
class TestRequestTracker(DeskContract):
    """Everything through a proxy, with a technician at the other side."""

    @pytest.fixture
    def site(self, rt_site: RtSiteRig) -> RtSiteRig:
        return rt_site
