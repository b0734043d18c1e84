"""Each minute while somebody looks, and never else."""

from datetime import timedelta

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Clock
from tracker.ui.minute_hand import MinuteHand


def test_it_moves_at_the_full_minute(qtbot: QtBot) -> None:
    clock = Clock()
    clock.go_on(timedelta(seconds=59))
    watched = QWidget()
    qtbot.addWidget(watched)
    hand = MinuteHand(watched, clock)
    with qtbot.waitSignal(hand.moved, timeout=3_000):
        watched.show()
        clock.go_on(timedelta(seconds=1))


def test_a_widget_seen_again_later_is_told_at_once(qtbot: QtBot) -> None:
    clock = Clock()
    watched = QWidget()
    qtbot.addWidget(watched)
    hand = MinuteHand(watched, clock)
    with qtbot.assertNotEmitted(hand.moved):
        watched.show()
    watched.hide()
    clock.go_on(timedelta(hours=1))
    with qtbot.waitSignal(hand.moved):
        watched.show()


def test_a_hidden_widget_costs_no_wake_ups(qtbot: QtBot) -> None:
    watched = QWidget()
    qtbot.addWidget(watched)
    hand = MinuteHand(watched, Clock())
    watched.show()
    assert hand._timer.isActive()
    watched.hide()
    assert not hand._timer.isActive()
