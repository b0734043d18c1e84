"""What the tray icon and the rail tell at a glance: how many wait, what is new, the first few requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.app.chat_door import CHAT
from tracker.app.pages import REQUESTS, UPDATES
from tracker.app.snoozing import Snoozing
from tracker.model.chat import ChatWay
from tracker.model.listing import Filter
from tracker.ui.settings.reader import Reader
from tracker.ui.tray.words import MAX_REQUESTS, tray_state

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.app.parts import Parts
    from tracker.host.settings import Settings
    from tracker.model.health import Health
    from tracker.model.track import Track
    from tracker.ui.main_window import MainWindow
    from tracker.ui.tray.tray import Tray


class TrayNews:
    """Reads it anew each time it is asked to show it."""

    def __init__(
        self, parts: Parts, tray: Tray, window: MainWindow, *, save: Callable[[Settings], None]
    ) -> None:
        self._parts, self._tray, self._window = parts, tray, window
        reader = Reader(parts.theme, parts.wording, parts.clock)
        self._snoozing = Snoozing(reader, tray.menu, lambda: parts.settings, save, window)

    def show(self, health: Health) -> None:
        """Show the counts, and the first requests in the icon's menu."""
        view = self._parts.view
        first = view.tickets(Filter.OPEN)[:MAX_REQUESTS]
        self.show_counts(health, view.tracks(first, self._parts.clock()))

    def show_counts(self, health: Health, first: Sequence[Track] = ()) -> None:
        """Show the counts; `first` are the requests for the menu."""
        counts, talks = self._parts.view.counts(), self._parts.view.talks
        messages = sum(talks.all_unread().values())
        self._snoozing.refresh()
        self._tray.show_state(tray_state(health, counts, first, messages=messages))
        self._tray.menu.offer_chat(offered=talks.way() is ChatWay.LIVE)
        self._window.set_badge(CHAT, messages)
        self._window.set_badge(REQUESTS, counts.open)
        self._window.set_badge(UPDATES, counts.unread)
