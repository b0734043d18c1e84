"""How far files have got on their way up, for whatever shows what they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from tracker.model.uploading import Uploading


class Uploads(QObject):
    """`told` carries the command of which something else is known now."""

    told = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._percents: dict[str, int] = {}

    def take(self, told: Uploading) -> None:
        """Take how far the files of a command have got."""
        before = self.percent(told.command)
        if told.sent:
            self._percents[told.command] = told.percent
        else:
            self._percents.pop(told.command, None)
        if self.percent(told.command) != before:
            self.told.emit(told.command)

    def percent(self, command: str | None) -> int | None:
        """Give how much of a command's files has gone, None while none of them goes."""
        return self._percents.get(command or "")
