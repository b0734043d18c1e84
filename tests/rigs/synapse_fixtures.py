"""Fixtures that give running Matrix servers; import them where needed, and mark the tests `matrix`.

However many modules import one, there is one server of each kind in a run: it is kept with pytest's own
configuration, and ended with it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.rigs.sign_on import SignOnRig
from tests.rigs.synapse import SynapseRig
from tests.rigs.synapse_site import Setup

_ALONE, _STRICT, _COMPANY = (pytest.StashKey[SynapseRig]() for _ in range(3))


@pytest.fixture(scope="session")
def synapse_rig(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SynapseRig:
    """One private Synapse, its limits lifted. Fails, never skips, where it can't be had."""
    folder = tmp_path_factory.mktemp("synapse")
    return _one(request.config, _ALONE, lambda closing: closing.enter_context(SynapseRig(folder)))


@pytest.fixture(scope="session")
def strict_synapse(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SynapseRig:
    """Another with the limits that Synapse has by itself."""
    rig = SynapseRig(tmp_path_factory.mktemp("strict-synapse"), Setup(limited=True))
    return _one(request.config, _STRICT, lambda closing: closing.enter_context(rig))


@pytest.fixture(scope="session")
def company_synapse(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SynapseRig:
    """Another with a company's single sign-on, and access tokens that live for three seconds."""
    folder = tmp_path_factory.mktemp("company-synapse")
    return _one(request.config, _COMPANY, lambda closing: _with_sign_on(folder, closing))


def _with_sign_on(folder: Path, closing: ExitStack) -> SynapseRig:
    sign_on = closing.enter_context(SignOnRig(folder))
    setup = Setup(token_life="3s", issuer=sign_on.url)
    return closing.enter_context(SynapseRig(folder / "synapse", setup))


def _one(
    config: pytest.Config, key: pytest.StashKey[SynapseRig], start: Callable[[ExitStack], SynapseRig]
) -> SynapseRig:
    """Give the one that runs, starting it for whoever is first."""
    if key not in config.stash:
        closing = ExitStack()
        config.add_cleanup(closing.close)
        config.stash[key] = start(closing)
    return config.stash[key]
