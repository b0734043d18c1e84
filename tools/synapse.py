"""The Matrix server of the tests, in a virtual environment of its own: made once, from its pins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools import rig_environment
from tools.rig_environment import RigEnvironment

if TYPE_CHECKING:
    from pathlib import Path

ENVIRONMENT = RigEnvironment("synapse", "a Matrix server", "a minute or two")
PINS = ENVIRONMENT.pins
CACHE = rig_environment.CACHE


def python() -> Path:
    """Give the Python that has Synapse, whether it is there yet or not: another one for other pins."""
    return ENVIRONMENT.python()


def is_ready() -> bool:
    """Tell whether it is installed."""
    return ENVIRONMENT.is_ready()


def ensure() -> None:
    """Install it, which takes a minute, or do nothing when it is there.

    Raises CannotSetUp with what to do about it.
    """
    ENVIRONMENT.ensure()
