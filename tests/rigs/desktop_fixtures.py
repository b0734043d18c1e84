"""Fixtures: a private desktop with real toasts, and the record of what its daemon was told."""

from collections.abc import Iterator

import pytest

from tests.rigs.desktop import Desktop
from tracker.host.bus_watch import BusWatch


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    """A display, a bare session bus, openbox and dunst; ended by process id after the test."""
    with Desktop(wm="openbox", notifier="dunst") as started:
        yield started


@pytest.fixture
def notifications(desktop: Desktop) -> BusWatch:
    """Every notification on `desktop` from now on."""
    return desktop.watch()
