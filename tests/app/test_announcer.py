"""The strip above the pages says the weightiest thing, and an advice only where there is nothing else."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import memory, theme, window
from tracker.app.announcer import Announcer, Message
from tracker.ui.main_window import MainWindow
from tracker.ui.notify.in_app import InApp
from tracker.ui.theme.tokens import Tone
from tracker.ui.widgets.banner import Banner

__all__ = ["memory", "theme", "window"]


@pytest.fixture
def announcer(window: MainWindow) -> Announcer:
    return Announcer(window, InApp(window))


def said(window: MainWindow) -> str:
    banner = window.findChild(Banner)
    assert banner is not None
    return banner.message


def test_an_advice_waits_until_nothing_else_is_to_be_said(
    announcer: Announcer, window: MainWindow, qtbot: QtBot
) -> None:
    announcer.say_health(Message("You are offline.", Tone.WARN))
    announcer.advise("A newer Tracker is ready.")
    assert said(window) == "You are offline."
    announcer.say_health(None)
    assert said(window) == "A newer Tracker is ready."
    announcer.say_trouble("That did not work.")
    assert said(window) == "That did not work."
    announcer.settle()
    assert said(window) == "A newer Tracker is ready."


def test_an_advice_that_was_closed_stays_away_and_so_does_one_that_is_taken_back(
    announcer: Announcer, window: MainWindow
) -> None:
    announcer.advise("A newer Tracker is ready.")
    window.banner_dismissed.emit()
    assert said(window) == ""
    announcer.advise("An even newer one is.")
    announcer.advise("")
    assert said(window) == ""
