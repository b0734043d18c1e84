"""The pinned PySide6 counts references to True and None right (docs/decisions/0005-pyside6-pin.md)."""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

CALLS = 100


class Bell(QObject):
    rang = Signal()


def drift(call: Callable[[], object]) -> dict[str, int]:
    """Count the references to True and None gained or lost by `CALLS` calls."""
    call()
    before = (sys.getrefcount(True), sys.getrefcount(None))
    for _ in range(CALLS):
        call()
    after = (sys.getrefcount(True), sys.getrefcount(None))
    return {"True": after[0] - before[0], "None": after[1] - before[1]}


@pytest.mark.parametrize("what", ["a signal", "a call that returns nothing"])
def test_no_reference_is_lost(qtbot: QtBot, what: str) -> None:
    bell = Bell()
    calls: dict[str, Callable[[], object]] = {
        "a signal": bell.rang.emit,
        "a call that returns nothing": lambda: bell.setObjectName("bell"),
    }
    # A lost reference shows on every call; one or two here and there come from Python itself.
    assert all(abs(lost) < CALLS // 10 for lost in drift(calls[what]).values())
