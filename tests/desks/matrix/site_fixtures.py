"""Fixtures that give a Matrix server as a site for chats; import them where they are needed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.contract.writing import Outgoing
from tests.desks.matrix.site import MatrixSite, make_agents_room
from tests.rigs.flaky_proxy import FlakyProxy
from tests.rigs.synapse import SynapseRig
from tracker.desks.matrix.desk import MatrixDesk


@pytest.fixture(scope="session")
def matrix_proxy(synapse_rig: SynapseRig) -> Iterator[FlakyProxy]:
    with FlakyProxy("127.0.0.1", synapse_rig.port) as proxy:
        yield proxy


@pytest.fixture(scope="session")
def agents_room(synapse_rig: SynapseRig) -> str:
    return make_agents_room(synapse_rig)


@pytest.fixture
def matrix_site(synapse_rig: SynapseRig, matrix_proxy: FlakyProxy, agents_room: str) -> Iterator[MatrixSite]:
    site = MatrixSite(synapse_rig, matrix_proxy, agents_room=agents_room)
    yield site
    matrix_proxy.restore()
    site.close()


@pytest.fixture
async def jane(matrix_site: MatrixSite) -> AsyncIterator[MatrixDesk]:
    desk = matrix_site.desk("jane")
    await desk.sign_in()
    yield desk
    await desk.aclose()


@pytest.fixture
def outgoing(tmp_path: Path) -> Outgoing:
    folder = tmp_path / "outgoing"
    folder.mkdir()
    return Outgoing(folder)
