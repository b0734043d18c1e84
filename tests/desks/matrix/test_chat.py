"""Chats over Matrix hold to the contract of chats, at a real server, with an agent who speaks plain HTTP."""

from __future__ import annotations

import pytest

from tests.contract.chat import ChatContract
from tests.desks.matrix.site import MatrixSite
from tests.desks.matrix.site_fixtures import agents_room, matrix_proxy, matrix_site

__all__ = ["agents_room", "matrix_proxy", "matrix_site"]


@pytest.mark.matrix
class TestMatrixChat(ChatContract):
    @pytest.fixture
    def site(self, matrix_site: MatrixSite) -> MatrixSite:
        return matrix_site
