"""What happens by itself is read aloud, where somebody listens."""

import pytest
from PySide6 import QtGui
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from pytestqt.qtbot import QtBot

from tests.ui.widgets.showing import shown
from tracker.ui.theme.theme import Theme
from tracker.ui.theme.tokens import Tone
from tracker.ui.widgets.announce import announce
from tracker.ui.widgets.banner import Banner
from tracker.ui.widgets.text import Text

Politeness = QAccessible.AnnouncementPoliteness
Heard = list[tuple[str, Politeness]]


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    """Listen in place of the system's bridge to assistive technology."""
    said: Heard = []

    class Listening:
        """Stands where Qt hands events to the system."""

        AnnouncementPoliteness = Politeness

        @staticmethod
        def isActive() -> bool:
            return True

        @staticmethod
        def updateAccessibility(event: QAccessibleEvent) -> None:
            assert isinstance(event, QAccessibleAnnouncementEvent)
            said.append((event.message(), event.politeness()))

    monkeypatch.setattr(QtGui, "QAccessible", Listening)  # loaded when something is said
    return said


def test_a_banner_is_read_aloud(heard: Heard, theme: Theme, qtbot: QtBot) -> None:
    banner = Banner(theme)
    shown(banner, qtbot, width=400)
    banner.show_message("Sent.", Tone.OK)
    banner.show_message("Sign in again.", Tone.WAIT)
    banner.show_message("")
    assert heard == [("Sent.", Politeness.Polite), ("Sign in again.", Politeness.Assertive)]


def test_what_nobody_sees_is_not_said(heard: Heard, theme: Theme, qtbot: QtBot) -> None:
    hidden = Text("Words")
    qtbot.addWidget(hidden)
    announce(hidden, "Something")
    assert heard == []


def test_without_a_listener_nothing_is_sent(theme: Theme, qtbot: QtBot) -> None:
    text = Text("Words")
    shown(text, qtbot)
    announce(text, "Something", urgent=True)
