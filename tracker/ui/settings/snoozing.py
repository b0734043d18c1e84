"""Being left alone for a while: two ways to start it, and until when it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from tracker.model.snoozing import Snooze
from tracker.ui.flow import FlowLayout
from tracker.ui.minute_hand import MinuteHand
from tracker.ui.theme.tokens import Size
from tracker.ui.widgets.buttons import Button
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tracker.ui.theme.theme import Theme
    from tracker.ui.wording import Wording


class SnoozeChoice(QWidget):
    """`chosen` carries a Snooze. It notices by itself when a snooze has ended."""

    chosen = Signal(object)

    def __init__(
        self, theme: Theme, wording: Wording, clock: Callable[[], datetime], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._wording, self._clock = wording, clock
        self._until: datetime | None = None
        row = FlowLayout(self)
        self._said = Text("", self)
        self._said.setMinimumHeight(theme.type.scaled(Size.BUTTON))
        self._said.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._said)
        self._hour, self._tomorrow, self._end = (
            self._button(theme, words, snooze)
            for words, snooze in (
                (self.tr("For 1 hour"), Snooze.HOUR),
                (self.tr("Until tomorrow"), Snooze.TOMORROW),
                (self.tr("End now"), Snooze.END),
            )
        )
        MinuteHand(self, clock).moved.connect(self._show)
        self._show()

    def show_until(self, until: datetime | None) -> None:
        """Show until when it is quiet; None: it is not."""
        self._until = until
        self._show()

    def _button(self, theme: Theme, words: str, snooze: Snooze) -> Button:
        made = Button(theme, words, self)
        made.clicked.connect(lambda: self.chosen.emit(snooze))
        layout = self.layout()
        if layout is not None:
            layout.addWidget(made)
        return made

    def _show(self) -> None:
        until = self._until
        goes_on = until is not None and until > self._clock()
        words = self.tr("Quiet until {time}")
        self._said.setText(words.format(time=self._wording.when(until)) if until and goes_on else "")
        self._said.setVisible(goes_on)
        self._end.setVisible(goes_on)
        for button in (self._hour, self._tomorrow):
            button.setVisible(not goes_on)
