"""Fixtures that give a running Request Tracker and the people in it; import them where they are needed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.rigs.rt import ROOT, TESS, THEO, RtRig
from tests.rigs.technician import Technician


@pytest.fixture(scope="session")
def rt_rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RtRig]:
    """One private Request Tracker for the session. Fails, and never skips, where it can't be had."""
    with RtRig(tmp_path_factory.mktemp("rt")) as rig:
        yield rig


@pytest.fixture(scope="session")
def tess(rt_rig: RtRig) -> Iterator[Technician]:
    """A technician at work."""
    technician = Technician(rt_rig, TESS)
    yield technician
    technician.close()


@pytest.fixture(scope="session")
def theo(rt_rig: RtRig) -> Iterator[Technician]:
    """Another technician."""
    technician = Technician(rt_rig, THEO)
    yield technician
    technician.close()


@pytest.fixture(scope="session")
def administrator(rt_rig: RtRig) -> Iterator[Technician]:
    """The administrator, who makes accounts."""
    technician = Technician(rt_rig, ROOT)
    yield technician
    technician.close()
