"""What a page stands on in these tests: values in memory, a clock one can turn, and a place on a screen."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QLocale, QUrl
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.fake_ports import FakeActions, FakeView
from tests.ui.samples import NOW, REQUESTS, SERVICES, ZONE
from tracker.model.ticket import TicketId
from tracker.model.track import Track
from tracker.ui.muting import Muting
from tracker.ui.page_context import PageContext
from tracker.ui.theme.theme import Theme
from tracker.ui.wording import Wording


@dataclass
class Clock:
    """Shows the time a test wants."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def go_on(self, length: timedelta) -> None:
        self.now += length


@dataclass
class Ground:
    """Everything a page is given, and what it did with it. `opened` are the addresses handed outside."""

    view: FakeView
    actions: FakeActions
    clock: Clock
    context: PageContext
    opened: list[QUrl] = field(default_factory=list)


def ground(theme: Theme, received: Path = Path("received"), tracks: Iterable[Track] = REQUESTS) -> Ground:
    """Lay the ground for a page: some requests, the catalogue, British English, Berlin time."""
    view, clock, opened = FakeView(tracks, SERVICES), Clock(), list[QUrl]()
    actions = FakeActions(view)
    wording = Wording(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom), ZONE, clock)
    muted: set[TicketId] = set()
    muting = Muting(lambda: frozenset(muted), lambda new: _replace(muted, new), theme)
    context = PageContext(view, actions, theme, wording, clock, received, muting, opened.append)
    return Ground(view, actions, clock, context, opened)


def _replace(muted: set[TicketId], new: frozenset[TicketId]) -> None:
    muted.clear()
    muted.update(new)


def on_screen(page: QWidget, qtbot: QtBot, width: int = 872, height: int = 700) -> QWidget:
    """Show a page in a window of its own, which has the keyboard, until the test ends."""
    window = QWidget()

    def hold(closing: QWidget) -> None:
        assert closing is window  # and so it is kept until then

    qtbot.addWidget(window, before_close_func=hold)
    row = QHBoxLayout(window)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(page)
    window.resize(width, height)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window
