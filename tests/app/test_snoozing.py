"""A snooze from the tray menu: kept, said with its end, and gone when it is over."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, ground
from tests.ui.samples import at
from tracker.app.snoozing import Snoozing
from tracker.host.settings import Settings
from tracker.ui.settings.reader import Reader
from tracker.ui.theme.theme import Look, Theme
from tracker.ui.tray.menu import TrayMenu


class Tray:
    """A menu, and the settings it changes."""

    def __init__(self, g: Ground) -> None:
        self.g, self.settings = g, Settings()
        self.menu = TrayMenu("Tracker")
        reader = Reader(g.context.theme, g.context.wording, g.clock)
        self.snoozing = Snoozing(reader, self.menu, lambda: self.settings, self.keep, self.menu)

    def keep(self, settings: Settings) -> None:
        self.settings = settings

    def until(self) -> datetime | None:
        return self.settings.snoozed_until

    def labels(self) -> list[str]:
        return [a.text() for a in self.menu.actions() if a.isVisible() and "Quiet" in a.text()]

    def press(self, words: str) -> None:
        next(a for a in self.menu.actions() if a.text() == words).trigger()


@pytest.fixture
def tray(qtbot: QtBot) -> Tray:
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme = Theme(application, Look.LIGHT)
    made = Tray(ground(theme))
    qtbot.addWidget(made.menu)
    theme.setParent(made.menu)
    return made


def test_an_hour_is_said_with_its_end_and_can_be_ended(tray: Tray) -> None:
    tray.press("Quiet for 1 &hour")
    assert tray.until() == at(21, 14, 50)
    assert tray.labels() == ["Quiet until 14:50 · End now"]
    tray.press("Quiet until 14:50 · End now")
    assert tray.until() is None
    assert tray.labels() == ["Quiet for 1 &hour", "Quiet until &tomorrow"]


def test_until_tomorrow_ends_with_the_quiet_hours(tray: Tray) -> None:
    tray.press("Quiet until &tomorrow")
    assert tray.until() == at(22, 8)
    assert tray.labels() == ["Quiet until tomorrow 08:00 · End now"]


def test_the_menu_notices_when_it_opens_that_a_snooze_is_over(tray: Tray) -> None:
    tray.press("Quiet for 1 &hour")
    tray.g.clock.go_on(timedelta(hours=2))
    tray.menu.aboutToShow.emit()
    assert tray.labels() == ["Quiet for 1 &hour", "Quiet until &tomorrow"]


def test_a_snooze_chosen_elsewhere_is_shown_too(tray: Tray) -> None:
    tray.settings = replace(tray.settings, snoozed_until=at(21, 16))
    tray.snoozing.refresh()
    assert tray.labels() == ["Quiet until 16:00 · End now"]
