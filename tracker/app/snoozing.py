"""Being left alone for a while, from the tray menu, and the words there that say until when."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from tracker.model.snoozing import Snooze, snoozed_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.host.settings import Settings
    from tracker.ui.settings.reader import Reader
    from tracker.ui.tray.menu import TrayMenu

    Save = Callable[[Settings], None]


class Snoozing(QObject):
    """Keeps the menu right: what it says is looked at whenever it is about to be shown."""

    def __init__(
        self, reader: Reader, menu: TrayMenu, settings: Callable[[], Settings], save: Save, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._reader, self._menu, self._settings, self._save = reader, menu, settings, save
        menu.snooze_asked.connect(self._snooze)
        menu.aboutToShow.connect(self.refresh)

    def refresh(self) -> None:
        """Say in the menu until when it is quiet."""
        until = self._settings().snoozed_until
        goes_on = until is not None and until > self._reader.clock()
        words = QCoreApplication.translate("TrayMenu", "Quiet until {time} · End now")
        self._menu.show_snooze(
            words.format(time=self._reader.wording.when(until)) if until and goes_on else ""
        )

    def _snooze(self, how: str) -> None:
        settings, reader = self._settings(), self._reader
        until = snoozed_until(Snooze(how), reader.clock(), reader.wording.zone, settings.quiet_to)
        self._save(replace(settings, snoozed_until=until))
        self.refresh()
