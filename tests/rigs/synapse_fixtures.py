"""Fixtures that give running Matrix servers; import them where needed, and mark the tests `matrix`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.rigs.sign_on import SignOnRig
from tests.rigs.synapse import SynapseRig
from tests.rigs.synapse_site import Setup


@pytest.fixture(scope="session")
def synapse_rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SynapseRig]:
    """One private Synapse for the session, its limits lifted. Fails, never skips, where it can't be had."""
    with SynapseRig(tmp_path_factory.mktemp("synapse")) as rig:
        yield rig


@pytest.fixture(scope="session")
def strict_synapse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SynapseRig]:
    """Another with the limits that Synapse has by itself."""
    with SynapseRig(tmp_path_factory.mktemp("strict-synapse"), Setup(limited=True)) as rig:
        yield rig


@pytest.fixture(scope="session")
def company_synapse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SynapseRig]:
    """Another with a company's single sign-on, and access tokens that live for three seconds."""
    folder = tmp_path_factory.mktemp("company-synapse")
    with SignOnRig(folder) as sign_on:
        setup = Setup(token_life="3s", issuer=sign_on.url)
        with SynapseRig(folder / "synapse", setup) as rig:
            yield rig
