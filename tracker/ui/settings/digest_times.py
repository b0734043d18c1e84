"""When summaries come: times of day, typed as the reader types them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QTime, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.ui.theme.tokens import Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.tickets.call_windows import read_time
from tracker.ui.widgets.field import LineEdit
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import time

_MOST = 6


class DigestTimes(QWidget):
    """One line: "09:00, 13:00, 16:30". `chosen` carries the times, soonest first, once they can be read."""

    chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.line = LineEdit(self, limit=120)
        self.line.setAccessibleName(name)
        self._wrong = Text("", self, style=TextStyle.SMALL, ink="late", wrap=True)
        self._wrong.hide()
        self._shown: tuple[time, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(self.line)
        column.addWidget(self._wrong)
        self.setFocusProxy(self.line)
        self.line.editingFinished.connect(self._read)
        self.line.textEdited.connect(lambda: self._say(""))

    def show_times(self, times: Sequence[time]) -> None:
        """Show these, unless others are being typed."""
        if tuple(times) == self._shown and self.line.text():
            return
        self._shown = tuple(times)
        self.line.setText(", ".join(self._words(each) for each in times))
        self._say("")

    @property
    def problem(self) -> str:
        """What is wrong with what is typed, "" if nothing is."""
        return self._wrong.text()

    def _words(self, each: time) -> str:
        return self.locale().toString(QTime(each.hour, each.minute), self.locale().FormatType.ShortFormat)

    def _read(self) -> None:
        typed = [part for part in re.split(r"[,;\n]+", self.line.text()) if part.strip()]
        read = [read_time(part, self.locale()) for part in typed]
        times = tuple(sorted({each for each in read if each is not None}))
        if None in read:
            self._say(
                self.tr("Write times like {example}, with commas between.").format(example=self._example())
            )
        elif len(times) > _MOST:
            self._say(self.tr("Six times a day are the most."))
        elif times != self._shown:
            self._shown = times
            self.chosen.emit(times)

    def _example(self) -> str:
        words = self.locale().toString(QTime(9, 0), self.locale().FormatType.ShortFormat)
        return f"{words}, {self.locale().toString(QTime(16, 30), self.locale().FormatType.ShortFormat)}"

    def _say(self, sentence: str) -> None:
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))
        self.line.setAccessibleDescription(sentence)
